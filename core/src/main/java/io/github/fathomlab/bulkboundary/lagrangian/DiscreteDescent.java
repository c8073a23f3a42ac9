package io.github.fathomlab.bulkboundary.lagrangian;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Gradient descent with momentum against the damped motion that stands for it.
 *
 * <pre>
 *   θ_{k+1} = θ_k + μ(θ_k - θ_{k-1}) - η ∂ℓ/∂θ
 *   ((1+μ)/2η) θ̈ + ((1-μ)/η) θ̇ + ∂ℓ/∂θ = 0,  one step = unit time              (2.12)
 * </pre>
 *
 * <p>error = max |θ_K - θ(K)| over a fixed slow time ηK/(1-μ), both begun on the slow motion. Order
 * in η: 2 with the mass of (2.12), 1 with unit mass. Source: arXiv:2511.02003 for the unit mass
 * with damping 1/η; (2.12) is Fathom's derivation, in agreement with arXiv:2105.02716. Validity:
 * full batch, smooth loss, and a slow time of many η/(1-μ)², so that the fast decay of the start is
 * over. Cost: K gradients and one integration.
 */
public final class DiscreteDescent {
  private final ChainState start;
  private final double momentum;
  private final double slowTime;

  /** The velocity of the start is not used. */
  public DiscreteDescent(ChainState start, double momentum, double slowTime) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must lie in [0, 1), found " + momentum);
    }
    this.start = start;
    this.momentum = momentum;
    this.slowTime = slowTime;
  }

  /** Against the motion of mass 1. */
  public Convergence unitMass(double largestRate, int halvings) {
    return against(largestRate, halvings, rate -> 1);
  }

  /** Against the motion of mass (1+μ)/2η. */
  public Convergence faithfulMass(double largestRate, int halvings) {
    return against(largestRate, halvings, rate -> (1 + momentum) / (2 * rate));
  }

  private Convergence against(double largestRate, int halvings, DoubleUnaryOperator mass) {
    List<Double> rates = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (int n = 0; n <= halvings; n++) {
      double rate = largestRate / (1 << n);
      int count = Math.toIntExact(Math.round(slowTime * (1 - momentum) / rate));
      ChainState slow = start.descending(rate / (1 - momentum));
      DampedFlow flow =
          new DampedFlow(
              start.chain(), start.data(), mass.applyAsDouble(rate), (1 - momentum) / rate);
      double[] end = new OdeSolver.DormandPrince(1e-12).integrate(flow, flow.start(slow), count);
      double[] expected = start.chain().pack(flow.state(end).parameters());
      rates.add(rate);
      errors.add(SmallMatrices.distance(descend(slow, rate, count), expected));
    }
    return new Convergence(rates, errors);
  }

  private double[] descend(ChainState slow, double rate, int count) {
    List<LayerVector> parameters = slow.parameters();
    List<LayerVector> step = slow.velocity();
    for (int k = 0; k < count; k++) {
      ChainState here = new ChainState(slow.chain(), parameters, step, slow.data());
      List<LayerVector> gradient = new Instant(here, 0).gradient();
      List<LayerVector> next = new ArrayList<>();
      List<LayerVector> moved = new ArrayList<>();
      for (int m = 0; m < gradient.size(); m++) {
        next.add(step.get(m).times(momentum).plus(-rate, gradient.get(m)));
        moved.add(parameters.get(m).plus(1, next.get(m)));
      }
      step = next;
      parameters = moved;
    }
    return slow.chain().pack(parameters);
  }
}
