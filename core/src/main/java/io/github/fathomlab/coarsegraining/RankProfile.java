package io.github.fathomlab.coarsegraining;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.training.StateSnapshot;
import io.github.fathomlab.training.StateSnapshot.View;
import io.github.fathomlab.training.Watcher;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ranks of the representations over depth and the drift of their kernels, as an instrument.
 *
 * <p>Quantities: {@link DepthReadings}. Names begin with {@code held_out.} or {@code batch.} in
 * other views than training samples in evaluation mode, and end with {@link Positions#suffix} and,
 * measured from {@link Origin#ZERO}, with {@code .uncentred}.
 */
public final class RankProfile implements Watcher {
  private final View view;
  private final Positions positions;
  private final Origin origin;
  private final double @Nullable [] weights;
  private final Rhythm rhythm;
  private final Consumer<Reading> sink;

  /**
   * @param weights of the samples that the view evaluates, null for equal ones; 0 leaves one out
   */
  public RankProfile(
      View view,
      Positions positions,
      Origin origin,
      double @Nullable [] weights,
      Rhythm rhythm,
      Consumer<Reading> sink) {
    this.view = view;
    this.positions = positions;
    this.origin = origin;
    this.weights = weights == null ? null : weights.clone();
    this.rhythm = rhythm;
    this.sink = sink;
  }

  @Override
  public boolean wantsState(long step) {
    return rhythm.due(step);
  }

  @Override
  public Set<View> views() {
    return Set.of(view);
  }

  @Override
  public void observe(StateSnapshot snapshot) {
    List<Layer> layers = snapshot.network().layers();
    int offset = DepthReadings.offset(layers);
    DepthReadings.Naming naming =
        new DepthReadings.Naming(
            view.prefix(), positions.suffix(), snapshot.step(), snapshot.replica());
    new DepthReadings(layers, weights(snapshot.evaluation().trace().batch()), origin, naming, sink)
        .read(l -> positions.of(snapshot.evaluation().trace(), l - offset));
  }

  private double[] weights(int samples) {
    if (weights == null) {
      double[] equal = new double[samples];
      Arrays.fill(equal, 1);
      return equal;
    }
    if (weights.length != samples) {
      throw new IllegalArgumentException(
          "expected a weight for each of the %d samples evaluated, found %d"
              .formatted(samples, weights.length));
    }
    return weights;
  }
}
