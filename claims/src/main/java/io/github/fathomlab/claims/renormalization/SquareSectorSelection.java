package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.renormalization.block.SeedVerdict;
import io.github.fathomlab.renormalization.block.SeedVerdict.Criterion;
import io.github.fathomlab.renormalization.block.SeedVerdict.Word;
import io.github.fathomlab.renormalization.ising2d.BatchEstimate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Training a thermometer on blocks of the square Ising model changes the scaling operator of its
 * output from the magnetisation to the energy.
 *
 * <p>Criterion, on the readings of {@link SquareSectorStudy}, of the place p of a slope log2
 * C(4)/C(2) from the block energy's (p = 0) to the block magnetisation's (p = 1) on the same
 * lattices: {@link SeedVerdict} of p of the trained networks against 0 within {@value #TOLERANCE},
 * with p of the untrained ones as the null and an excess loss below {@value #EXCESS} over the best
 * function of energy and size of magnetisation; and the median over seeds of |p - 1| untrained at
 * most {@value #UNTRAINED}. The median, because a random odd function of a block may have next to
 * no overlap with the magnetisation, and then shows another operator. Undecided also when the
 * references' slopes are less than 1 apart or an error of p exceeds a third of the tolerance.
 *
 * <p>The tolerance is a tenth of the way between the sectors, not a statement that the slopes are
 * equal: what is left of the odd part of the output falls slowly and is seen from afar.
 */
public final class SquareSectorSelection implements Claim {
  static final double TOLERANCE = 0.1;
  static final double EXCESS = 0.005;
  static final double UNTRAINED = 0.05;
  static final double GAP = 1;

  @Override
  public String id() {
    return "renormalization/sector-selection-2d";
  }

  @Override
  public String statement() {
    return "Trained to tell temperatures from blocks of the square Ising model, a network's output scales like the block"
        + " energy; untrained, like the block magnetisation.";
  }

  @Override
  public String source() {
    return "arXiv:2212.00005 and 2606.00157 claim that training is renormalization, in one dimension and for continuous"
        + " fields; that training selects the scaling operator, two dimensions and this test are Fathom's extension";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("ising2d.place_trained").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    Found found = Found.of(readings);
    @Nullable SeedVerdict seeds = found.verdict();
    Map<String, Object> evidence = new LinkedHashMap<>();
    found.show(evidence);
    if (seeds != null) {
      evidence.put("word", seeds.word().name());
      evidence.put("rms_place", seeds.rms());
      evidence.put("rms_place_null", seeds.nullRms());
      SquareReadings.put(evidence, "worst_excess", seeds.worstExcess());
    }
    evidence.put("tolerance", TOLERANCE);
    return Verdict.ofHolding(
        this, failure(found, seeds), doubt(found, seeds), () -> agreement(found), evidence);
  }

  private static @Nullable String failure(Found found, @Nullable SeedVerdict seeds) {
    if (seeds != null && seeds.word() == Word.FAIL) {
      return format(
          "Trained networks' slopes lie %.3f of the way from the block energy's to the magnetisation's (root mean square over"
              + " %d seeds), expected at most %.1f.",
          seeds.rms(), seeds.seeds(), TOLERANCE);
    }
    if (found.untrainedDeviation() > UNTRAINED) {
      return format(
          "Half of the untrained networks' slopes lie %.3f or more of the way off the block magnetisation's, expected at most"
              + " %.2f.",
          found.untrainedDeviation(), UNTRAINED);
    }
    return null;
  }

  private static @Nullable String doubt(Found found, @Nullable SeedVerdict seeds) {
    if (seeds == null || Double.isNaN(found.untrainedDeviation())) {
      return "The sector cannot be judged: places and losses of at least two seeds, trained and untrained, are needed.";
    }
    if (!(found.gap() > GAP)) {
      return format(
          "The sector cannot be judged: the slopes of block energy and magnetisation are %.2f apart, expected more than %.0f.",
          found.gap(), GAP);
    }
    if (!(found.worstError < TOLERANCE / 3)) {
      return format(
          "The sector cannot be judged: a place has an error of %.3f, expected below %.3f; use more lattices.",
          found.worstError, TOLERANCE / 3);
    }
    return switch (seeds.word()) {
      case NOT_CONVERGED ->
          format(
              "The sector cannot be judged: a network's loss lies %.4f above that of energy and magnetisation, expected below"
                  + " %.3f.",
              seeds.worstExcess(), EXCESS);
      case PASS_NONDISCRIMINATING ->
          format(
              "The sector cannot be judged: %d seeds do not set trained networks apart from untrained ones (T_0/T = %.1f, p ="
                  + " %.1e).",
              seeds.seeds(), seeds.ratio(), seeds.p());
      case PASS, FAIL -> null;
    };
  }

  private static String agreement(Found found) {
    return format(
        "Over %d seeds the slope log2 C(4)/C(2) goes from %.3f (median, magnetisation %.3f) to %.3f..%.3f (energy %.3f ± %.3f;"
            + " without the odd rest of the output %.3f).",
        found.trained.length,
        median(found.slopesUntrained),
        found.magnetisation.value(),
        Arrays.stream(found.slopesTrained).min().orElseThrow(),
        Arrays.stream(found.slopesTrained).max().orElseThrow(),
        found.energy.value(),
        found.energy.error(),
        median(found.slopesEven));
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : 0.5 * (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** What the study measured, NaN where there is no number. */
  @SuppressWarnings("ArrayRecordComponent") // carries numbers, is never compared
  private record Found(
      double[] trained,
      double[] untrained,
      double[] excess,
      double worstError,
      BatchEstimate energy,
      BatchEstimate magnetisation,
      double[] slopesTrained,
      double[] slopesEven,
      double[] slopesUntrained,
      double[] oddTrained) {

    static Found of(Readings readings) {
      double reference = SquareReadings.at(readings, "loss_reference", 0, 0).value();
      double[] losses = SquareReadings.seeds(readings, "loss_trained");
      double[] trained = SquareReadings.seeds(readings, "place_trained");
      double worst = 0;
      for (int seed = 0; seed < trained.length; seed++) {
        worst = Math.max(worst, SquareReadings.at(readings, "place_trained", 0, seed).error());
      }
      return new Found(
          trained,
          SquareReadings.seeds(readings, "place_untrained"),
          Arrays.stream(losses).map(loss -> loss - reference).toArray(),
          worst,
          SquareReadings.at(readings, "slope_energy", 0, 0),
          SquareReadings.at(readings, "slope_magnetisation", 0, 0),
          SquareReadings.seeds(readings, "slope_trained"),
          SquareReadings.seeds(readings, "slope_trained_even"),
          SquareReadings.seeds(readings, "slope_untrained"),
          SquareReadings.seeds(readings, "odd_trained"));
    }

    /** The verdict over seeds; null when there are too few for one. */
    @Nullable SeedVerdict verdict() {
      double[] known = Arrays.stream(untrained).filter(p -> !Double.isNaN(p)).toArray();
      if (trained.length < 2 || excess.length != trained.length || known.length < 2) {
        return null;
      }
      return SeedVerdict.of(new Criterion(TOLERANCE, EXCESS), trained, known, excess);
    }

    /** The median of |p - 1| over the untrained networks that have a slope. */
    double untrainedDeviation() {
      return median(Arrays.stream(untrained).map(p -> Math.abs(p - 1)).toArray());
    }

    double gap() {
      return magnetisation.value() - energy.value();
    }

    void show(Map<String, Object> evidence) {
      evidence.put("seeds", (long) trained.length);
      SquareReadings.put(evidence, "slope_energy", energy.value());
      SquareReadings.put(evidence, "slope_energy_error", energy.error());
      SquareReadings.put(evidence, "slope_magnetisation", magnetisation.value());
      SquareReadings.put(evidence, "slope_trained_median", median(slopesTrained));
      SquareReadings.put(evidence, "slope_trained_even_median", median(slopesEven));
      SquareReadings.put(evidence, "slope_null_median", median(slopesUntrained));
      SquareReadings.put(evidence, "place_median", median(trained));
      SquareReadings.put(evidence, "place_error", worstError);
      SquareReadings.put(evidence, "place_null_deviation", untrainedDeviation());
      SquareReadings.put(evidence, "odd_share_median", median(oddTrained));
    }
  }
}
