package io.github.fathomlab.coarsegraining;

/**
 * Singular values of contrasts, by the inner products of the smaller side: of features, or of
 * contrasts where there are fewer, which are then their kernel.
 *
 * <p>Cost: see {@link GramSpectrum}.
 *
 * @param values s_1 ≥ s_2 ≥ ...
 * @param kernel inner products of the contrasts, of which the lower triangle is filled; empty when
 *     there are no fewer contrasts than features
 */
@SuppressWarnings("ArrayRecordComponent") // carries results, is never compared
record ContrastSpectrum(double[] values, double[] kernel) {
  static ContrastSpectrum of(Contrasts contrasts) {
    boolean wide = contrasts.features() > contrasts.rows();
    int k = wide ? contrasts.rows() : contrasts.features();
    int length = wide ? contrasts.features() : contrasts.rows();
    GramSpectrum found =
        new GramSpectrum(wide ? contrasts.rowMajor() : contrasts.values(), k, length);
    return new ContrastSpectrum(found.values, wide ? found.gram : new double[0]);
  }

  /** Σ s², the trace of the kernel. */
  double trace() {
    double sum = 0;
    for (double s : values) {
      sum += s * s;
    }
    return sum;
  }

  /** Σ s⁴, the squared norm of the kernel. */
  double squaredNorm() {
    double sum = 0;
    for (double s : values) {
      sum += s * s * s * s;
    }
    return sum;
  }
}
