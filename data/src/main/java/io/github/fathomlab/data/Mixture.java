package io.github.fathomlab.data;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;

/**
 * A Gaussian mixture: sample i has class {@code c = i mod C} and features {@code x = m_c + σ ξ}, ξ
 * standard normal.
 *
 * <p>The means are random directions of length Δ/√2, so that {@code E|m_a - m_b|² = Δ²}; in many
 * dimensions every two means are nearly Δ apart.
 *
 * <p>Without a wish one fifth is held out. Cost: O(n d).
 *
 * @param classes number of classes C
 * @param features dimension d
 * @param samples number n of samples generated, training and test together
 * @param separation Δ, the distance of two means in the mean square
 * @param spread σ, the standard deviation of each feature inside a class
 * @param seed of means and noise; the split has its own
 */
public record Mixture(
    int classes,
    int features,
    int samples,
    double separation,
    double spread,
    long seed,
    Selection selection)
    implements DataSource {
  private static final long MEANS = 0x6d65616eL;
  private static final long NOISE = 0x6e6f6973L;

  public Mixture {
    if (classes < 2) {
      throw new DataException(
          "a mixture needs at least two classes, found data.classes = " + classes + ".");
    }
    if (features < 1) {
      throw new DataException(
          "a mixture needs at least one feature, found data.features = " + features + ".");
    }
    if (samples < classes) {
      throw new DataException(
          "a mixture of %d classes needs at least as many samples, found data.samples = %d."
              .formatted(classes, samples));
    }
    if ((long) samples * features > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "a mixture of %d samples x %d features is too large; lower one of the two."
              .formatted(samples, features));
    }
    requireLength("separation", separation);
    requireLength("spread", spread);
  }

  @Override
  public Split load() {
    double[] means = means();
    double[] inputs = new double[samples * features];
    int[] labels = new int[samples];
    long noise = CounterRandom.key(seed, NOISE);
    for (int i = 0; i < samples; i++) {
      labels[i] = i % classes;
      for (int j = 0; j < features; j++) {
        int at = i * features + j;
        inputs[at] = means[labels[i] * features + j] + spread * CounterRandom.gaussian(noise, at);
      }
    }
    Dataset pool = new Dataset("mixture", features, inputs, new Targets.Classes(labels, classes));
    return selection.divide(pool, samples / 5);
  }

  @Override
  public String description() {
    return "Gaussian mixture of %d classes in %d dimensions, separation %s, spread %s, seed %d, %d samples, %s"
        .formatted(classes, features, separation, spread, seed, samples, selection.words());
  }

  /** The means m_c, row-major (classes x features). */
  double[] means() {
    double[] means = new double[classes * features];
    long key = CounterRandom.key(seed, MEANS);
    for (int c = 0; c < classes; c++) {
      double squares = 0;
      for (int j = 0; j < features; j++) {
        double direction = CounterRandom.gaussian(key, (long) c * features + j);
        means[c * features + j] = direction;
        squares += direction * direction;
      }
      double scale = separation / Math.sqrt(2 * squares);
      for (int j = 0; j < features; j++) {
        means[c * features + j] *= scale;
      }
    }
    return means;
  }

  private static void requireLength(String key, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new DataException(
          "data." + key + " must be 0 or more and finite, found " + value + ".");
    }
  }
}
