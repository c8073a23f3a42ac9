package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.kernels.Precision;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The energy of a whole training is accounted for, from its first to its last step.
 *
 * <p>Criterion: E_K - E_0 = Σ (Π - D - X + Q) + Σ I to the tolerance of the precision relative to
 * E_0 (bulk-boundary specification, §4.3), and the loss that the secant ledger predicts after a
 * step is the one that a forward pass finds. Null: the same books without the finite-step energy Q,
 * as a ledger of gradients times steps would keep them. Undecided where not every step was split.
 */
public final class BooksClose implements Claim {
  private final double tolerance;

  public BooksClose(Precision precision) {
    tolerance = tolerance(precision);
  }

  /** Largest closing error, relative to E_0, that counts as closed: 1e-12 or 1e-5. */
  public static double tolerance(Precision precision) {
    return switch (precision) {
      case FLOAT64 -> 1e-12;
      case FLOAT32 -> 1e-5;
    };
  }

  @Override
  public String id() {
    return "bulk-boundary/books-close";
  }

  @Override
  public String statement() {
    return "The energy of a whole training closes: E_K - E_0 is the sum of metric work, dissipation, external work, curvature and injection.";
  }

  @Override
  public String source() {
    return "arXiv:2511.02003 claims the energy of continuous training; the exact balance of discrete steps, with finite-step energy and injection, is Fathom's derivation";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("ledger.balance").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    Measured balance = Measured.of(readings, "ledger.balance");
    Measured forward = Measured.of(readings, "ledger.secant_residual");
    double without = withoutCurvature(readings);
    Map<String, Object> evidence = new LinkedHashMap<>();
    Measured.put(evidence, "largest_closing_error", balance.largest());
    Measured.put(evidence, "closing_error_null", without);
    Measured.put(evidence, "largest_secant_residual", forward.largest());
    evidence.put("tolerance", tolerance);
    return Verdict.ofHolding(
        this,
        failure(balance, forward),
        doubt(readings, balance, forward),
        () ->
            format(
                "The books of the whole run close to %.1e of the first energy, and the secant meets the forward pass to %.1e; without the finite-step energy they would be off by %.1e.",
                balance.largest(), forward.largest(), without),
        evidence);
  }

  private @Nullable String failure(Measured balance, Measured forward) {
    return balance.largest() >= tolerance || forward.largest() >= tolerance
        ? format(
            "The books do not close: the closing error is %.1e and the secant is off the forward pass by %.1e, tolerance %.0e.",
            balance.largest(), forward.largest(), tolerance)
        : null;
  }

  private static @Nullable String doubt(Readings readings, Measured balance, Measured forward) {
    if (readings.of("ledger.balance").stream().anyMatch(r -> r.status() == Status.PARTIAL)) {
      return "The books are partial: not every step was split; set measure.ledger.secant to 1.";
    }
    String missing = Measured.missing(balance, forward);
    return missing.isEmpty()
        ? null
        : "The books cannot be judged: there is no usable number of " + missing + ".";
  }

  /** The smallest over replicas of |Σ Q| / E_0. */
  private static double withoutCurvature(Readings readings) {
    Map<Integer, Double> energies = new TreeMap<>();
    for (Reading reading : readings.of("ledger.energy")) {
      if (reading.step() == 0 && reading.status() == Status.OK) {
        energies.put(reading.replica(), reading.value());
      }
    }
    Map<Integer, Double> sums = new TreeMap<>();
    for (Reading reading : readings.of("ledger.curvature")) {
      if (reading.status() == Status.OK) {
        sums.merge(reading.replica(), reading.value(), Double::sum);
      }
    }
    double smallest = Double.NaN;
    for (Map.Entry<Integer, Double> energy : energies.entrySet()) {
      double share = Math.abs(sums.getOrDefault(energy.getKey(), Double.NaN) / energy.getValue());
      smallest = share < smallest || Double.isNaN(smallest) ? share : smallest;
    }
    return smallest;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
