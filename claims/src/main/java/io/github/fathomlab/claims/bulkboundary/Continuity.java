package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In continuous time the energy of every layer obeys a continuity equation along depth.
 *
 * <p>Criterion, on the readings of {@link ContinuityStudy}: at every instant and layer the relative
 * residual lies below {@value #TOLERANCE}; integrated along smooth motions the balance closes with
 * order 4 ± {@value #MARGIN} in the step of the classical Runge-Kutta scheme and to {@value
 * #ADAPTIVE_TOLERANCE} with the adaptive one; the central difference of T meets the right hand side
 * with order 2 ± {@value #MARGIN}. Null: the current of one layer moving 1 % too fast and a damping
 * 1 % off, at instants and integrated; a null below {@value #SEEN} leaves it undecided. The order
 * for ReLU, whose kinks lower it to about 2, stands in the evidence and decides nothing.
 */
public final class Continuity implements Claim {
  static final double TOLERANCE = 1e-13;
  static final double ADAPTIVE_TOLERANCE = 1e-12;
  static final double MARGIN = 0.15;
  static final double SEEN = 1e-6;

  @Override
  public String id() {
    return "bulk-boundary/continuity";
  }

  @Override
  public String statement() {
    return "In continuous time the kinetic energy of every layer obeys dT_m/dt = -2 gamma T_m - (J_{m+1} - J_m).";
  }

  @Override
  public String source() {
    return "arXiv:2511.02003: the damped dynamics [P] and the existence of an energy continuity equation along depth, whose"
        + " formula could not be seen [P?]; the energies T_m, the currents J_m = <delta_m, dz_m/dt> and this test are"
        + " Fathom's derivation [O]";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("continuity.residual").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    Numbers n = Numbers.of(readings);
    String failure = n.failure();
    String doubt = n.doubt();
    return Verdict.ofHolding(this, failure, doubt, () -> n.agreement(), n.evidence());
  }

  private record Numbers(
      Measured residual,
      Measured velocityNull,
      Measured dampingNull,
      Measured balance,
      Measured order,
      Measured kinkedOrder,
      Measured adaptive,
      Measured adaptiveNull,
      Measured difference) {

    static Numbers of(Readings readings) {
      return new Numbers(
          Measured.of(readings, "continuity.residual"),
          Measured.of(readings, "continuity.residual_null_velocity"),
          Measured.of(readings, "continuity.residual_null_damping"),
          Measured.of(readings, "continuity.balance_rk4"),
          Measured.of(readings, "continuity.order_rk4"),
          Measured.of(readings, "continuity.order_rk4_relu"),
          Measured.of(readings, "continuity.balance_dop853"),
          Measured.of(readings, "continuity.balance_dop853_null"),
          Measured.of(readings, "continuity.order_difference"));
    }

    @Nullable String failure() {
      if (residual.largest() >= TOLERANCE) {
        return format(
            "The continuity equation does not close: its relative residual reaches %.1e, tolerance %.0e.",
            residual.largest(), TOLERANCE);
      }
      if (adaptive.largest() >= ADAPTIVE_TOLERANCE) {
        return format(
            "The integrated balance does not close: %.1e, tolerance %.0e.",
            adaptive.largest(), ADAPTIVE_TOLERANCE);
      }
      if (off(order, 4)) {
        return format(
            "The integrated balance closes with order %.2f to %.2f instead of 4.",
            order.smallest(), order.largest());
      }
      if (off(difference, 2)) {
        return format(
            "The difference of the kinetic energy converges with order %.2f to %.2f instead of 2.",
            difference.smallest(), difference.largest());
      }
      return null;
    }

    private static boolean off(Measured order, double expected) {
      return order.smallest() < expected - MARGIN || order.largest() > expected + MARGIN;
    }

    @Nullable String doubt() {
      String missing =
          Measured.missing(
              residual, velocityNull, dampingNull, order, adaptive, adaptiveNull, difference);
      if (!missing.isEmpty()) {
        return "The continuity cannot be judged: "
            + missing
            + " is missing or has no usable number.";
      }
      for (Measured control : new Measured[] {velocityNull, dampingNull, adaptiveNull}) {
        if (!(control.typical() >= SEEN)) {
          return format(
              "The continuity cannot be judged: the null %s is only %.1e, so the test is blind.",
              control.quantity(), control.typical());
        }
      }
      return null;
    }

    String agreement() {
      return format(
          "The continuity equation closes in %d layers at random instants to %.1e (one layer 1 %% too fast: %.1e, damping 1 %%"
              + " off: %.1e, medians); integrated it closes with order %.2f, and to %.1e adaptively.",
          residual.values().size(),
          residual.largest(),
          velocityNull.typical(),
          dampingNull.typical(),
          order.typical(),
          adaptive.largest());
    }

    Map<String, Object> evidence() {
      Map<String, Object> evidence = new LinkedHashMap<>();
      evidence.put("layers", (long) residual.values().size());
      evidence.put("tolerance", TOLERANCE);
      Measured.put(evidence, "largest_residual", residual.largest());
      Measured.put(evidence, "median_residual_null_velocity", velocityNull.typical());
      Measured.put(evidence, "median_residual_null_damping", dampingNull.typical());
      Measured.put(evidence, "smallest_balance_rk4", balance.smallest());
      Measured.put(evidence, "smallest_order_rk4", order.smallest());
      Measured.put(evidence, "largest_order_rk4", order.largest());
      Measured.put(evidence, "median_order_rk4_relu", kinkedOrder.typical());
      Measured.put(evidence, "largest_balance_dop853", adaptive.largest());
      Measured.put(evidence, "median_balance_dop853_null", adaptiveNull.typical());
      Measured.put(evidence, "smallest_order_difference", difference.smallest());
      Measured.put(evidence, "largest_order_difference", difference.largest());
      return evidence;
    }

    private static String format(String pattern, Object... values) {
      return String.format(Locale.ROOT, pattern, values);
    }
  }
}
