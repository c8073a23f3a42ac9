package io.github.fathomlab.bulkboundary.lagrangian;

import java.util.ArrayList;
import java.util.List;

/**
 * What is left of the mechanics at strong damping, where training is plain gradient descent.
 *
 * <pre>
 *   θ̇ = -g/γ + O(γ⁻³):  T_m → |g_m|²/2γ²,   D_m → |g_m|²/γ,   J_{m+1} - J_m → -|g_m|²/γ,   |Ṫ_m|/D_m → 0
 * </pre>
 *
 * <p>All four deviations, relative, and that of θ from the gradient flow at the same slow time t/γ
 * fall like γ⁻². Source: Fathom's derivation (bulk-boundary specification, §2.5). Validity: smooth
 * σ, one slow time, started at θ̇ = -g/γ. Cost: one integration per γ, of about γ² slow time steps.
 *
 * @param parameters θ against the gradient flow, over 1/γ
 * @param kinetic T against its limit
 * @param dissipation D against its limit
 * @param current J_{m+1} - J_m against its limit
 * @param storage |Ṫ_m|/D_m
 */
public record OverdampedLimit(
    Convergence parameters,
    Convergence kinetic,
    Convergence dissipation,
    Convergence current,
    Convergence storage) {

  /** Measures with the damping doubled again and again; the velocity of the start is not used. */
  public static OverdampedLimit measure(
      ChainState start, double smallestGamma, int doublings, double slowTime) {
    List<Double> small = new ArrayList<>();
    List<List<Double>> errors = new ArrayList<>();
    for (int quantity = 0; quantity < 5; quantity++) {
      errors.add(new ArrayList<>());
    }
    double[] limit = gradientFlow(start, slowTime);
    for (int n = 0; n <= doublings; n++) {
      double gamma = smallestGamma * (1 << n);
      DampedFlow flow = DampedFlow.of(start, gamma);
      double[] end =
          new OdeSolver.DormandPrince(1e-12)
              .integrate(flow, flow.start(start.descending(1 / gamma)), slowTime * gamma);
      Instant instant = new Instant(flow.state(end), gamma);
      small.add(1 / gamma);
      double[] reached = start.chain().pack(instant.state().parameters());
      errors.getFirst().add(SmallMatrices.distance(reached, limit));
      double[] deviations = deviations(instant);
      for (int quantity = 0; quantity < deviations.length; quantity++) {
        errors.get(quantity + 1).add(deviations[quantity]);
      }
    }
    List<Convergence> all = errors.stream().map(e -> new Convergence(small, e)).toList();
    return new OverdampedLimit(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4));
  }

  /** T, D, J_{m+1} - J_m against their limits and |Ṫ|/D, relative, the largest over layers. */
  private static double[] deviations(Instant instant) {
    double[] largest = new double[4];
    double gamma = instant.gamma();
    for (int m = 0; m < instant.gradient().size(); m++) {
      LayerVector gradient = instant.gradient().get(m);
      double power = gradient.dot(gradient) / gamma;
      double drop = instant.current(m + 1) - instant.current(m);
      double[] of = {
        instant.kinetic(m) / (power / (2 * gamma)) - 1,
        instant.dissipation(m) / power - 1,
        drop / -power - 1,
        instant.kineticRate(m) / instant.dissipation(m)
      };
      for (int i = 0; i < of.length; i++) {
        largest[i] = Math.max(largest[i], Math.abs(of[i]));
      }
    }
    return largest;
  }

  /** dθ/dτ = -∂ℓ/∂θ. */
  private static double[] gradientFlow(ChainState start, double slowTime) {
    Chain chain = start.chain();
    return new OdeSolver.DormandPrince(1e-12)
        .integrate(new GradientFlow(start), chain.pack(start.parameters()), slowTime);
  }
}
