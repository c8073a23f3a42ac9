package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.kernels.Precision;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The energy of every layer is accounted for at every audited step, to rounding.
 *
 * <p>Criterion: every relative residual (bulk-boundary specification, §4.5) lies below the
 * tolerance of the precision and no dissipation is negative. Null: the same audit after one layer
 * was moved 1 % too far. Where the null stays below the tolerance the audit was blind: it could not
 * have seen that error. With more than half of the audits blind the claim is undecided.
 */
public final class LedgerBalances implements Claim {
  private final double tolerance;

  public LedgerBalances(Precision precision) {
    tolerance = tolerance(precision);
  }

  /** Largest relative residual that counts as balanced: 1e-13 in float64, 1e-6 in float32. */
  public static double tolerance(Precision precision) {
    return switch (precision) {
      case FLOAT64 -> 1e-13;
      case FLOAT32 -> 1e-6;
    };
  }

  @Override
  public String id() {
    return "bulk-boundary/ledger-balances";
  }

  @Override
  public String statement() {
    return "The energy balance T' - T = Pi - D - X - (J_{m+1} - J_m) closes in every layer at every step.";
  }

  @Override
  public String source() {
    return "arXiv:2511.02003 claims an energy continuity equation along depth; its discrete form and this test are Fathom's"
        + " derivation";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("ledger.audit_residual").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Reading> residuals = readings.of("ledger.audit_residual");
    double worst = 0;
    Reading worstReading = null;
    boolean usable = !residuals.isEmpty();
    for (Reading reading : residuals) {
      usable &= reading.status() == Status.OK;
      if (reading.status() == Status.OK && (worstReading == null || reading.value() > worst)) {
        worst = reading.value();
        worstReading = reading;
      }
    }
    double[] controls = controls(readings.of("ledger.audit_control"));
    double control = controls.length == 0 ? Double.NaN : controls[controls.length / 2];
    long blind = Arrays.stream(controls).filter(c -> c < tolerance).count();
    double smallestDissipation = smallest(readings.of("ledger.dissipation"));
    Outcome outcome;
    if (!usable
        || worstReading == null
        || !(2 * blind <= controls.length)
        || controls.length == 0) {
      outcome = Outcome.UNDECIDED;
    } else if (worst < tolerance && !(smallestDissipation < 0)) {
      outcome = Outcome.HOLDS;
    } else {
      outcome = Outcome.FAILS;
    }
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("largest_residual", worst);
    if (!Double.isNaN(control)) {
      evidence.put("largest_residual_null", control);
    }
    evidence.put("tolerance", tolerance);
    evidence.put("audits", (long) controls.length);
    evidence.put("blind_audits", blind);
    if (!Double.isNaN(smallestDissipation)) {
      evidence.put("smallest_dissipation", smallestDissipation);
    }
    return new Verdict(
        id(),
        outcome,
        sentence(outcome, worst, worstReading, control),
        Outcome.HOLDS,
        evidence,
        source());
  }

  private String sentence(Outcome outcome, double worst, @Nullable Reading at, double control) {
    if (at == null) {
      return "No step was audited, so the balance of the ledger is not known.";
    }
    return switch (outcome) {
      case HOLDS ->
          "The ledger balances in every audited layer and step: the largest relative residual is %.1e, below %.0e; moving one layer 1 %% too far gives %.1e (median)."
              .formatted(worst, tolerance, control);
      case FAILS ->
          "The ledger does not balance: the relative residual is %.1e at step %d in layer %d (%s) of replica %d, tolerance %.0e."
              .formatted(worst, at.step(), at.layer(), at.layerName(), at.replica(), tolerance);
      case UNDECIDED ->
          "The audit cannot decide: the largest residual is %.1e, but moving one layer 1 %% too far gives only %.1e (median), tolerance %.0e."
              .formatted(worst, control, tolerance);
    };
  }

  /** The largest control residual over layers of each audit, sorted: how red the control turned. */
  private static double[] controls(List<Reading> controls) {
    Map<List<Long>, Double> largest = new HashMap<>();
    for (Reading reading : controls) {
      List<Long> audit = List.of((long) reading.replica(), reading.step());
      largest.merge(audit, reading.status() == Status.OK ? reading.value() : 0, Math::max);
    }
    return largest.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static double smallest(List<Reading> readings) {
    return readings.stream()
        .filter(reading -> reading.status() == Status.OK)
        .mapToDouble(Reading::value)
        .min()
        .orElse(Double.NaN);
  }
}
