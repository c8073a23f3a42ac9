package io.github.fathomlab.coarsegraining;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.DenseProducts;
import io.github.fathomlab.kernels.Lapack;

/**
 * What one layer makes of n samples, centred, with its spectrum.
 *
 * <p>The spectrum s_1 &gt;= s_2 &gt;= ... are the singular values of the centred n x d matrix, from
 * the triangular factor in the smaller of the two dimensions, k = min(n, d): squaring the matrix
 * would lose half of the digits. The common scale of all entries is divided out; every measure here
 * is free of it.
 *
 * <p>Cost: O(n d k) once for the spectrum; {@link #changeTo} O(n d d') or O(n^2 (d + d')),
 * whichever is less. Memory: n d numbers.
 *
 * <p>When {@link #status} is not OK (TOO_FEW_SAMPLES for n &lt; 2, NOT_FINITE, ZERO_VARIANCE when
 * all samples are the same), there is no spectrum and the measures throw IllegalStateException.
 *
 * @see SpectralRanks
 * @see KernelChange
 */
public final class Representation {
  /** Centring a constant feature twice leaves at most this, relative to its size. */
  private static final double ROUNDING = 4 * Math.ulp(1.0);

  private final int features;
  private final int samples;
  private final Status status;
  private final double[] centred;
  private final double[] spectrum;

  private Representation(int features, int samples, double[] values) {
    this.features = features;
    this.samples = samples;
    centred = values.clone();
    status = centre();
    spectrum = status == Status.OK ? singularValues() : new double[0];
  }

  /**
   * A representation of n samples.
   *
   * @param values feature-major: feature k of sample i is at k n + i; not changed
   */
  public static Representation of(double[] values, int features, int samples) {
    if (features < 1 || samples < 1 || (long) features * samples != values.length) {
      throw new IllegalArgumentException(
          "expected %d features of %d samples, found %d numbers"
              .formatted(features, samples, values.length));
    }
    return new Representation(features, samples, values);
  }

  /** OK, or why there is no spectrum. */
  public Status status() {
    return status;
  }

  /** Singular values of the centred representation, descending, up to a common factor. */
  public double[] spectrum() {
    requireSpectrum();
    return spectrum.clone();
  }

  /** The soft ranks of the spectrum. */
  public SpectralRanks ranks() {
    requireSpectrum();
    return SpectralRanks.of(spectrum);
  }

  /** The change of the kernel from this layer to another one on the same samples. */
  public KernelChange changeTo(Representation next) {
    requireSpectrum();
    next.requireSpectrum();
    if (samples != next.samples) {
      throw new IllegalArgumentException(
          "expected the same samples in both layers, found %d and %d"
              .formatted(samples, next.samples));
    }
    double traces = power(2) * next.power(2);
    return KernelChange.of(
        power(4) / power(2) / power(2),
        next.power(4) / next.power(2) / next.power(2),
        kernelProduct(next) / traces);
  }

  private Status centre() {
    if (samples < 2) {
      return Status.TOO_FEW_SAMPLES;
    }
    double largest = 0;
    for (double value : centred) {
      if (!Double.isFinite(value)) {
        return Status.NOT_FINITE;
      }
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest == 0) {
      return Status.ZERO_VARIANCE;
    }
    double before = 0;
    double after = 0;
    for (int from = 0; from < centred.length; from += samples) {
      for (int i = from; i < from + samples; i++) {
        centred[i] /= largest;
        before += centred[i] * centred[i];
      }
      subtractMean(from);
      after += subtractMean(from);
    }
    return after > ROUNDING * ROUNDING * before ? Status.OK : Status.ZERO_VARIANCE;
  }

  /** Takes the mean out of one feature and returns the sum of squares left. */
  private double subtractMean(int from) {
    double sum = 0;
    for (int i = from; i < from + samples; i++) {
      sum += centred[i];
    }
    double mean = sum / samples;
    double squares = 0;
    for (int i = from; i < from + samples; i++) {
      centred[i] -= mean;
      squares += centred[i] * centred[i];
    }
    return squares;
  }

  private double[] singularValues() {
    boolean wide = features > samples;
    int k = Math.min(features, samples);
    double[] factor = // [k x k]
        Lapack.lowerFactor(wide ? sampleMajor() : centred, k, wide ? features : samples);
    return Lapack.thinSvd(factor, k, k).values();
  }

  /** Sum of a power of the singular values: tr K for 2, ||K||^2 for 4. */
  private double power(int exponent) {
    double sum = 0;
    for (double s : spectrum) {
      sum += Math.pow(s, exponent);
    }
    return sum;
  }

  /** &lt;K, K'&gt; = ||X^T X'||^2, by d x d' products or by the n x n kernels. */
  private double kernelProduct(Representation next) {
    if ((double) features * next.features > (double) samples * (features + next.features)) {
      return kernelInnerProduct(kernel(), next.kernel());
    }
    double[] product = new double[features * next.features];
    DenseProducts.product(centred, next.sampleMajor(), features, samples, next.features, product);
    double squares = 0;
    for (double value : product) {
      squares += value * value;
    }
    return squares;
  }

  private double[] kernel() {
    double[] kernel = new double[samples * samples]; // lower triangle
    DenseProducts.gram(sampleMajor(), samples, features, kernel);
    return kernel;
  }

  private double kernelInnerProduct(double[] k, double[] other) {
    double sum = 0;
    for (int i = 0; i < samples; i++) {
      for (int j = 0; j <= i; j++) {
        double term = k[i * samples + j] * other[i * samples + j];
        sum += j == i ? term : 2 * term;
      }
    }
    return sum;
  }

  private double[] sampleMajor() {
    double[] transposed = new double[centred.length]; // [samples x features]
    for (int k = 0; k < features; k++) {
      for (int i = 0; i < samples; i++) {
        transposed[i * features + k] = centred[k * samples + i];
      }
    }
    return transposed;
  }

  private void requireSpectrum() {
    if (status != Status.OK) {
      throw new IllegalStateException("no spectrum: " + status.explanation());
    }
  }
}
