package io.github.fathomlab.coarsegraining;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.DenseProducts;
import java.util.Arrays;

/**
 * What one layer makes of n weighted samples, with its spectrum.
 *
 * <pre>
 *   A_ik = √q_i (x_ik - m_k),   m = Σ q_i x_i (or 0, see {@link Origin}),   s_1 ≥ s_2 ≥ ... of A
 * </pre>
 *
 * <p>Symbols: x_ik feature k of sample i, q_i its weight (Σ q = 1). A sample of twice the weight
 * counts like two equal ones; one of weight 0 is not there.
 *
 * <p>Source: rank-collapse specification, section 6. Cost: see {@link ContrastSpectrum}, once;
 * {@link #changeTo} 2 n d d' flops, or n² (d + d') when that is less. Memory: n d numbers, and n²
 * for a layer wider than there are samples.
 *
 * <p>When {@link #status} is not OK (TOO_FEW_SAMPLES for fewer than two samples with a weight,
 * NOT_FINITE, ZERO_VARIANCE when all samples are the same, or from zero all are zero), there is no
 * spectrum and the measures throw IllegalStateException.
 *
 * @see SpectralRanks
 * @see KernelChange
 */
public final class Representation {
  private final double[] weights;
  private final Contrasts contrasts;
  private final ContrastSpectrum spectrum;

  private Representation(double[] values, int features, double[] weights, Origin origin) {
    this.weights = weights;
    contrasts = Contrasts.of(values, features, weights, origin);
    spectrum =
        status() == Status.OK
            ? ContrastSpectrum.of(contrasts)
            : new ContrastSpectrum(new double[0], new double[0]);
  }

  /**
   * The centred representation of n samples of equal weight.
   *
   * @param values feature-major: feature k of sample i is at k n + i; not changed
   */
  public static Representation of(double[] values, int features, int samples) {
    double[] equal = new double[Math.max(0, samples)];
    Arrays.fill(equal, 1);
    return of(values, features, equal, Origin.MEAN);
  }

  /**
   * The representation of n weighted samples.
   *
   * @param values feature-major: feature k of sample i is at k n + i; not changed
   * @param weights of the n samples: not negative, of any finite sum; not changed
   */
  public static Representation of(double[] values, int features, double[] weights, Origin origin) {
    int samples = weights.length;
    if (features < 1 || samples < 1 || (long) features * samples != values.length) {
      throw new IllegalArgumentException(
          "expected %d features of %d samples, found %d numbers"
              .formatted(features, samples, values.length));
    }
    for (int i = 0; i < samples; i++) {
      if (!(weights[i] >= 0) || !Double.isFinite(weights[i])) {
        throw new IllegalArgumentException(
            "expected weights that are finite and not negative, found %s for sample %d"
                .formatted(weights[i], i));
      }
    }
    return new Representation(values, features, weights.clone(), origin);
  }

  /** OK, or why there is no spectrum. */
  public Status status() {
    return contrasts.status();
  }

  /** Singular values of A, descending: as many as the smaller of its sides can have. */
  public double[] spectrum() {
    requireSpectrum();
    return Arrays.stream(spectrum.values()).map(s -> s * contrasts.scale()).toArray();
  }

  /** The soft ranks of the spectrum. */
  public SpectralRanks ranks() {
    requireSpectrum();
    return SpectralRanks.of(spectrum.values());
  }

  /** The change of the kernel from this layer to another one on the same samples. */
  public KernelChange changeTo(Representation next) {
    requireSpectrum();
    next.requireSpectrum();
    if (!Arrays.equals(weights, next.weights) || contrasts.rows() != next.contrasts.rows()) {
      throw new IllegalArgumentException(
          "expected the same samples, weights and origin in both layers, found %d and %d samples"
              .formatted(weights.length, next.weights.length));
    }
    double trace = spectrum.trace();
    double nextTrace = next.spectrum.trace();
    return KernelChange.of(
        spectrum.squaredNorm() / trace / trace,
        next.spectrum.squaredNorm() / nextTrace / nextTrace,
        kernelProduct(next) / trace / nextTrace);
  }

  /** &lt;K, K'&gt; = ||A^T A'||², by d x d' products or by the n x n kernels. */
  private double kernelProduct(Representation next) {
    int rows = contrasts.rows();
    int d = contrasts.features();
    int e = next.contrasts.features();
    if (2.0 * d * e > (double) rows * (d + e)) {
      return kernelInnerProduct(kernel(), next.kernel());
    }
    double[] product = new double[d * e];
    DenseProducts.rowProducts(contrasts.values(), next.contrasts.values(), d, rows, e, product);
    double squares = 0;
    for (double value : product) {
      squares += value * value;
    }
    return squares;
  }

  /** Inner products of the contrasts, of which the lower triangle is filled. */
  private double[] kernel() {
    if (spectrum.kernel().length > 0) {
      return spectrum.kernel();
    }
    int rows = contrasts.rows();
    double[] kernel = new double[rows * rows];
    DenseProducts.gram(contrasts.rowMajor(), rows, contrasts.features(), kernel);
    return kernel;
  }

  private double kernelInnerProduct(double[] k, double[] other) {
    int rows = contrasts.rows();
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < i; j++) {
        sum += 2 * k[i * rows + j] * other[i * rows + j];
      }
      sum += k[i * rows + i] * other[i * rows + i];
    }
    return sum;
  }

  private void requireSpectrum() {
    if (status() != Status.OK) {
      throw new IllegalStateException("no spectrum: " + status().explanation());
    }
  }
}
