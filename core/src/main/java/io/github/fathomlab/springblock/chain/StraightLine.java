package io.github.fathomlab.springblock.chain;

import org.hipparchus.analysis.solvers.BrentSolver;

/**
 * The noise at which the loads of a chain come out equal: the exposure that undoes the increments
 * of friction and no more.
 *
 * <pre>   Θ = (k λ_1/γ) ∫_0^T M(t) dt,   straight at   Θ* = ln(4 μ̄ / (π |δ|)) </pre>
 *
 * <p>Symbols: λ_1 = 4 sin²(π/2(N+1)), M the mobility of {@link MeanField}, μ̄ and δ mean and skew
 * of the friction, T the duration. Smaller exposure leaves concave curves, larger gives convex
 * ones. Source: our derivation. Validity: μ_L &gt; μ_R, since for equal friction the straight line
 * is reached only as Θ grows without bound; a predictor good to 5..30 %, not a substitute for
 * integrating the mean field. Cost: some ten thousand mobilities.
 *
 * @param chain whose noise amplitude is free
 * @param duration T
 */
public record StraightLine(ChainSpec chain, double duration) {
  private static final int PANELS = 100;
  private static final double NARROWEST = 1e-3;
  private static final double WIDEST = 1e4;

  /** Θ with the noise that the chain has. */
  public double exposure() {
    MeanField field = new MeanField(chain);
    double width = duration / (2 * PANELS);
    double sum = field.mobility(0) + field.mobility(duration);
    for (int i = 1; i < 2 * PANELS; i++) {
      sum += (i % 2 == 0 ? 2 : 4) * field.mobility(i * width);
    }
    double rate = chain.stiffness() * SlidingRun.eigenvalue(1, chain.blocks());
    return rate / chain.inertia().damping() * sum * width / 3;
  }

  /**
   * Θ*.
   *
   * @throws IllegalArgumentException when friction to the left does not exceed that to the right
   */
  public double wanted() {
    DryFriction friction = chain.friction();
    if (!(friction.left() > friction.right())) {
      throw new IllegalArgumentException(
          "the loads become equal at some noise only with more friction to the left than to the right, found %s and %s"
              .formatted(friction.left(), friction.right()));
    }
    return Math.log(4 * friction.mean() / (Math.PI * Math.abs(friction.skew())));
  }

  /**
   * The amplitude at which the exposure is the wanted one.
   *
   * @throws IllegalArgumentException when even free blocks have too little time
   */
  public double amplitude() {
    double wanted = wanted();
    double mean = chain.friction().mean();
    double unit =
        chain.inertia() instanceof Inertia.Massive massive
            ? mean * Math.sqrt(massive.mass() / massive.damping())
            : mean;
    if (with(WIDEST * unit).exposure() <= wanted) {
      throw new IllegalArgumentException(
          "a duration of %s is too short for equal loads at any noise: exposure %.3g of %.3g"
              .formatted(duration, with(WIDEST * unit).exposure(), wanted));
    }
    double log =
        new BrentSolver(1e-12, 1e-12)
            .solve(
                500,
                z -> with(unit * Math.exp(z)).exposure() - wanted,
                Math.log(NARROWEST),
                Math.log(WIDEST));
    return unit * Math.exp(log);
  }

  private StraightLine with(double amplitude) {
    ChainNoise noise = chain.noise();
    return new StraightLine(
        chain.with(new ChainNoise(amplitude, noise.common(), noise.decay())), duration);
  }
}
