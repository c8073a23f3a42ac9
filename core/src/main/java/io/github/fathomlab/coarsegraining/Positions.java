package io.github.fathomlab.coarsegraining;

import io.github.fathomlab.network.Trace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a state with several positions, such as the pixels of an image, counts as the
 * features of a sample.
 *
 * <p>A state of one position is the same in every sense. The network's input is not laid out by
 * position and counts only {@link Together}.
 */
public sealed interface Positions {

  /** All positions side by side: channels x positions features. */
  record Together() implements Positions {}

  /** The channels at one position. */
  record One(int position) implements Positions {
    public One {
      if (position < 0) {
        throw new IllegalArgumentException("a position cannot be negative, found " + position);
      }
    }
  }

  /** The mean over the positions, channel by channel. */
  record Pooled() implements Positions {}

  /** What the names of quantities end with. */
  default String suffix() {
    return switch (this) {
      case Together() -> "";
      case One(int position) -> ".position_" + position;
      case Pooled() -> ".pooled";
    };
  }

  /**
   * The features of all samples, feature-major, of the state that leaves a layer, or null when it
   * has no such position.
   *
   * @param layer -1 for the input
   */
  default double @Nullable [] of(Trace trace, int layer) {
    if (layer < 0) {
      return this instanceof Together ? trace.input().toArray() : null;
    }
    return switch (this) {
      case Together() -> trace.representation(layer).toArray();
      case One(int p) -> {
        int n = trace.batch();
        boolean there = p < trace.out(layer).columns() / n;
        yield there ? mean(trace.out(layer).toArray(), trace.out(layer).rows(), n, p, 1) : null;
      }
      case Pooled() -> {
        int n = trace.batch();
        int positions = trace.out(layer).columns() / n;
        yield mean(trace.out(layer).toArray(), trace.out(layer).rows(), n, 0, positions);
      }
    };
  }

  /** The mean over some positions of a state [rows x positions·n]. */
  private static double[] mean(double[] state, int rows, int n, int from, int count) {
    double[] mean = new double[rows * n];
    int columns = state.length / rows;
    for (int r = 0; r < rows; r++) {
      for (int p = from; p < from + count; p++) {
        for (int j = 0; j < n; j++) {
          mean[r * n + j] += state[r * columns + p * n + j];
        }
      }
    }
    return count == 1 ? mean : Arrays.stream(mean).map(sum -> sum / count).toArray();
  }
}
