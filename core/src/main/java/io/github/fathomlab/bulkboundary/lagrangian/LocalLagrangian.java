package io.github.fathomlab.bulkboundary.lagrangian;

import static io.github.fathomlab.bulkboundary.lagrangian.SmallMatrices.dot;
import static io.github.fathomlab.bulkboundary.lagrangian.SmallMatrices.hadamard;
import static io.github.fathomlab.bulkboundary.lagrangian.SmallMatrices.plus;
import static io.github.fathomlab.bulkboundary.lagrangian.SmallMatrices.plusOuter;
import static io.github.fathomlab.bulkboundary.lagrangian.SmallMatrices.scaled;
import static io.github.fathomlab.bulkboundary.lagrangian.SmallMatrices.times;
import static io.github.fathomlab.bulkboundary.lagrangian.SmallMatrices.transposeTimes;

/**
 * The Lagrangian of one sample in weights and neurons, a sum of terms between neighbouring layers.
 *
 * <pre>
 *   β_m = ż_{m+1} - Ẇ_m s_m - W_m(σ'_m ∘ ż_m)                                    (2.1)
 *   L = Σ T_m - ℓ(z_M, Y),   T_m = ½|Ẇ_m|² + ½|β_m|²                             (2.2)
 * </pre>
 *
 * <p>Symbols: W_m [n_{m+1}][n_m], z_m [n_m], s_m = σ(z_m), β_m = ḃ_m with the biases b_m = z_{m+1}
 * - W_m s_m eliminated; L in loss units at mass 1. Source: arXiv:2511.02003 for the action, the
 * exchange of biases for neurons and the existence of the split; momenta and forces are Fathom's
 * derivation (bulk-boundary specification, §2.2). Validity: one sample with a fixed input; with
 * more samples the neurons are no coordinates (§3). Cost: O(parameters) per method.
 *
 * @see ConstrainedLagrangian
 */
public final class LocalLagrangian {
  private final Chain chain;
  private final NeuronCoordinates position;
  private final NeuronCoordinates velocity;
  private final double[] target;
  private final double[][] signals;
  private final double[][] slopes;
  private final double[][] curvatures;
  private final double[][] biasRates;

  /** At a position and velocity; z_0 of the position is the input, z_0 of the velocity is zero. */
  public LocalLagrangian(
      Chain chain, NeuronCoordinates position, NeuronCoordinates velocity, double[] target) {
    if (dot(velocity.z()[0], velocity.z()[0]) != 0) {
      throw new IllegalArgumentException(
          "the Lagrangian in weights and neurons is that of a fixed input; set its rate to zero");
    }
    this.chain = chain;
    this.position = position;
    this.velocity = velocity;
    this.target = target.clone();
    int depth = chain.depth();
    signals = new double[depth][];
    slopes = new double[depth][];
    curvatures = new double[depth][];
    biasRates = new double[depth][];
    for (int m = 0; m < depth; m++) {
      signals[m] = chain.sigma(m, position.z()[m]);
      slopes[m] = chain.slope(m, position.z()[m]);
      curvatures[m] = chain.curvature(m, position.z()[m]);
      double[] carried = times(position.w()[m], signalRate(m));
      double[] own = times(velocity.w()[m], signals[m]);
      biasRates[m] = plus(plus(velocity.z()[m + 1], -1, own), -1, carried);
    }
  }

  /** Of a network with one sample; refused for more, whose neurons the biases cannot carry. */
  public static LocalLagrangian of(ChainState state) {
    if (state.data().batch() != 1) {
      throw new IllegalArgumentException(
          "weights and neurons are coordinates for exactly 1 sample, found %d; use ConstrainedLagrangian"
              .formatted(state.data().batch()));
    }
    return ofSample(state, 0);
  }

  /**
   * Of one sample of a batch as if it were alone: its β_m is the same vector for every sample, its
   * loss the sample's own, and its equations of motion are not those of the batch.
   */
  public static LocalLagrangian ofSample(ChainState state, int a) {
    Instant instant = new Instant(state, 0);
    int depth = state.chain().depth();
    double[][][] w = new double[depth][][];
    double[][][] wRate = new double[depth][][];
    double[][] z = new double[depth + 1][];
    double[][] zRate = new double[depth + 1][];
    for (int m = 0; m <= depth; m++) {
      z[m] = instant.neurons(m, a);
      zRate[m] = instant.neuronRates(m, a);
      if (m < depth) {
        w[m] = state.parameters().get(m).w();
        wRate[m] = state.velocity().get(m).w();
      }
    }
    return new LocalLagrangian(
        state.chain(),
        new NeuronCoordinates(w, z),
        new NeuronCoordinates(wRate, zRate),
        state.data().targets()[a]);
  }

  /** The same chain after its position and velocity were shifted, input and target kept. */
  public LocalLagrangian moved(
      double c, NeuronCoordinates position, double d, NeuronCoordinates velocity) {
    return new LocalLagrangian(
        chain, this.position.plus(c, position), this.velocity.plus(d, velocity), target);
  }

  public Chain chain() {
    return chain;
  }

  /** (W, z). */
  public NeuronCoordinates position() {
    return position;
  }

  /** (Ẇ, ż). */
  public NeuronCoordinates velocity() {
    return velocity;
  }

  /** The biases that the position stands for, b_m = z_{m+1} - W_m s_m. */
  public double[] bias(int m) {
    return plus(position.z()[m + 1], -1, times(position.w()[m], signals[m]));
  }

  /** β_m (2.1). */
  public double[] biasRate(int m) {
    return biasRates[m].clone();
  }

