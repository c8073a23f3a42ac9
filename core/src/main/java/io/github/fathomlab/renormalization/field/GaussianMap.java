package io.github.fathomlab.renormalization.field;

import java.util.ArrayList;
import java.util.List;

/**
 * A renormalization map of a Gaussian chain that makes one site of b.
 *
 * <pre>
 *   decimation      keep every b-th site:       V' = V,  C' = C ψ^(b-1),  ψ' = ψ^b
 *   block average   y = b^(-1/2) Σ x:           V' = V + (2C/b) Σ_(k=1)^(b-1) (b - k) ψ^(k-1),
 *                                               C' = (C/b) [(1 - ψ^b)/(1 - ψ)]²,  ψ' = ψ^b
 *   momentum shell  keep |θ| below π/b, rescale:  g' = g/b²,  φ' = [2g' + 1 - sqrt(4g' + 1)]/(2g')
 * </pre>
 *
 * <p>Symbols: V, C, ψ of {@link BlockedChain}; g = φ/(1 - φ)² stiffness over mass of 1/S(θ) = r + c
 * (2 - 2 cos θ). The momentum shell keeps r, and with it S(0), which the block average conserves
 * too. Source: the covariance of an autoregressive process; Fathom's derivation of the shell on the
 * lattice form of the spectrum. Validity: decimation and block averages for every {@link
 * BlockedChain}, the shell only where C = V ψ. Cost: O(b) for a block average, else O(1).
 */
public sealed interface GaussianMap {

  /** b, at least 2. */
  int factor();

  /** One step. */
  BlockedChain apply(BlockedChain chain);

  /** Where the map rests, and how fast it leaves or returns. */
  List<FixedPoint> fixedPoints();

  /** A chain and what it becomes in 1..steps steps. */
  default List<BlockedChain> flow(GaussianChain start, int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("a flow needs 0 or more steps, found " + steps);
    }
    List<BlockedChain> flow = new ArrayList<>();
    flow.add(BlockedChain.of(start));
    for (int n = 0; n < steps; n++) {
      flow.add(apply(flow.getLast()));
    }
    return List.copyOf(flow);
  }

  /** Keeps every b-th site. */
  record Decimation(int factor) implements GaussianMap {
    public Decimation {
      require(factor);
    }

    @Override
    public BlockedChain apply(BlockedChain chain) {
      return new BlockedChain(
          chain.variance(), chain.covariance(factor), StrictMath.pow(chain.ratio(), factor));
    }

    @Override
    public List<FixedPoint> fixedPoints() {
      return List.of(
          FixedPoint.of("white noise", "phi", 0, 0, factor),
          FixedPoint.of("infinite correlation length", "phi", 1, factor, factor));
    }
  }

  /** Adds b neighbours and divides by the root of b. */
  record BlockAverage(int factor) implements GaussianMap {
    public BlockAverage {
      require(factor);
    }

    @Override
    public BlockedChain apply(BlockedChain chain) {
      double power = 1;
      double within = 0;
      double facing = 0;
      for (int k = 1; k <= factor; k++) {
        within += (factor - k) * power;
        facing += power;
        power *= chain.ratio();
      }
      double share = chain.neighbour() / factor;
      return new BlockedChain(
          chain.variance() + 2 * share * within,
          share * facing * facing,
          StrictMath.pow(chain.ratio(), factor));
    }

    @Override
    public List<FixedPoint> fixedPoints() {
      return List.of(
          FixedPoint.of("white noise", "neighbour covariance", 0, 1.0 / factor, factor),
          FixedPoint.of("white noise", "lag ratio", 0, 0, factor),
          FixedPoint.of("infinite correlation length", "lag ratio", 1, factor, factor));
    }
  }

  /** Keeps the momenta below π/b. */
  record MomentumShell(int factor) implements GaussianMap {
    private static final double ROUNDING = 1e-12;

    public MomentumShell {
      require(factor);
    }

    @Override
    public BlockedChain apply(BlockedChain chain) {
      double phi = chain.ratio();
      if (Math.abs(chain.neighbour() - chain.variance() * phi) > ROUNDING * chain.variance()) {
        throw new IllegalArgumentException(
            "the momentum shell acts on chains with 1/S linear in cos θ, found block averages with"
                + " a correlation of %s and a lag ratio of %s"
                    .formatted(chain.correlation(1), phi));
      }
      double g = new GaussianChain(phi, chain.variance()).stiffness() / factor / factor;
      // The form of φ' without a difference of near numbers.
      double next = 2 * g / (2 * g + 1 + Math.sqrt(4 * g + 1));
      double variance = chain.zeroMomentum() * (1 - next) / (1 + next);
      return BlockedChain.of(new GaussianChain(next, variance));
    }

    @Override
    public List<FixedPoint> fixedPoints() {
      return List.of(
          FixedPoint.of("white noise", "phi", 0, 1.0 / factor / factor, factor),
          FixedPoint.of("infinite correlation length", "phi", 1, factor, factor));
    }
  }

  private static void require(int factor) {
    if (factor < 2) {
      throw new IllegalArgumentException(
          "a renormalization map makes one site of at least 2, found " + factor);
    }
  }
}
