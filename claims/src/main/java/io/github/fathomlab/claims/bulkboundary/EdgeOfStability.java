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
 * At the edge of stability curvature hands back all that the steps dissipate.
 *
 * <p>Criterion, on the readings of {@link EdgeStudy}, for every seed at the large rate: Σ Q/Σ D
 * over the second half of the training lies within {@value #RATIO_TOLERANCE} of 1, and there the
 * mean of lr λ/2, measured from the Hessian without the ledger, within {@value
 * #SHARPNESS_TOLERANCE} of 1, having started below {@value #BELOW}. Null: at the small rate both
 * stay below {@value #NULL_LIMIT}; otherwise the reading could not have told the edge from smooth
 * descent and the claim is undecided.
 *
 * <p>Σ Q/Σ D = 1 + Σ Δℓ/Σ D is an identity, checked and shown as bookkeeping: by itself a ratio of
 * 1 says that the loss did not fall on balance. What can fail is that the ratio comes to 1 together
 * with the sharpness while the loss of the same network at the small rate just falls. Single
 * windows may lie far below 1: between two bursts the edge is approached smoothly.
 */
public final class EdgeOfStability implements Claim {
  static final double RATIO_TOLERANCE = 0.05;
  static final double SHARPNESS_TOLERANCE = 0.1;
  static final double BELOW = 0.8;
  static final double NULL_LIMIT = 0.3;
  static final double IDENTITY_TOLERANCE = 1e-10;

  @Override
  public String id() {
    return "bulk-boundary/edge-of-stability";
  }

  @Override
  public String statement() {
    return "Gradient descent at a large rate sharpens until lr lambda_max/2 = 1; from then on the curvature energy gives back"
        + " what the steps dissipate, sum Q/sum D = 1.";
  }

  @Override
  public String source() {
    return "the edge of stability: Cohen et al., arXiv:2103.00065; its reading sum Q/sum D in the energy ledger of"
        + " arXiv:2511.02003 and this test are Fathom's derivation";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("edge.ratio").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Descent> large = new ArrayList<>();
    List<Descent> small = new ArrayList<>();
    readings.of("edge.ratio").stream()
        .mapToInt(Reading::replica)
        .distinct()
        .sorted()
        .forEach(replica -> (replica % 2 == 0 ? large : small).add(Descent.of(readings, replica)));
    Measured identity = Measured.of(readings, "edge.identity");
    String failure = failure(large, identity);
    String doubt = doubt(large, small, identity);
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("seeds", (long) large.size());
    show(evidence, "", large);
    show(evidence, "_null", small);
    evidence.put("ratio_tolerance", RATIO_TOLERANCE);
    evidence.put("sharpness_tolerance", SHARPNESS_TOLERANCE);
    Measured.put(evidence, "identity_error", identity.largest());
    return Verdict.ofHolding(this, failure, doubt, () -> edge(large, small), evidence);
  }

  private static @Nullable String failure(List<Descent> large, Measured identity) {
    if (identity.largest() >= IDENTITY_TOLERANCE) {
      return format(
          "The books do not close: sum Q - sum D differs from the change of the loss by %.1e, relative.",
          identity.largest());
    }
    for (Descent descent : large) {
      if (Math.abs(descent.sharpness - 1) > SHARPNESS_TOLERANCE) {
        return format(
            "Replica %d is not at the edge of stability: lr lambda/2 is %.3f in the second half, expected 1 within %.2f.",
            descent.replica, descent.sharpness, SHARPNESS_TOLERANCE);
      }
      if (Math.abs(descent.ratio - 1) > RATIO_TOLERANCE) {
        return format(
            "In replica %d sum Q/sum D is %.3f in the second half, expected 1 within %.2f (lr lambda/2 = %.3f).",
            descent.replica, descent.ratio, RATIO_TOLERANCE, descent.sharpness);
      }
    }
    return null;
  }

  private static @Nullable String doubt(
      List<Descent> large, List<Descent> small, Measured identity) {
    if (large.isEmpty() || small.size() != large.size() || !identity.complete()) {
      return "The edge cannot be judged: a large and a small rate of every seed, with edge.identity, are needed.";
    }
    for (Descent descent : large) {
      if (!descent.complete()) {
        return format(
            "The edge cannot be judged: replica %d lacks edge.curvature, edge.dissipation or edge.sharpness.",
            descent.replica);
      }
      if (!(descent.start < BELOW)) {
        return format(
            "The edge cannot be judged: replica %d starts at lr lambda/2 = %.3f, so it did not sharpen towards it.",
            descent.replica, descent.start);
      }
    }
    for (Descent descent : small) {
      if (!(descent.ratio < NULL_LIMIT && descent.sharpness < NULL_LIMIT)) {
        return format(
            "The edge cannot be judged: at the small rate, replica %d, sum Q/sum D is %.3f and lr lambda/2 %.3f, which should"
                + " stay below %.1f.",
            descent.replica, descent.ratio, descent.sharpness, NULL_LIMIT);
      }
    }
    return null;
  }

  private static String edge(List<Descent> large, List<Descent> small) {
    return format(
        "At the large rate lr lambda/2 rises to %.3f..%.3f and sum Q/sum D to %.4f..%.4f over the second half (lowest window"
            + " %.3f); at the small rate they are at most %.3f and %.4f.",
        large.stream().mapToDouble(Descent::sharpness).min().orElseThrow(),
        large.stream().mapToDouble(Descent::sharpness).max().orElseThrow(),
        large.stream().mapToDouble(Descent::ratio).min().orElseThrow(),
        large.stream().mapToDouble(Descent::ratio).max().orElseThrow(),
        large.stream().mapToDouble(Descent::lowest).min().orElseThrow(),
        small.stream().mapToDouble(Descent::sharpness).max().orElseThrow(),
        small.stream().mapToDouble(Descent::ratio).max().orElseThrow());
  }

  private static void show(Map<String, Object> evidence, String suffix, List<Descent> descents) {
    extremes(evidence, "ratio" + suffix, descents.stream().mapToDouble(Descent::ratio).toArray());
    extremes(
        evidence,
        "sharpness" + suffix,
        descents.stream().mapToDouble(Descent::sharpness).toArray());
    extremes(
        evidence,
        "start_sharpness" + suffix,
        descents.stream().mapToDouble(Descent::start).toArray());
    extremes(
        evidence,
        "window_ratio" + suffix,
        descents.stream().mapToDouble(Descent::lowest).toArray());
  }

  private static void extremes(Map<String, Object> evidence, String key, double[] values) {
    double lowest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      lowest = Math.min(lowest, value);
      largest = Math.max(largest, value);
    }
    if (Double.isFinite(lowest) && Double.isFinite(largest)) {
      evidence.put("smallest_" + key, lowest);
      evidence.put("largest_" + key, largest);
    }
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /**
   * One training in the second half of its windows; NaN where a number is missing.
   *
   * @param ratio Σ Q/Σ D over all of them
   * @param lowest the smallest ratio of one window
   * @param sharpness mean of lr λ/2
   * @param start lr λ/2 before the first step
   */
  private record Descent(int replica, double ratio, double lowest, double sharpness, double start) {

    static Descent of(Readings readings, int replica) {
      List<Reading> ratios = ofReplica(readings, "edge.ratio", replica);
      long half = ratios.getLast().step() / 2;
      double curvature = sum(readings, "edge.curvature", replica, half);
      double dissipation = sum(readings, "edge.dissipation", replica, half);
      long windows = ratios.stream().filter(reading -> reading.step() > half).count();
      return new Descent(
          replica,
          curvature / dissipation,
          ratios.stream()
              .filter(reading -> reading.step() > half)
              .mapToDouble(Reading::value)
              .min()
              .orElse(Double.NaN),
          sum(readings, "edge.sharpness", replica, half) / windows,
          ofReplica(readings, "edge.sharpness", replica).stream()
              .filter(reading -> reading.step() == 0)
              .mapToDouble(Reading::value)
              .findFirst()
              .orElse(Double.NaN));
    }

    private static List<Reading> ofReplica(Readings readings, String quantity, int replica) {
      return readings.of(quantity).stream().filter(r -> r.replica() == replica).toList();
    }

    /** Over all windows after a step; NaN when one of them is missing or has no usable number. */
    private static double sum(Readings readings, String quantity, int replica, long after) {
      long windows =
          ofReplica(readings, "edge.ratio", replica).stream().filter(r -> r.step() > after).count();
      List<Reading> late =
          ofReplica(readings, quantity, replica).stream()
              .filter(r -> r.step() > after && r.status() == Status.OK)
              .toList();
      return late.size() < windows ? Double.NaN : late.stream().mapToDouble(Reading::value).sum();
    }

    boolean complete() {
      return Double.isFinite(ratio) && Double.isFinite(sharpness) && Double.isFinite(start);
    }
  }
}
