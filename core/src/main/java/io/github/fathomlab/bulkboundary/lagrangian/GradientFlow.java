package io.github.fathomlab.bulkboundary.lagrangian;

import org.hipparchus.ode.OrdinaryDifferentialEquation;

/**
 * dθ/dτ = -∂ℓ/∂θ, the limit of infinite damping.
 *
 * @param start names the chain and the data
 */
record GradientFlow(ChainState start) implements OrdinaryDifferentialEquation {

  @Override
  public int getDimension() {
    return start.chain().parameterCount();
  }

  @Override
  public double[] computeDerivatives(double time, double[] theta) {
    Chain chain = start.chain();
    ChainState here = new ChainState(chain, chain.unpack(theta, 0), start.velocity(), start.data());
    return SmallMatrices.scaled(-1, chain.pack(new Instant(here, 0).gradient()));
  }
}
