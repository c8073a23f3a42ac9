package io.github.fathomlab.renormalization.ising2d;

import io.github.fathomlab.instrument.Status;
import java.util.function.ToDoubleFunction;

/**
 * Sums of several numbers along a Markov chain, in batches of consecutive samples, and functions of
 * their means with errors that count the correlation along the chain.
 *
 * <pre>
 *   value = f(m),   error² = (B - 1)/B Σ_b (f(m_-b) - mean_b f(m_-b))²
 * </pre>
 *
 * <p>Symbols: m means over all samples [width]; m_-b without batch b of B. For f one of the means
 * the error is that of batch means. Source: textbook jackknife. Valid when a batch is much longer
 * than the correlation. Memory: B x width; an estimate costs B + 1 evaluations of f.
 */
final class BatchSums {
  private final double[][] sums;
  private final int samples;
  private final int width;
  private int count;

  BatchSums(int width, int samples, int batches) {
    if (batches < 2 || samples < batches) {
      throw new IllegalArgumentException(
          "expected at least 2 batches and a sample for each, found %d batches and %d samples"
              .formatted(batches, samples));
    }
    this.width = width;
    this.samples = samples;
    sums = new double[batches][width];
  }

  /** The sums of the batch that the next sample belongs to; add to them. */
  double[] next() {
    if (count == samples) {
      throw new IllegalStateException("all %d samples have been added".formatted(samples));
    }
    return sums[batch(count++)];
  }

  private int batch(int sample) {
    return (int) ((long) sample * sums.length / samples);
  }

  /**
   * A function of the means.
   *
   * @param of NaN where it has no value
   * @param none what it means when it has none
   */
  BatchEstimate estimate(ToDoubleFunction<double[]> of, Status none) {
    if (count < samples) {
      throw new IllegalStateException("expected %d samples, found %d".formatted(samples, count));
    }
    double[] total = new double[width];
    int[] sizes = new int[sums.length];
    for (int sample = 0; sample < samples; sample++) {
      sizes[batch(sample)]++;
    }
    for (double[] batch : sums) {
      for (int i = 0; i < width; i++) {
        total[i] += batch[i];
      }
    }
    double[] means = new double[width];
    for (int i = 0; i < width; i++) {
      means[i] = total[i] / samples;
    }
    double value = of.applyAsDouble(means);
    double[] left = new double[sums.length];
    double mean = 0;
    for (int b = 0; b < left.length; b++) {
      for (int i = 0; i < width; i++) {
        means[i] = (total[i] - sums[b][i]) / (samples - sizes[b]);
      }
      left[b] = of.applyAsDouble(means);
      mean += left[b] / left.length;
    }
    double squares = 0;
    for (double each : left) {
      squares += (each - mean) * (each - mean);
    }
    double error = Math.sqrt(squares * (left.length - 1) / left.length);
    return Double.isFinite(value) && Double.isFinite(error)
        ? new BatchEstimate(value, error, Status.OK)
        : new BatchEstimate(Double.NaN, Double.NaN, none);
  }
}
