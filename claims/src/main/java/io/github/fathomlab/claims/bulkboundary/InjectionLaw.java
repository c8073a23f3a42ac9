package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The switch of mini-batches injects lr tr Σ/B per step, to leading order in lr.
 *
 * <p>Criterion, on the readings of {@link InjectionStudy}: in every setting the ratio of the two,
 * mean over seeds, lies within {@value #TOLERANCE} of 1 beyond {@value Estimate#ERRORS} standard
 * errors; and the line through the ratios of plain SGD with one batch size over lr meets 1 at lr =
 * 0 within {@value #LIMIT_TOLERANCE}, left for lr² terms, beyond {@value Estimate#ERRORS} of its
 * errors. Nulls: a batch that never changes must inject nothing, to {@value #ROUNDING} of the law;
 * and the law without 1/B must be told apart from the measurement, or the claim is undecided. It is
 * undecided too with standard errors above {@value #LARGEST_ERROR}, {@value #LARGEST_LIMIT_ERROR}
 * for the limit.
 */
public final class InjectionLaw implements Claim {
  static final double TOLERANCE = 0.1;
  static final double LIMIT_TOLERANCE = 0.02;
  static final double ROUNDING = 1e-6;
  static final double LARGEST_ERROR = 0.07;
  static final double LARGEST_LIMIT_ERROR = 0.03;

  @Override
  public String id() {
    return "bulk-boundary/injection-law";
  }

  @Override
  public String statement() {
    return "Changing the mini-batch injects lr tr(Sigma)/B of energy per step of SGD and heavy-ball, to leading order in lr.";
  }

  @Override
  public String source() {
    return "the injection in the energy ledger of arXiv:2511.02003, its law for batches without replacement and this test are"
        + " Fathom's derivation";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("injection.ratio").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Injection> all = new ArrayList<>();
    for (Reading rate : readings.of("injection.rate")) {
      all.add(Injection.of(readings, rate));
    }
    List<Injection> fixed = all.stream().filter(i -> i.batch == i.samples).toList();
    List<Injection> switching = all.stream().filter(i -> i.batch < i.samples).toList();
    Line limit = limit(switching);
    Estimate blind = withoutBatchSize(switching);
    String failure = failure(switching, fixed, limit);
    String doubt = doubt(switching, fixed, limit, blind);
    Map<String, Object> evidence = new LinkedHashMap<>();
    switching.forEach(injection -> injection.show(evidence));
    put(evidence, "limit", limit.atZero());
    Measured.put(evidence, "slope", limit.slope().value());
    Measured.put(evidence, "slope_error", limit.slope().error());
    put(evidence, "ratio_null_without_batch_size", blind);
    fixed.forEach(f -> Measured.put(evidence, "ratio_null_fixed_batch", f.ratio.value()));
    evidence.put("tolerance", TOLERANCE);
    evidence.put("allowed_standard_errors", Estimate.ERRORS);
    return Verdict.ofHolding(
        this, failure, doubt, () -> law(switching, fixed, limit, blind), evidence);
  }

  private static @Nullable String failure(
      List<Injection> switching, List<Injection> fixed, Line limit) {
    for (Injection injection : fixed) {
      if (Math.abs(injection.ratio.value()) > ROUNDING) {
        return format(
            "A batch that never changes injects %.1e of the law's prediction; it should inject nothing.",
            injection.ratio.value());
      }
    }
    for (Injection injection : switching) {
      if (injection.ratio.beyond(1, TOLERANCE)) {
        return format(
            "With %s the injection is %.3f ± %.3f of lr tr(Sigma)/B, expected 1 within %.2f.",
            injection.name(), injection.ratio.value(), injection.ratio.error(), TOLERANCE);
      }
    }
    if (limit.atZero().beyond(1, LIMIT_TOLERANCE)) {
      return format(
          "For lr -> 0 the injection tends to %.3f ± %.3f of lr tr(Sigma)/B instead of 1.",
          limit.atZero().value(), limit.atZero().error());
    }
    return null;
  }

  private static @Nullable String doubt(
      List<Injection> switching, List<Injection> fixed, Line limit, Estimate blind) {
    if (switching.isEmpty() || fixed.isEmpty() || Double.isNaN(fixed.getFirst().ratio.value())) {
      return "The injection cannot be judged: settings with mini-batches and one with a fixed batch are needed.";
    }
    for (Injection injection : switching) {
      if (Double.isNaN(injection.momentum)) {
        return "The injection cannot be judged: injection.momentum is missing with "
            + injection.name()
            + ".";
      }
      if (!(injection.ratio.error() <= LARGEST_ERROR)) {
        return format(
            "The injection cannot be judged: with %s its ratio to the law is %.3f ± %.3f, an error of at most %.2f is"
                + " needed; observe more steps.",
            injection.name(), injection.ratio.value(), injection.ratio.error(), LARGEST_ERROR);
      }
    }
    if (!(limit.atZero().error() <= LARGEST_LIMIT_ERROR)) {
      return format(
          "The injection cannot be judged: its limit for lr -> 0 is %.3f ± %.3f, an error of at most %.2f from at least"
              + " three rates is needed.",
          limit.atZero().value(), limit.atZero().error(), LARGEST_LIMIT_ERROR);
    }
    if (!blind.beyond(1, TOLERANCE)) {
      return format(
          "The injection cannot be judged: without 1/B the law would be off by a factor of %.3f ± %.3f, too close to 1 to tell.",
          blind.value(), blind.error());
    }
    return null;
  }

  /** The line through the ratios over lr, of plain SGD with the batch size that most rates have. */
  private static Line limit(List<Injection> switching) {
    List<Injection> series = List.of();
    for (Injection one : switching) {
      List<Injection> same =
          switching.stream().filter(i -> i.batch == one.batch && i.momentum == 0).toList();
      series = same.size() > series.size() ? same : series;
    }
    return Line.through(
        series.stream().mapToDouble(Injection::rate).toArray(),
        series.stream().map(Injection::ratio).toList());
  }

  /** What the last batch size injects over the first at one rate, if the law had no 1/B. */
  private static Estimate withoutBatchSize(List<Injection> switching) {
    for (Injection small : switching) {
      for (Injection big : switching) {
        if (big.batch > small.batch && big.rate == small.rate && big.momentum == small.momentum) {
          double value = big.ratio.value() / big.batch / (small.ratio.value() / small.batch);
          double error =
              value
                  * Math.hypot(
                      big.ratio.error() / big.ratio.value(),
                      small.ratio.error() / small.ratio.value());
          return new Estimate(value, error);
        }
      }
    }
    return Estimate.NONE;
  }

  private static String law(
      List<Injection> switching, List<Injection> fixed, Line limit, Estimate blind) {
    Injection lowest = Collections.min(switching, Comparator.comparingDouble(i -> i.ratio.value()));
    Injection highest =
        Collections.max(switching, Comparator.comparingDouble(i -> i.ratio.value()));
    return format(
        "In %d settings the injection is %.3f ± %.3f (%s) to %.3f ± %.3f (%s) times lr tr(Sigma)/B; for lr -> 0 it tends to"
            + " %.3f ± %.3f times, changing with lr by %.2f ± %.2f. A fixed batch injects %.0e of it; without 1/B the law is"
            + " off by a factor of %.3f.",
        switching.size(),
        lowest.ratio.value(),
        lowest.ratio.error(),
        lowest.name(),
        highest.ratio.value(),
        highest.ratio.error(),
        highest.name(),
        limit.atZero().value(),
        limit.atZero().error(),
        limit.slope().value(),
        limit.slope().error(),
        Math.abs(fixed.getFirst().ratio.value()),
        blind.value());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static void put(Map<String, Object> evidence, String key, Estimate estimate) {
    Measured.put(evidence, key, estimate.value());
    Measured.put(evidence, key + "_error", estimate.error());
  }

  /** One setting. */
  private record Injection(
      double rate,
      double batch,
      double samples,
      double momentum,
      Estimate ratio,
      Estimate estimated) {

    static Injection of(Readings readings, Reading rate) {
      return new Injection(
          rate.value(),
          Estimate.mean(at(readings, "injection.batch", rate)).value(),
          Estimate.mean(at(readings, "injection.samples", rate)).value(),
          Estimate.mean(at(readings, "injection.momentum", rate)).value(),
          Estimate.mean(at(readings, "injection.ratio", rate)),
          new Estimate(
              Estimate.mean(at(readings, "injection.estimated", rate)).value()
                  / Estimate.mean(at(readings, "injection.expected", rate)).value(),
              Double.NaN));
    }

    private static List<Reading> at(Readings readings, String quantity, Reading rate) {
      return readings.of(quantity).stream().filter(r -> r.step() == rate.step()).toList();
    }

    String name() {
      String setting = format("lr %.3f, B %.0f", rate, batch);
      return momentum == 0 ? setting : setting + format(", momentum %.1f", momentum);
    }

    void show(Map<String, Object> evidence) {
      String at = format("_at_%.3f_%.0f", rate, batch) + (momentum == 0 ? "" : "_heavy_ball");
      put(evidence, "ratio" + at, ratio);
      Measured.put(evidence, "ratio_estimated" + at, estimated.value());
    }
  }
}
