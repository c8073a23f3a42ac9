package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import io.github.fathomlab.coarsegraining.KernelChange;
import io.github.fathomlab.coarsegraining.Representation;
import io.github.fathomlab.coarsegraining.SpectralRanks;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.DenseProducts;
import io.github.fathomlab.kernels.Lapack;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CPU time of the ranks of one layer, from its activations on, with a spectrum that is {@code flat}
 * like that of normal numbers, {@code steep} (geometric over seven decades), and of features of
 * which half are {@code dependent}; and of the drift to the next layer, when both have been
 * measured; in turns.
 */
final class RankWork {
  private static final int SAMPLES = 2000;
  private static final int FEATURES = 512;
  private static final double DECADES = 7;

  /** Relative error beyond which a rank is wrong. */
  private static final double WRONG = 1e-9;

  private RankWork() {}

  static Map<String, Spread> measure(Options options) {
    double[] steep = new double[FEATURES];
    Arrays.setAll(steep, i -> Math.pow(10, -DECADES * i / (FEATURES - 1)));
    double[] dependent = new double[FEATURES];
    Arrays.fill(dependent, 0, FEATURES / 2, 1);
    double[] normal = normal(1);
    Representation below = Representation.of(normal, FEATURES, SAMPLES);
    Representation above = Representation.of(normal(2), FEATURES, SAMPLES);
    Map<String, Runnable> works = new LinkedHashMap<>();
    works.put("flat", rank(normal, below.ranks().effective()));
    works.put("steep", rank(matrix(steep), SpectralRanks.of(steep).effective()));
    works.put("dependent", rank(matrix(dependent), FEATURES / 2.0));
    works.put("drift", () -> check(below.changeTo(above)));
    return Timing.inTurns(works, options.get("warm", 3000), options.get("chunks", 20));
  }

  private static Runnable rank(double[] values, double expected) {
    return () -> {
      double found = Representation.of(values, FEATURES, SAMPLES).ranks().effective();
      if (!(Math.abs(found / expected - 1) <= WRONG)) {
        throw new IllegalStateException("expected a rank of " + expected + ", found " + found);
      }
    };
  }

  private static void check(KernelChange change) {
    if (!(change.drift() > 0.5)) {
      throw new IllegalStateException("expected independent layers, found " + change);
    }
  }

  /** Normal numbers without a mean, feature-major. */
  private static double[] normal(long key) {
    double[] values = new double[FEATURES * SAMPLES];
    Arrays.setAll(values, at -> CounterRandom.gaussian(key, at));
    for (int k = 0; k < FEATURES; k++) {
      int from = k * SAMPLES;
      double mean = Arrays.stream(values, from, from + SAMPLES).average().orElse(0);
      for (int i = 0; i < SAMPLES; i++) {
        values[from + i] -= mean;
      }
    }
    return values;
  }

  /** Centred features with these singular values in random directions. */
  private static double[] matrix(double[] spectrum) {
    Lapack.Svd directions = Lapack.thinSvd(normal(3), FEATURES, SAMPLES);
    double[] scaled = directions.left().clone();
    for (int at = 0; at < scaled.length; at++) {
      scaled[at] *= spectrum[at % FEATURES];
    }
    double[] matrix = new double[FEATURES * SAMPLES];
    DenseProducts.product(scaled, directions.right(), FEATURES, FEATURES, SAMPLES, matrix);
    return matrix;
  }
}
