package io.github.fathomlab.kernels;

import org.jspecify.annotations.Nullable;

/**
 * The few operations that networks and optimizers are written in, once for both precisions.
 *
 * <p>All matrix arguments must have the precision of the kernels. Operations on a range of rows
 * {@code [from, to)} let a layer walk over its features block by block, so that a block stays in
 * the first-level cache for all passes. Per-row coefficients (a, b, c, mean, ...) are 1 x rows
 * matrices. Row operations write whole vectors: what they write must be a matrix of its own, not a
 * dense view, whose next row would be hit. Every operation has a fixed order of summation: its bits
 * depend on its arguments alone, never on threads, neighbours or compilation state.
 */
public interface Kernels {

  /** Kernels for a precision: fused float, or double with library products. */
  static Kernels of(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> new FloatKernels();
      case FLOAT64 -> new DoubleKernels(false);
    };
  }

  Precision precision();

  /** A zero matrix whose rows are padded for the row kernels. */
  Matrix zeros(int rows, int columns);

  /** A dense zero matrix of one row: a flat vector. */
  Matrix vector(int length);

  /** C := op(A) op(B) + βC with op the transpose where asked; 2mnk flops. */
  void multiply(boolean transposeA, Matrix a, boolean transposeB, Matrix b, double beta, Matrix c);

  /**
   * out[r,·] := a[r] x[r,·] + b[r] y[r,·] + c[r]; null a counts as 1, null y or c as 0. {@code out}
   * may be x or y.
   */
  void combine(
      Matrix out,
      @Nullable Matrix a,
      Matrix x,
      @Nullable Matrix b,
      @Nullable Matrix y,
      @Nullable Matrix c,
      int from,
      int to);

  /** mean[r] and (population) variance[r] of z[r,·], in two passes. */
  void moments(Matrix z, Matrix mean, Matrix variance, int from, int to);

  /** sum[r] := Σ_j d[r,j] and dot[r] := Σ_j d[r,j] (z[r,j] - mean[r]); null mean counts as 0. */
  void sums(Matrix d, Matrix z, @Nullable Matrix mean, Matrix sum, Matrix dot, int from, int to);

  /** sum[j] := Σ_r d[r,j] and dot[j] := Σ_r d[r,j] z[r,j], over all rows. */
  void columnSums(Matrix d, Matrix z, Matrix sum, Matrix dot);

  /**
   * out[r,j] := a[j] x[r,j] + b[j] y[r,j] + c[j], over all rows; null b and y count as 0. {@code
   * out} may be x or y.
   */
  void combineColumns(
      Matrix out, Matrix a, Matrix x, @Nullable Matrix b, @Nullable Matrix y, Matrix c);

  /**
   * Copies blocks of {@code batch} consecutive columns: block (r, p) of the target, for the
   * positions from {@code map.from()}, is the block of the source that the map names, or 0.
   */
  void gatherBlocks(BlockMap map, Matrix source, Matrix target);

  /** The adjoint of {@link #gatherBlocks}: adds every block of the source to where it came from. */
  void scatterBlocks(BlockMap map, Matrix source, Matrix target);

  /** out := σ(n) with n = a[r] z + c[r]; null a counts as 1, null c as 0. */
  void activate(
      Activation f, @Nullable Matrix a, Matrix z, @Nullable Matrix c, Matrix out, int from, int to);

  /** out := d σ'(n) with n = a[r] z + c[r]. {@code out} may be d. */
  void slope(
      Activation f,
      @Nullable Matrix a,
      Matrix z,
      @Nullable Matrix c,
      Matrix d,
      Matrix out,
      int from,
      int to);

  /** out := (σ(n+Δ) - σ(n))/Δ with n = a[r] z + c[r], continued by σ' at Δ = 0. */
  void secant(
      Activation f,
      @Nullable Matrix a,
      Matrix z,
      @Nullable Matrix c,
      Matrix delta,
      Matrix out,
      int from,
      int to);

  /** x := x · mask, entrywise. */
  void drop(Dropout dropout, Matrix x, int from, int to);

  /** y := x y, entrywise. */
  void multiplyElements(Matrix x, Matrix y, int from, int to);

  /** Σ x y, accumulated in double. */
  double dot(Matrix x, Matrix y);

  /** Σ |x y|, accumulated in double. */
  double absoluteDot(Matrix x, Matrix y);

  /**
   * The step that rounding leaves of a displacement, and the point half way, of entries {@code
   * [from, to)} of flat vectors: step := (θ + u) - θ, middle := θ + ½ step. The range begins and
   * ends at multiples of the lane count; {@code step} is written from its entry 0 on.
   */
  void roundedStep(Matrix theta, Matrix u, int from, int to, Matrix step, Matrix middle);

  /** y := αx + y over dense vectors. */
  void add(double alpha, Matrix x, Matrix y);

  /**
   * Cross entropy ℓ = (1/B) Σ_j (w_j ln Σ_i e^{z_ij} - Σ_i y_ij z_ij) with the weight w_j = Σ_i
   * y_ij of a column, 1 for distributions.
   *
   * @param output logits z, (C x B)
   * @param targets y, (C x B)
   * @param gradient receives ∂ℓ/∂z = (w softmax(z) - y)/B
   */
  double crossEntropy(Matrix output, Matrix targets, Matrix gradient);

  /** Squared error ℓ = (1/2B) Σ (z - y)²; {@code gradient} receives (z - y)/B. */
  double squaredError(Matrix output, Matrix targets, Matrix gradient);

  /**
   * One step of SGD (μ = 0), heavy-ball or Nesterov on entries {@code [from, to)} of flat vectors,
   * in the algebra of torch.optim.SGD: buf := μ buf + f; u = -lr buf, or -lr (f + μ buf) for
   * Nesterov.
   *
   * @param u null: θ is advanced. Otherwise u is stored there and θ is left as it is.
   * @param sums null, or receives this range's inner products (added to what is there)
   */
  void momentumStep(
      MomentumRule rule,
      Matrix f,
      Matrix g,
      Matrix buffer,
      Matrix theta,
      @Nullable Matrix u,
      int from,
      int to,
      @Nullable StepSums sums);

  /**
   * One step of Adam, or AdamW when the rule's decay is positive, in the algebra of torch.optim: m
   * := β₁m + (1-β₁)f, v := β₂v + (1-β₂)f², u = -(lr/(1-β₁^t)) m / (√v/√(1-β₂^t) + ε) - lr·decay·θ.
   *
   * @param u as in {@link #momentumStep}
   * @param sums as in {@link #momentumStep}
   */
  void adamStep(
      AdamRule rule,
      Matrix f,
      Matrix g,
      Matrix m,
      Matrix v,
      Matrix theta,
      @Nullable Matrix u,
      int from,
      int to,
      @Nullable StepSums sums);

  /**
   * What the midpoint form of the ledger needs of the step that {@link #momentumStep} is about to
   * make; changes nothing but {@code middle} and the sums.
   *
   * @param middle receives w̄ = (p + p')/(2N)
   * @param sums receives Σ N w̄², Σ g·w̄ and Σ w̄·(f-g) of the range (added to what is there)
   */
  void momentumMiddle(
      MomentumRule rule,
      Matrix f,
      Matrix g,
      Matrix buffer,
      Matrix middle,
      int from,
      int to,
      MiddleSums sums);

  /** As {@link #momentumMiddle}, of {@link #adamStep}. */
  void adamMiddle(
      AdamRule rule,
      Matrix f,
      Matrix g,
      Matrix m,
      Matrix v,
      Matrix middle,
      int from,
      int to,
      MiddleSums sums);

  /** Numbers of one momentum step. */
  record MomentumRule(double learningRate, double momentum, boolean nesterov) {}

  /**
   * Numbers of one Adam step.
   *
   * @param stepSize lr/(1-β₁^t)
   * @param rootCorrection √(1-β₂^t)
   * @param decay lr times the decoupled weight decay
   */
  record AdamRule(
      double stepSize,
      double beta1,
      double beta2,
      double rootCorrection,
      double epsilon,
      double decay) {}
}
