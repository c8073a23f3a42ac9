package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The training Lagrangian of one sample is a bulk without data and a boundary with them.
 *
 * <p>Criterion, on the readings of {@link SplitStudy}: both readings of the split add up to the
 * Lagrangian in weights and biases, and the equations of motion close and are backpropagation, all
 * relative errors below {@value #TOLERANCE}; exchanging the data at fixed neurons changes the bulk
 * by exactly nothing and the boundary by something. Null: the same law of motion for one sample of
 * a batch of two, and the bias rate two samples share after one of them was displaced. Where a null
 * stays below {@value #SEEN} the test could not have told the difference: undecided.
 */
public final class SplitExact implements Claim {
  static final double TOLERANCE = 1e-12;
  static final double SEEN = 1e-3;

  @Override
  public String id() {
    return "bulk-boundary/split-exact";
  }

  @Override
  public String statement() {
    return "For one sample the Lagrangian of training is exactly a bulk that knows no data and a boundary that does: the"
        + " input enters the first kinetic term alone, the target the loss alone.";
  }

  @Override
  public String source() {
    return "arXiv:2511.02003: action, damping 1/eta, biases exchanged for neurons, existence of the split [P]; which of two"
        + " readings of the bulk is meant could not be seen, both are tested [P?]; momenta, backpropagation as equation of"
        + " motion, the batch as null and this test are Fathom's derivation [O]";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("split.residual_termwise").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    Numbers n = Numbers.of(readings);
    String failure = n.failure();
    String doubt = n.doubt();
    return Verdict.ofHolding(this, failure, doubt, () -> n.agreement(), n.evidence());
  }

  private record Numbers(
      Measured termwise,
      Measured sitewise,
      Measured motion,
      Measured backpropagation,
      Measured inputLeak,
      Measured targetLeak,
      Measured input,
      Measured target,
      Measured spread,
      Measured spreadNull,
      Measured batchNull) {

    static Numbers of(Readings readings) {
      return new Numbers(
          Measured.of(readings, "split.residual_termwise"),
          Measured.of(readings, "split.residual_sitewise"),
          Measured.of(readings, "split.euler_lagrange"),
          Measured.of(readings, "split.backpropagation"),
          Measured.of(readings, "split.bulk_response_input"),
          Measured.of(readings, "split.bulk_response_target"),
          Measured.of(readings, "split.boundary_response_input"),
          Measured.of(readings, "split.boundary_response_target"),
          Measured.of(readings, "split.bias_rate_spread"),
          Measured.of(readings, "split.bias_rate_spread_null"),
          Measured.of(readings, "split.backpropagation_null"));
    }

    @Nullable String failure() {
      for (Measured residual :
          new Measured[] {termwise, sitewise, motion, backpropagation, spread}) {
        if (residual.largest() >= TOLERANCE) {
          return format(
              "The split is not exact: %s reaches %.1e, tolerance %.0e.",
              residual.quantity(), residual.largest(), TOLERANCE);
        }
      }
      for (Measured leak : new Measured[] {inputLeak, targetLeak}) {
        if (leak.largest() > 0) {
          return format(
              "The bulk knows the data: %s is %.1e instead of exactly 0.",
              leak.quantity(), leak.largest());
        }
      }
      return null;
    }

    @Nullable String doubt() {
      String missing =
          Measured.missing(
              termwise,
              sitewise,
              motion,
              backpropagation,
              inputLeak,
              targetLeak,
              input,
              target,
              spread,
              spreadNull,
              batchNull);
      if (!missing.isEmpty()) {
        return "The split cannot be judged: " + missing + " is missing or has no usable number.";
      }
      for (Measured change : new Measured[] {input, target}) {
        if (!(change.smallest() > 0)) {
          return "The split cannot be judged: exchanging the data changed nothing in "
              + change.quantity()
              + ".";
        }
      }
      for (Measured control : new Measured[] {spreadNull, batchNull}) {
        if (!(control.typical() >= SEEN)) {
          return format(
              "The split cannot be judged: the null %s is only %.1e, so the test is blind.",
              control.quantity(), control.typical());
        }
      }
      return null;
    }

    String agreement() {
      return format(
          "In %d networks both splits add up to the Lagrangian to %.1e and no data leak into the bulk; backpropagation is"
              + " the equation of motion to %.1e, for one sample of a batch of two only to %.1e (median).",
          termwise.values().size(),
          Math.max(termwise.largest(), sitewise.largest()),
          backpropagation.largest(),
          batchNull.typical());
    }

    Map<String, Object> evidence() {
      Map<String, Object> evidence = new LinkedHashMap<>();
      evidence.put("networks", (long) termwise.values().size());
      evidence.put("tolerance", TOLERANCE);
      Measured.put(evidence, "largest_residual_termwise", termwise.largest());
      Measured.put(evidence, "largest_residual_sitewise", sitewise.largest());
      Measured.put(evidence, "largest_residual_euler_lagrange", motion.largest());
      Measured.put(evidence, "largest_residual_backpropagation", backpropagation.largest());
      Measured.put(evidence, "median_backpropagation_null_batch_of_two", batchNull.typical());
      Measured.put(evidence, "largest_bulk_response_input", inputLeak.largest());
      Measured.put(evidence, "smallest_boundary_response_input", input.smallest());
      Measured.put(evidence, "largest_bulk_response_target", targetLeak.largest());
      Measured.put(evidence, "smallest_boundary_response_target", target.smallest());
      Measured.put(evidence, "largest_bias_rate_spread", spread.largest());
      Measured.put(evidence, "median_bias_rate_spread_null", spreadNull.typical());
      return evidence;
    }

    private static String format(String pattern, Object... values) {
      return String.format(Locale.ROOT, pattern, values);
    }
  }
}
