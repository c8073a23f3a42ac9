package io.github.fathomlab.springblock;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.DenseProducts;
import io.github.fathomlab.kernels.Lapack;
import io.github.fathomlab.springblock.Separation.Measure;

/**
 * Measures how well a layer's representation separates the classes.
 *
 * <pre>
 *   Sigma_W = (1/n) sum_c sum_{i in c} (x_i - mu_c)(x_i - mu_c)^T
 *   Sigma_B = sum_c (n_c/n) (mu_c - mu)(mu_c - mu)^T
 *   log         D = log Tr(Sigma_W Sigma_B^+)
 *   traceRatio      log Tr Sigma_W - log Tr Sigma_B
 *   invariant       log Tr(Sigma_B Sigma_W^+)
 * </pre>
 *
 * <p>Symbols: x_i the representation (d) of sample i of n; mu_c the mean of the n_c samples of
 * class c, mu of all; ^+ the pseudo-inverse. All measures are pure numbers (logarithms of ratios),
 * free of shift, rotation and common scale; only {@code invariant} also of every invertible affine
 * map. Classes without samples do not count towards C.
 *
 * <p>Sigma_B^+ is never formed. With the thin singular value decomposition M = U S V^T of the class
 * means M = [sqrt(n_c/n)(mu_c - mu)] (d x C), keeping s_j &gt; 1e-10 s_1,
 *
 * <pre>   D = log sum_j w_j / s_j^2,   w_j = (1/n) sum_i (u_j . (x_i - mu_{c_i}))^2 </pre>
 *
 * <p>{@code compatibleLog} keeps s_j/s_1 &gt; sqrt(d 2^-23) instead, as the authors' float32
 * pseudo-inverse does; what it drops makes D too small by a finite jump.
 *
 * <p>Source: D is the law of data separation (arXiv:2210.17020), used for load curves by
 * arXiv:2407.19353; the three measures and the float32 cut are those of the latter's published
 * code. The evaluation in C-1 dimensions, the rank flags, the affine invariance of the third
 * measure and its evaluation in unit-variance features are our derivation.
 *
 * <p>Validity: n &gt; C &gt;= 2 for every measure; n - C &gt;= d for the invariant one. {@code log}
 * must not be used for loads when {@code RANK_DEFICIENT}.
 *
 * <p>Cost: O(n d (C + d)) and n d numbers of workspace, kept for the next call; where Sigma_W is
 * nearly singular a singular value decomposition of (d x n) comes on top. An instance is for one
 * thread at a time.
 *
 * <p>When it does not apply, the value is NaN and the status says why:
 *
 * <ul>
 *   <li>all four: {@code NOT_FINITE}, {@code ONE_CLASS}, {@code TOO_FEW_SAMPLES} (n &lt; 2 or n
 *       &lt;= C, where no class varies), {@code ZERO_VARIANCE} (Sigma_W = 0: the logarithms tend to
 *       minus or plus infinity);
 *   <li>{@code RANK_DEFICIENT} of log (rank below min(C-1, d) or s_{C-1}/s_1 &lt; 1e-8) and of
 *       compatibleLog keeps the value of the directions left; all are NaN when Sigma_B = 0;
 *   <li>log is {@code ZERO_VARIANCE} when the classes do not vary along the directions between
 *       them;
 *   <li>invariant keeps the value of the directions left with {@code TOO_FEW_SAMPLES} (n - C &lt;
 *       d) or {@code RANK_DEFICIENT} (Sigma_B reaches out of the range of Sigma_W: perfect
 *       separation there, which a pseudo-inverse ignores).
 * </ul>
 *
 * @see LoadCurve
 */
public final class DataSeparation {

  /** Singular values of the class means below this fraction of the largest are noise. */
  static final double RANK_TOLERANCE = 1e-10;

  /** Below this s_{C-1}/s_1 the sum is ruled by rounding of the smallest direction. */
  static final double SAFE_CONDITION = 1e-8;

  /** Widest representation whose d x d scatter is one array. */
  private static final int WIDEST = 46_340;

  private final ClassScatter scatter = new ClassScatter();
  private final InvariantSeparation invariant = new InvariantSeparation();
  private double[] projected = {};

