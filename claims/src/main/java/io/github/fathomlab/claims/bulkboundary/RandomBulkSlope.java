package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In a homogeneous random bulk ln D_m is a line over depth with slope -ln χ_1.
 *
 * <p>Criterion, for every σ_w: the mean slope over networks lies within three standard errors of
 * -ln χ_1 + (3κ - 1)/(2n), and the mean bend (slope of the upper half of the layers minus that of
 * the lower) within three of zero. Null: networks whose σ_w varies with depth must bend by more
 * than three standard errors. The claim is undecided with fewer than three networks, with errors
 * that could not tell slopes 0.1 apart, or with a null that does not bend.
 */
public final class RandomBulkSlope implements Claim {
  private static final double ERRORS = 3;
  private static final double RESOLUTION = 0.1;

  @Override
  public String id() {
    return "bulk-boundary/random-bulk";
  }

  @Override
  public String statement() {
    return "In an untrained tanh network of equal layers the logarithm of the dissipation is linear in depth with slope"
        + " -ln chi_1.";
  }

  @Override
  public String source() {
    return "chi_1 and its gradients: Schoenholz et al., arXiv:1611.01232; its reading as the dissipation of a homogeneous"
        + " bulk of arXiv:2511.02003, the finite-width term (3 kappa - 1)/(2n) and this test are Fathom's derivation";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("bulk.slope").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Bulk> bulks = new ArrayList<>();
    for (Reading sigma : readings.of("bulk.sigma_weight")) {
      bulks.add(Bulk.of(readings, sigma));
    }
    Mean bend = Mean.of(readings, "bulk.bend_null", -1);
    String failure = failure(bulks);
    String doubt = doubt(bulks, bend);
    Map<String, Object> evidence = new LinkedHashMap<>();
    for (Bulk bulk : bulks) {
      bulk.show(evidence);
    }
    Measured.put(evidence, "bend_null", bend.value);
    Measured.put(evidence, "bend_null_error", bend.error);
    Measured.put(evidence, "slope_null", Mean.of(readings, "bulk.slope_null", -1).value);
    evidence.put("allowed_standard_errors", ERRORS);
    return Verdict.ofHolding(this, failure, doubt, () -> line(bulks, bend), evidence);
  }

  private static @Nullable String failure(List<Bulk> bulks) {
    for (Bulk bulk : bulks) {
      if (bulk.deviation() > ERRORS) {
        return format(
            "At sigma_w = %.2f the slope of ln D is %.4f ± %.4f, but -ln chi_1 is %.4f, with its finite-width term %.4f.",
            bulk.sigma, bulk.slope.value, bulk.slope.error, bulk.infinite, bulk.expected());
      }
      if (bulk.bend.errors(0) > ERRORS) {
        return format(
            "At sigma_w = %.2f ln D is no line: its slope changes by %.4f ± %.4f from the lower half to the upper.",
            bulk.sigma, bulk.bend.value, bulk.bend.error);
      }
    }
    return null;
  }

  private static @Nullable String doubt(List<Bulk> bulks, Mean bend) {
    if (bulks.isEmpty()) {
      return "The bulk cannot be judged: no sigma_w was recorded.";
    }
    for (Bulk bulk : bulks) {
      if (Double.isNaN(bulk.deviation()) || Double.isNaN(bulk.bend.errors(0))) {
        return format(
            "The bulk cannot be judged: at sigma_w = %.2f chi_1, its finite-width term, or the slope and bend of three networks are"
                + " missing.",
            bulk.sigma);
      }
      if (!(ERRORS * bulk.slope.error < RESOLUTION)) {
        return format(
            "The bulk cannot be judged: at sigma_w = %.2f the slope has an error of %.3f, too large to tell slopes %.1f"
                + " apart; use more networks.",
            bulk.sigma, bulk.slope.error, RESOLUTION);
      }
    }
    if (!(bend.errors(0) > ERRORS)) {
      return format(
          "The bulk cannot be judged: where sigma_w varies with depth, ln D bends by %.4f ± %.4f only.",
          bend.value, bend.error);
    }
    return null;
  }

  private static String line(List<Bulk> bulks, Mean bend) {
    double worst = bulks.stream().mapToDouble(Bulk::deviation).max().orElseThrow();
    double plain = bulks.stream().mapToDouble(Bulk::plainDeviation).max().orElseThrow();
    return format(
        "The slope of ln D over depth is -ln chi_1 plus its finite-width term at %d values of sigma_w, off by at most %.1f"
            + " standard errors (%.1f without that term); where sigma_w varies with depth ln D bends by %.3f ± %.3f.",
        bulks.size(), worst, plain, bend.value, bend.error);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /**
   * The networks of one σ_w.
   *
   * @param infinite -ln χ_1, the slope at infinite width
   * @param shift what finite width adds
   */
  private record Bulk(double sigma, double infinite, double shift, Mean slope, Mean bend) {

    static Bulk of(Readings readings, Reading sigma) {
      long step = sigma.step();
      return new Bulk(
          sigma.value(),
          -StrictMath.log(Mean.of(readings, "bulk.chi1", step).value),
          Mean.of(readings, "bulk.finite_width", step).value,
          Mean.of(readings, "bulk.slope", step),
          Mean.of(readings, "bulk.bend", step));
    }

    double expected() {
      return infinite + shift;
    }

    double deviation() {
      return slope.errors(expected());
    }

    double plainDeviation() {
      return slope.errors(infinite);
    }

    void show(Map<String, Object> evidence) {
      String at = format("_at_%.2f", sigma);
      Measured.put(evidence, "slope" + at, slope.value);
      Measured.put(evidence, "slope_error" + at, slope.error);
      Measured.put(evidence, "minus_log_chi1" + at, infinite);
      Measured.put(evidence, "finite_width" + at, shift);
      Measured.put(evidence, "bend" + at, bend.value);
      Measured.put(evidence, "bend_error" + at, bend.error);
      evidence.put("networks" + at, slope.count);
    }
  }

  /**
   * A mean over networks.
   *
   * @param error standard error, NaN for fewer than three
   */
  private record Mean(double value, double error, long count) {

    /** Of the usable readings of one step, or of all steps when the step is negative. */
    static Mean of(Readings readings, String quantity, long step) {
      double[] values =
          readings.of(quantity).stream()
              .filter(reading -> reading.status() == Status.OK)
              .filter(reading -> step < 0 || reading.step() == step)
              .mapToDouble(Reading::value)
              .toArray();
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      double mean = sum / values.length;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      double error =
          values.length < 3 ? Double.NaN : Math.sqrt(squares / (values.length - 1) / values.length);
      return new Mean(mean, error, values.length);
    }

    /** How many standard errors the mean is away from a value; NaN when that is not known. */
    double errors(double from) {
      return Math.abs(value - from) / error;
    }
  }
}
