package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.renormalization.ising2d.BatchEstimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Majority blocks of the square Ising model have the thermal exponent 1.
 *
 * <p>Criterion, on the readings of {@link McrgStudy}, for every blocking but the first, which is
 * still on its way to the fixed point: y_T with neighbours, next neighbours and squares lies within
 * {@value #TOLERANCE} and three standard errors of 1. Null: neighbours alone must miss 1 by more
 * than that, otherwise the criterion could not tell a truncation from the exponent. Undecided also
 * with fewer than two such blockings or an error above {@value #LARGEST_ERROR}. All blockings are
 * asked for, not the best one.
 */
public final class McrgExponent implements Claim {
  static final double TOLERANCE = 0.02;
  static final double LARGEST_ERROR = 0.01;

  @Override
  public String id() {
    return "renormalization/mcrg-exponent";
  }

  @Override
  public String statement() {
    return "Blocking the critical square Ising model by majority has the thermal exponent y_T = 1, seen with three even"
        + " couplings and missed with one.";
  }

  @Override
  public String source() {
    return "Onsager, Phys. Rev. 65, 117 (1944) and Swendsen, Phys. Rev. Lett. 42, 859 (1979): neighbours of"
        + " arXiv:2212.00005 and 2606.00157, which treat one dimension; two dimensions and this test are Fathom's extension";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("ising2d.exponent").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Blocking> blockings = new ArrayList<>();
    for (Reading exponent : readings.of("ising2d.exponent")) {
      blockings.add(Blocking.of(readings, exponent.step()));
    }
    List<Blocking> judged = blockings.stream().filter(b -> b.k > 0).toList();
    Map<String, Object> evidence = new LinkedHashMap<>();
    for (Blocking blocking : blockings) {
      blocking.show(evidence);
    }
    evidence.put("tolerance", TOLERANCE);
    return Verdict.ofHolding(
        this, failure(judged), doubt(judged), () -> agreement(judged), evidence);
  }

  private static @Nullable String failure(List<Blocking> judged) {
    for (Blocking blocking : judged) {
      if (misses(blocking.all)) {
        return format(
            "At blocking %d y_T is %.4f ± %.4f with three couplings, expected 1 within %.2f and three standard errors.",
            blocking.k, blocking.all.value(), blocking.all.error(), TOLERANCE);
      }
    }
    return null;
  }

  private static boolean misses(BatchEstimate exponent) {
    return Math.abs(exponent.value() - 1) > TOLERANCE + SquareReadings.ERRORS * exponent.error();
  }

  private static @Nullable String doubt(List<Blocking> judged) {
    if (judged.size() < 2) {
      return "The exponent cannot be judged: at least three blockings are needed.";
    }
    for (Blocking blocking : judged) {
      if (!(blocking.all.error() < LARGEST_ERROR)) {
        return format(
            "The exponent cannot be judged: at blocking %d its error is %.4f, expected below %.2f; use more lattices.",
            blocking.k, blocking.all.error(), LARGEST_ERROR);
      }
      if (!misses(blocking.near)) {
        return format(
            "The exponent cannot be judged: at blocking %d neighbours alone give %.4f ± %.4f, which is not told from 1.",
            blocking.k, blocking.near.value(), blocking.near.error());
      }
    }
    return null;
  }

  private static String agreement(List<Blocking> judged) {
    return format(
        "Behind the first blocking y_T is %.4f..%.4f (errors up to %.4f) with three couplings, and %.4f..%.4f with"
            + " neighbours alone.",
        judged.stream().mapToDouble(b -> b.all.value()).min().orElseThrow(),
        judged.stream().mapToDouble(b -> b.all.value()).max().orElseThrow(),
        judged.stream().mapToDouble(b -> b.all.error()).max().orElseThrow(),
        judged.stream().mapToDouble(b -> b.near.value()).min().orElseThrow(),
        judged.stream().mapToDouble(b -> b.near.value()).max().orElseThrow());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /**
   * From k blockings to k+1.
   *
   * @param all y_T with three couplings
   * @param pairs without the squares
   * @param near with neighbours alone
   */
  private record Blocking(long k, BatchEstimate all, BatchEstimate pairs, BatchEstimate near) {

    static Blocking of(Readings readings, long k) {
      return new Blocking(
          k,
          SquareReadings.at(readings, "exponent", k, 0),
          SquareReadings.at(readings, "exponent_pairs", k, 0),
          SquareReadings.at(readings, "exponent_near", k, 0));
    }

    void show(Map<String, Object> evidence) {
      String at = "_at_" + k;
      SquareReadings.put(evidence, "exponent" + at, all.value());
      SquareReadings.put(evidence, "error" + at, all.error());
      SquareReadings.put(evidence, "pairs" + at, pairs.value());
      SquareReadings.put(evidence, "null" + at, near.value());
      SquareReadings.put(evidence, "null_error" + at, near.error());
    }
  }
}
