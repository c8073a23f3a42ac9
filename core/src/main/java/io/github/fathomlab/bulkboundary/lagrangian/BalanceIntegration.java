package io.github.fathomlab.bulkboundary.lagrangian;

import java.util.ArrayList;
import java.util.List;

/**
 * The continuity equation integrated along a motion: how far every layer's energy account is open
 * at the end, and how fast that falls with the step.
 *
 * <pre>   r_m = T_m(t) - T_m(0) + ∫2γ T_m dt + ∫(J_{m+1} - J_m) dt </pre>
 *
 * <p>Symbols: as in {@link Instant}; r in loss units, its largest |r_m| is the error. Expected
 * order of the classical Runge-Kutta scheme: 4 for smooth σ, about 2 with kinks. Source: Fathom's
 * test of the continuity claimed in arXiv:2511.02003 (bulk-boundary specification, §2.3, §8 D).
 * Validity: data at rest. Cost: three passes per evaluation of the flow.
 */
public final class BalanceIntegration {
  private final ChainState start;
  private final DampedFlow flow;
  private final double gamma;
  private final double duration;

  public BalanceIntegration(ChainState start, double gamma, double duration) {
    this.start = start;
    this.gamma = gamma;
    this.duration = duration;
    flow = DampedFlow.of(start, gamma);
  }

  /** max |r_m|. */
  public double error(OdeSolver solver) {
    return error(solver, 1);
  }

  /** max |r_m| when the dissipation is booked with a wrong damping, γ times the factor. */
  public double error(OdeSolver solver, double dampingFactor) {
    double[] before = flow.start(start);
    double[] after = solver.integrate(flow, before, duration);
    double largest = 0;
    for (int m = 0; m < flow.chain().depth(); m++) {
      double stored = flow.kinetic(after, m) - flow.kinetic(before, m);
      double open = stored + dampingFactor * flow.dissipated(after, m) + flow.passedOn(after, m);
      largest = Math.max(largest, Math.abs(open));
    }
    return largest;
  }

  /** The error of the classical Runge-Kutta scheme, halving the step. */
  public Convergence rungeKutta(int coarsest, int halvings) {
    List<Double> steps = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (int n = 0; n <= halvings; n++) {
      int count = coarsest << n;
      steps.add(duration / count);
      errors.add(error(new OdeSolver.RungeKutta(count)));
    }
    return new Convergence(steps, errors);
  }

  /**
   * The central difference of T_m over 2h along the motion against the right hand side of the
   * continuity equation at its middle, the start; of order 2 for smooth σ.
   */
  public Convergence kineticDifference(double widest, int halvings) {
    Instant middle = new Instant(start, gamma);
    OdeSolver exact = new OdeSolver.DormandPrince(1e-14);
    List<Double> steps = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (int n = 0; n <= halvings; n++) {
      double h = widest / (1 << n);
      double[] before = exact.integrate(flow, flow.start(start), -h);
      double[] after = exact.integrate(flow, flow.start(start), h);
      double largest = 0;
      for (int m = 0; m < flow.chain().depth(); m++) {
        double difference = (flow.kinetic(after, m) - flow.kinetic(before, m)) / (2 * h);
        double expected = -middle.dissipation(m) - middle.current(m + 1) + middle.current(m);
        largest = Math.max(largest, Math.abs(difference - expected));
      }
      steps.add(h);
      errors.add(largest);
    }
    return new Convergence(steps, errors);
  }
}
