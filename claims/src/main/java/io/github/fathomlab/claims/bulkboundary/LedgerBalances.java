package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.kernels.Precision;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The energy of every layer is accounted for at every audited step, to rounding.
 *
 * <p>Criterion: every relative residual (bulk-boundary specification, §4.5) lies below the
 * tolerance of the precision and no dissipation is negative. Null: the same audit after one layer
 * was moved 1 % too far. Where the null stays below the tolerance the audit was blind: it could not
 * have seen that error. With more than half of the audits blind, none at all, or an audit without a
 * number, the claim is undecided; what it did see still fails it.
 */
public final class LedgerBalances implements Claim {
  private static final Comparator<Reading> BY_VALUE = Comparator.comparingDouble(Reading::value);

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
    Reading worst = usable(residuals).max(BY_VALUE).orElse(null);
    Reading lowest = usable(readings.of("ledger.dissipation")).min(BY_VALUE).orElse(null);
    Controls controls = Controls.of(readings.of("ledger.audit_control"), tolerance);
    String failure = failure(worst, lowest);
    String doubt = doubt(residuals, worst, controls);
    Map<String, Object> evidence = new LinkedHashMap<>();
    Measured.put(evidence, "largest_residual", worst == null ? Double.NaN : worst.value());
    Measured.put(evidence, "largest_residual_null", controls.median);
    evidence.put("tolerance", tolerance);
    evidence.put("audits", controls.audits);
    evidence.put("blind_audits", controls.blind);
    Measured.put(evidence, "smallest_dissipation", lowest == null ? Double.NaN : lowest.value());
    return Verdict.ofHolding(this, failure, doubt, () -> balance(worst, controls), evidence);
  }

  private @Nullable String failure(@Nullable Reading worst, @Nullable Reading lowest) {
    if (worst != null && worst.value() >= tolerance) {
      return format(
          "The ledger does not balance: the relative residual is %.1e %s, tolerance %.0e.",
          worst.value(), place(worst), tolerance);
    }
    if (lowest != null && lowest.value() < 0) {
      return format(
          "The ledger is wrong: the dissipation is negative, %.1e %s.",
          lowest.value(), place(lowest));
    }
    return null;
  }

  private @Nullable String doubt(
      List<Reading> residuals, @Nullable Reading worst, Controls controls) {
    for (Reading reading : residuals) {
      if (reading.status() != Status.OK) {
        return format(
            "The audit cannot decide: it has no number %s: %s.",
            place(reading), reading.status().explanation());
      }
    }
    if (worst == null) {
      return "No step was audited, so the balance of the ledger is not known.";
    }
    if (controls.audits == 0 || 2 * controls.blind > controls.audits) {
      return format(
          "The audit cannot decide: the largest relative residual is %.1e, but one layer moved 1 %% too far was seen in"
              + " %d of %d audits only.",
          worst.value(), controls.audits - controls.blind, controls.audits);
    }
    return null;
  }

  private String balance(@Nullable Reading worst, Controls controls) {
    return format(
        "The ledger balances in every audited layer and step: the largest relative residual is %.1e, below %.0e; moving"
            + " one layer 1 %% too far gives %.1e (median).",
        worst == null ? 0 : worst.value(), tolerance, controls.median);
  }

  private static String place(Reading at) {
    return "at step %d in layer %d (%s) of replica %d"
        .formatted(at.step(), at.layer(), at.layerName(), at.replica());
  }

  private static Stream<Reading> usable(List<Reading> readings) {
    return readings.stream().filter(reading -> reading.status() == Status.OK);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /**
   * The audits with an error put in on purpose.
   *
   * @param median over audits of the largest residual over layers, NaN without audits
   * @param blind audits in which the error did not show
   */
  private record Controls(long audits, double median, long blind) {

    static Controls of(List<Reading> readings, double tolerance) {
      Map<List<Long>, Double> largest = new HashMap<>();
      for (Reading reading : readings) {
        List<Long> audit = List.of((long) reading.replica(), reading.step());
        largest.merge(audit, reading.status() == Status.OK ? reading.value() : 0, Math::max);
      }
      double[] sorted = largest.values().stream().mapToDouble(value -> value).sorted().toArray();
      return new Controls(
          sorted.length,
          sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2],
          Arrays.stream(sorted).filter(control -> control < tolerance).count());
    }
  }
}
