package io.github.fathomlab.bulkboundary.lagrangian;

import org.hipparchus.ode.AbstractIntegrator;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.ClassicalRungeKuttaIntegrator;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/** How a motion is integrated in time. */
public sealed interface OdeSolver {

  /**
   * The classical Runge-Kutta scheme of order 4.
   *
   * @param steps equal steps over the whole duration
   */
  record RungeKutta(int steps) implements OdeSolver {
    public RungeKutta {
      if (steps < 1) {
        throw new IllegalArgumentException("an integration needs at least 1 step, found " + steps);
      }
    }
  }

  /**
   * The adaptive scheme of order 8 of Dormand and Prince.
   *
   * @param tolerance absolute and relative error per step and component
   */
  record DormandPrince(double tolerance) implements OdeSolver {}

  /** The state after a duration, which may be negative. */
  default double[] integrate(OrdinaryDifferentialEquation motion, double[] start, double duration) {
    if (duration == 0) {
      return start.clone();
    }
    AbstractIntegrator integrator =
        switch (this) {
          case RungeKutta fixed ->
              new ClassicalRungeKuttaIntegrator(Math.abs(duration) / fixed.steps());
          case DormandPrince adaptive ->
              new DormandPrince853Integrator(
                  1e-15, Math.abs(duration), adaptive.tolerance(), adaptive.tolerance());
        };
    return integrator.integrate(motion, new ODEState(0, start), duration).getPrimaryState();
  }
}
