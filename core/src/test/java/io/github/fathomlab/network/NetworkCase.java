package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random network in double precision and plain loops, with random parameters everywhere, a batch
 * and a loss.
 */
record NetworkCase(
    MlpSpec spec, Loss loss, long seed, Network network, Trace trace, Matrix targets, Pass pass) {

  private static final List<Activation> ACTIVATIONS =
      List.of(
          new Activation.Identity(),
          new Activation.Tanh(),
          Activation.relu(),
          new Activation.LeakyRelu(0.2),
          new Activation.Gelu());

  /** Every activation with and without every option and with both losses, in random shapes. */
  static List<NetworkCase> all() {
    List<NetworkCase> cases = new ArrayList<>();
    long seed = 0;
    for (Activation activation : ACTIVATIONS) {
      for (int options = 0; options < 32; options++) {
        SplittableRandom random = new SplittableRandom(++seed);
        List<Integer> widths = new ArrayList<>();
        int depth = 2 + random.nextInt(4);
        for (int i = 0; i <= depth; i++) {
          widths.add(2 + random.nextInt(8));
        }
        MlpSpec spec =
            new MlpSpec(
                widths,
                activation,
                (options & 1) != 0,
                (options & 2) != 0,
                (options & 4) != 0 ? 0.3 : 0,
                (options & 8) != 0,
                new Initialisation.He());
        Loss loss = (options & 16) != 0 ? new Loss.SquaredError() : new Loss.CrossEntropy();
        cases.add(create(spec, loss, new DoubleKernels(true), 3 + random.nextInt(6), seed));
      }
    }
    return cases;
  }

  /** A network whose biases, scales and shifts are random too, on random data. */
  static NetworkCase create(MlpSpec spec, Loss loss, Kernels k, int batch, long seed) {
    Network network = Network.create(spec, k, seed);
    SplittableRandom random = new SplittableRandom(seed + 1000);
    for (ParameterTensor tensor : network.tensors()) {
      if (tensor.rows() == 1 && !tensor.name().startsWith("W")) {
        double centre = tensor.name().startsWith("gamma") ? 1 : 0;
        fill(tensor.of(network.parameters()), random, centre, 0.3);
      }
    }
    Trace trace = network.trace(batch);
    fill(trace.input(), random, 0.2, 1);
    int classes = spec.widths().getLast();
    Matrix targets = k.zeros(classes, batch);
    if (loss instanceof Loss.SquaredError) {
      fill(targets, random, 0, 1);
    } else {
      for (int j = 0; j < batch; j++) {
        targets.set(random.nextInt(classes), j, 1);
      }
    }
    Pass pass = new Pass(true, false, true, seed);
    return new NetworkCase(spec, loss, seed, network, trace, targets, pass);
  }

  /** Normal numbers, exact in float. */
  static void fill(Matrix matrix, SplittableRandom random, double centre, double deviation) {
    for (int r = 0; r < matrix.rows(); r++) {
      for (int j = 0; j < matrix.columns(); j++) {
        matrix.set(r, j, (float) (centre + deviation * random.nextGaussian()));
      }
    }
  }

  Kernels kernels() {
    return network.kernels();
  }

  Matrix theta() {
    return network.parameters();
  }

  /** A forward pass and the loss; the gradient at the output is left in the trace. */
  double evaluate() {
    network.forward(trace, pass);
    return loss.evaluate(kernels(), trace.output(), targets, trace.outputGradient());
  }

  /** A random direction in parameter space; padding stays zero. */
  Matrix direction(long key) {
    Matrix direction = kernels().vector(theta().columns());
    SplittableRandom random = new SplittableRandom(key);
    for (ParameterTensor tensor : network.tensors()) {
      fill(tensor.of(direction), random, 0, 1);
    }
    return direction;
  }

  /** The entries of a flat vector that belong to a layer. */
  Matrix of(Layer layer, Matrix flat) {
    return flat.view(layer.start(), 1, layer.end() - layer.start());
  }

  boolean isSmooth() {
    return !(spec.activation() instanceof Activation.LeakyRelu);
  }

  @Override
  public String toString() {
    return "case " + seed + ": " + spec + ", " + loss + ", batch " + trace.batch();
  }
}