  /**
   * Measures one representation.
   *
   * @param values representation, feature-major: feature k of sample i is at k * stride + i
   * @param stride distance between the rows, at least the number of samples
   * @param features width d
   * @param labels class of each of the n samples, in 0..classes-1
   * @param classes number of classes, of which some may have no sample
   * @throws IllegalArgumentException when the sizes do not fit or a label is out of range
   */
  public Separation measure(double[] values, int stride, int features, int[] labels, int classes) {
    int samples = labels.length;
    if (features < 1
        || stride < samples
        || values.length < (features - 1L) * stride + samples
        || features > WIDEST
        || (long) features * samples > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "expected %d features (1 to %d) of %d samples at stride %d, found %d numbers"
              .formatted(features, WIDEST, samples, stride, values.length));
    }
    scatter.label(labels, classes);
    int expectedRank = Math.min(Math.max(0, scatter.classes - 1), features);
    Status obstacle = obstacle(values, stride, features);
    return obstacle == Status.OK
        ? measure(expectedRank)
        : Separation.missing(obstacle, scatter.classes, expectedRank);
  }

  private Status obstacle(double[] values, int stride, int features) {
    if (scatter.samples < 2) {
      return Status.TOO_FEW_SAMPLES;
    }
    if (!scatter.centre(values, stride, features)) {
      return Status.NOT_FINITE;
    }
    if (scatter.classes < 2) {
      return Status.ONE_CLASS;
    }
    if (scatter.samples <= scatter.classes) {
      return Status.TOO_FEW_SAMPLES;
    }
    return scatter.traceWithin > 0 ? Status.OK : Status.ZERO_VARIANCE;
  }

  private Separation measure(int expectedRank) {
    Lapack.Svd means = Lapack.thinSvd(scatter.between, scatter.classes, scatter.features);
    double[] s = means.values();
    // below this a difference of class means is what rounding left of it
    double floor = scatter.rounding() * Math.sqrt(scatter.traceWithin + scatter.traceBetween);
    double compatible = Math.sqrt(scatter.features * 0x1p-23);
    int rank = rank(s, expectedRank, Math.max(floor, RANK_TOLERANCE * s[0]));
    int compatibleRank = Math.min(rank, rank(s, expectedRank, compatible * s[0]));
    double condition = rank > 0 ? s[expectedRank - 1] / s[0] : Double.NaN;
    double[] w = projectedVariances(means.right(), rank);
    boolean complete = rank == expectedRank && condition >= SAFE_CONDITION;
    InvariantSeparation.Trace inverse = invariant.of(scatter);
    return new Separation(
        logSeparation(w, s, rank, complete),
        logSeparation(w, s, compatibleRank, compatibleRank == expectedRank),
        rank == 0
            ? Measure.missing(Status.RANK_DEFICIENT)
            : new Measure(
                Math.log(scatter.traceWithin) - Math.log(scatter.traceBetween), Status.OK),
        rank == 0 ? Measure.missing(Status.RANK_DEFICIENT) : inverse.measure(),
        scatter.classes,
        expectedRank,
        rank,
        compatibleRank,
        condition,
        inverse.rank());
  }

  private static int rank(double[] s, int expectedRank, double cut) {
    int rank = 0;
    while (rank < expectedRank && s[rank] > cut) {
      rank++;
    }
    return rank;
  }

  /**
   * w_j of the first {@code rank} directions; projecting keeps small w_j that Sigma_W would lose.
   */
  private double[] projectedVariances(double[] directions, int rank) {
    double[] w = new double[rank];
    if (rank == 0) {
      return w;
    }
    int n = scatter.samples;
    projected = projected.length < rank * n ? new double[rank * n] : projected;
    DenseProducts.product(
        directions, scatter.within, rank, scatter.features, n, projected); // [rank x n]
    double floor = scatter.rounding() * scatter.rounding() * scatter.traceWithin;
    for (int j = 0; j < rank; j++) {
      double squares = 0;
      for (int i = j * n; i < (j + 1) * n; i++) {
        squares += projected[i] * projected[i];
      }
      w[j] = squares / n > floor ? squares / n : 0;
    }
    return w;
  }

  private static Measure logSeparation(double[] w, double[] s, int rank, boolean complete) {
    if (rank == 0) {
      return Measure.missing(Status.RANK_DEFICIENT);
    }
    double sum = 0;
    for (int j = 0; j < rank; j++) {
      sum += w[j] / s[j] / s[j];
    }
    return sum > 0
        ? new Measure(Math.log(sum), complete ? Status.OK : Status.RANK_DEFICIENT)
        : Measure.missing(Status.ZERO_VARIANCE);
  }
}
