package io.github.fathomlab.bulkboundary.lagrangian;

import io.github.fathomlab.kernels.Activation;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Seeded random points of phase space for the tests of this room. */
final class Cases {
  static final double GAMMA = 1.7;

  private Cases() {}

  static Chain chain(Activation activation, Integer... widths) {
    return new Chain(List.of(widths), activation, true, OutputLoss.SQUARED_ERROR);
  }

  /** Depths 1 to 7, widths 1 to 4, smooth activations, one sample. */
  static Stream<ChainState> smooth() {
    return states(List.of(new Activation.Tanh(), new Activation.Gelu()), 1);
  }

  /** The same with all activations and batches of 1 to 4. */
  static Stream<ChainState> all() {
    List<Activation> activations =
        List.of(
            new Activation.Tanh(),
            new Activation.Gelu(),
            Activation.relu(),
            new Activation.LeakyRelu(0.2),
            new Activation.Identity());
    return IntStream.rangeClosed(1, 4).boxed().flatMap(batch -> states(activations, batch));
  }

  private static Stream<ChainState> states(List<Activation> activations, int batch) {
    return IntStream.range(0, 14)
        .mapToObj(seed -> {
          Integer[] widths = new Integer[2 + seed % 7];
          for (int m = 0; m < widths.length; m++) {
            widths[m] = 1 + (3 * seed + 2 * m) % 4;
          }
          Chain chain =
              new Chain(
                  List.of(widths),
                  activations.get(seed % activations.size()),
                  seed % 3 != 0,
                  seed % 4 == 1 ? OutputLoss.CROSS_ENTROPY : OutputLoss.SQUARED_ERROR);
          return ChainState.random(chain, batch, 100 + seed);
        });
  }

  /** The point after the parameters moved along their velocity for a time, from layer 0 up to m. */
  static ChainState moved(ChainState state, double time, int m) {
    List<LayerVector> parameters =
        IntStream.range(0, state.chain().depth())
            .mapToObj(i ->
                i < m
                    ? state.parameters().get(i).plus(time, state.velocity().get(i))
                    : state.parameters().get(i))
            .toList();
    double[][] inputs = state.data().inputs().clone();
    for (int a = 0; a < inputs.length; a++) {
      inputs[a] = SmallMatrices.plus(inputs[a], time, state.data().inputRates()[a]);
    }
    ChainData data =
        new ChainData(
            inputs, state.data().targets(), state.data().inputRates(), state.data().targetRates());
    return new ChainState(state.chain(), parameters, state.velocity(), data);
  }

  /** The derivative at 0 to fourth order. */
  static double derivative(DoubleUnaryOperator f, double h) {
    return (8 * (f.applyAsDouble(h) - f.applyAsDouble(-h))
            - f.applyAsDouble(2 * h)
            + f.applyAsDouble(-2 * h))
        / (12 * h);
  }
}