  /** T_W,m = ½|Ẇ_m|². */
  public double weightKinetic(int m) {
    return 0.5 * dot(velocity.w()[m], velocity.w()[m]);
  }

  /** T_b,m = ½|β_m|². */
  public double biasKinetic(int m) {
    return 0.5 * dot(biasRates[m], biasRates[m]);
  }

  /** T_m. */
  public double kinetic(int m) {
    return weightKinetic(m) + biasKinetic(m);
  }

  /** ℓ(z_M, Y). */
  public double loss() {
    return chain.loss().value(position.z()[chain.depth()], target);
  }

  /** L. */
  public double value() {
    return sitewise().total();
  }

  /** The split by terms: the bulk holds every term that is free of X and Y (2.3a). */
  public LagrangianSplit termwise() {
    double bulk = weightKinetic(0);
    for (int m = 1; m < chain.depth(); m++) {
      bulk += kinetic(m);
    }
    return new LagrangianSplit(bulk, biasKinetic(0) - loss());
  }

  /** The split by sites: the bulk holds the layers that touch neither end (2.3b). */
  public LagrangianSplit sitewise() {
    double bulk = 0;
    for (int m = 1; m < chain.depth(); m++) {
      bulk += kinetic(m);
    }
    return new LagrangianSplit(bulk, kinetic(0) - loss());
  }

  /**
   * P_W,m = Ẇ_m - β_m s_mᵀ and p_m = β_{m-1} - σ'_m ∘ (W_mᵀ β_m), the derivatives of L by velocity.
   */
  public NeuronCoordinates momenta() {
    NeuronCoordinates p = NeuronCoordinates.zero(chain);
    for (int m = 0; m < chain.depth(); m++) {
      p.w()[m] = plusOuter(velocity.w()[m], -1, biasRates[m], signals[m]);
      p.z()[m + 1] = plus(biasRates[m], -1, pulledBack(m + 1));
    }
    return p;
  }

  /**
   * F_W,m = -β_m (σ'_m ∘ ż_m)ᵀ, F_m = -σ'_m ∘ (Ẇ_mᵀ β_m) - σ''_m ∘ ż_m ∘ (W_mᵀ β_m), F_M =
   * -∂ℓ/∂z_M: the derivatives of L by position.
   */
  public NeuronCoordinates forces() {
    int depth = chain.depth();
    NeuronCoordinates f = NeuronCoordinates.zero(chain);
    for (int m = 0; m < depth; m++) {
      f.w()[m] = plusOuter(f.w()[m], -1, biasRates[m], signalRate(m));
      if (m > 0) {
        f.z()[m] = scaled(-1, pulledBackRate(m));
      }
    }
    f.z()[depth] = scaled(-1, chain.loss().gradient(position.z()[depth], target));
    return f;
  }

  /** β̇_m under an acceleration (Ẅ, z̈). */
  public double[] biasAcceleration(int m, NeuronCoordinates acceleration) {
    double[] rate = plus(acceleration.z()[m + 1], -1, times(acceleration.w()[m], signals[m]));
    rate = plus(rate, -1, times(velocity.w()[m], signalRate(m)));
    return plus(rate, -1, carriedAcceleration(m, acceleration));
  }

  /** The time derivatives of the momenta under an acceleration. */
  public NeuronCoordinates momentumRates(NeuronCoordinates acceleration) {
    NeuronCoordinates rate = NeuronCoordinates.zero(chain);
    for (int m = 0; m < chain.depth(); m++) {
      double[] biasAcceleration = biasAcceleration(m, acceleration);
      double[][] first = plusOuter(acceleration.w()[m], -1, biasAcceleration, signals[m]);
      rate.w()[m] = plusOuter(first, -1, biasRates[m], signalRate(m));
      rate.z()[m + 1] = plus(rate.z()[m + 1], 1, biasAcceleration);
      if (m > 0) {
        double[] back = hadamard(slopes[m], transposeTimes(position.w()[m], biasAcceleration));
        rate.z()[m] = plus(plus(rate.z()[m], -1, pulledBackRate(m)), -1, back);
      }
    }
    return rate;
  }

  /** σ'_m ∘ ż_m. */
  double[] signalRate(int m) {
    return hadamard(slopes[m], velocity.z()[m]);
  }

  /** The time derivative of W_m(σ'_m ∘ ż_m) under an acceleration. */
  double[] carriedAcceleration(int m, NeuronCoordinates acceleration) {
    double[] bent = hadamard(curvatures[m], hadamard(velocity.z()[m], velocity.z()[m]));
    double[] change = plus(bent, 1, hadamard(slopes[m], acceleration.z()[m]));
    return plus(times(velocity.w()[m], signalRate(m)), 1, times(position.w()[m], change));
  }

  /** σ'_m ∘ (W_mᵀ β_m), zero behind the last layer. */
  private double[] pulledBack(int m) {
    return m == chain.depth()
        ? new double[chain.widths().get(m)]
        : hadamard(slopes[m], transposeTimes(position.w()[m], biasRates[m]));
  }

  /** The derivative of σ'_m ∘ (W_mᵀ β_m) in time at fixed β_m. */
  private double[] pulledBackRate(int m) {
    double[] byWeight = hadamard(slopes[m], transposeTimes(velocity.w()[m], biasRates[m]));
    double[] bend = hadamard(curvatures[m], velocity.z()[m]);
    return plus(byWeight, 1, hadamard(bend, transposeTimes(position.w()[m], biasRates[m])));
  }
}
