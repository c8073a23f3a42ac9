package io.github.fathomlab.bulkboundary.field;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.network.Block;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.ParameterTensor;
import io.github.fathomlab.training.StateSnapshot;
import io.github.fathomlab.training.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whether a residual network is in the regime of a field over depth, as an instrument.
 *
 * <p>Quantity: {@code field.roughness} of the network, see {@link Roughness}, over its residual
 * blocks with an identity skip. Small against 1 where neighbouring blocks are alike; about 2 where
 * they are independent, as at random initialisation. Cost: O(number of parameters) per reading.
 */
public final class FieldRoughness implements Watcher {
  private final Rhythm rhythm;
  private final Consumer<Reading> sink;

  public FieldRoughness(Rhythm rhythm, Consumer<Reading> sink) {
    this.rhythm = rhythm;
    this.sink = sink;
  }

  /** Whether the network has sites of a field at all. */
  public static boolean appliesTo(List<Layer> layers) {
    return layers.stream().anyMatch(FieldRoughness::isSite);
  }

  private static boolean isSite(Layer layer) {
    return layer instanceof Block block && block.keepsState();
  }

  @Override
  public boolean wantsState(long step) {
    return rhythm.due(step);
  }

  @Override
  public void observe(StateSnapshot snapshot) {
    Network network = snapshot.network();
    List<double[]> blocks = new ArrayList<>();
    for (Layer layer : network.layers()) {
      if (isSite(layer)) {
        blocks.add(parameters(network, layer));
      }
    }
    Roughness roughness = Roughness.of(blocks.toArray(double[][]::new));
    sink.accept(
        new Reading(
            "field.roughness",
            snapshot.step(),
            Reading.WHOLE_NETWORK,
            "",
            snapshot.replica(),
            roughness.value(),
            roughness.status(),
            Double.NaN));
  }

  private static double[] parameters(Network network, Layer layer) {
    double[] all = new double[layer.parameters()];
    int at = 0;
    for (ParameterTensor tensor : layer.tensors()) {
      double[] values = tensor.of(network.parameters()).toArray();
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return all;
  }
}
