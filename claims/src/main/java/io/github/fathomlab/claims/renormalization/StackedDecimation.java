package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.renormalization.block.SeedVerdict;
import io.github.fathomlab.renormalization.block.SeedVerdict.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stack of layers that each learn to predict the next spin carries the coupling along the flow of
 * decimation.
 *
 * <p>Criterion, on the readings of {@link StackStudy} at b = 4, K = 1.2, levels 1 and 2: the
 * verdict over seeds on ρ_1 against the exact decimation is PASS (T at most {@value #TOLERANCE},
 * excess of the error below {@value #EXCESS}), and the mean lies within {@value #ERRORS} combined
 * standard errors of sampling. Null: stacks of the same networks before training; their root mean
 * square is judged, since their mean lies at the prediction.
 *
 * <p>The trap, asked for: at b = 2 an odd sign of two spins is one of them or its opposite, so
 * untrained stacks decimate exactly and every level must come out PASS_NONDISCRIMINATING. If one
 * does not, the claim is undecided: the test is not what it is thought to be. The stack of
 * majorities is shown and not judged.
 */
public final class StackedDecimation implements Claim {
  static final double TOLERANCE = 0.02;
  static final double EXCESS = 0.005;
  static final double ERRORS = 4;

  @Override
  public String id() {
    return "renormalization/stacked-decimation";
  }

  @Override
  public String statement() {
    return "Layers trained one on the sign outputs of the other, each to predict the next spin of an Ising chain, carry its"
        + " coupling along the exact flow of decimation, tanh K' = (tanh K)^b per layer.";
  }

  @Override
  public String source() {
    return "arXiv:2212.00005 announces that the coupling of the output of a trained network reaches the fixed point of the"
        + " renormalization group; task, stack, finite-size prediction, null and criterion are Fathom's, since the paper's"
        + " own could not be seen";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("stack.correlation").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    List<Level> judged = levels(readings, StackCell.FOURS, evidence);
    List<Level> trap = levels(readings, StackCell.PAIRS, evidence);
    levels(readings, StackCell.MAJORITY, evidence);
    return Verdict.ofHolding(
        this, failure(judged), doubt(judged, trap), () -> agreement(judged, trap), evidence);
  }

  private static @Nullable String failure(List<Level> judged) {
    for (Level level : judged) {
      if (level.verdict.word() == Word.FAIL) {
        return format(
            "%s is not decimated: rho_1 is %.4f, exact %.4f, over seeds %.4f away (at most %.2f).",
            level.label, level.mean(), level.exact, level.verdict.rms(), TOLERANCE);
      }
      if (level.verdict.word() != Word.NOT_CONVERGED && level.errors > ERRORS) {
        return format(
            "%s is not decimated: rho_1 is %.4f, exact %.4f, which are %.1f combined standard errors (at most %.0f).",
            level.label, level.mean(), level.exact, level.errors, ERRORS);
      }
    }
    return null;
  }

  private static @Nullable String doubt(List<Level> judged, List<Level> trap) {
    if (judged.size() < StackCell.FOURS.levels() || trap.size() < StackCell.PAIRS.levels()) {
      return "The stack cannot be judged: stack.correlation, stack.excess and stack.untrained_correlation of every level at"
          + " b = 4 and b = 2 are needed, from at least 2 seeds.";
    }
    for (Level level : judged) {
      if (level.verdict.word() == Word.NOT_CONVERGED) {
        return format(
            "The stack cannot be judged: %s has a layer %.4f above the least error, less than %.3f is asked.",
            level.label, level.verdict.worstExcess(), EXCESS);
      }
      if (level.verdict.word() == Word.PASS_NONDISCRIMINATING) {
        return format(
            "%s is decimated, but untrained stacks come too close to tell: %.4f away, %.1f times the trained (p = %.1e).",
            level.label, level.verdict.nullRms(), level.verdict.ratio(), level.verdict.p());
      }
    }
    for (Level level : trap) {
      if (level.verdict.word() != Word.PASS_NONDISCRIMINATING) {
        return format(
            "The test is not understood: at %s trained and untrained stacks should be alike, found %s.",
            level.label, level.verdict.word());
      }
    }
    return null;
  }

  private static String agreement(List<Level> judged, List<Level> trap) {
    Level first = judged.getFirst();
    Level second = judged.getLast();
    return format(
        "At b = 4 two layers carry rho_1 from tanh 1.2 to %.4f and %.4f (exact %.4f, %.4f; %.1f and %.1f combined errors),"
            + " untrained stacks scatter %.0f and %.0f times as far; at b = 2 untrained stacks decimate as well (ratio"
            + " %.1f), which proves nothing.",
        first.mean(),
        second.mean(),
        first.exact,
        second.exact,
        first.errors,
        second.errors,
        first.verdict.ratio(),
        second.verdict.ratio(),
        trap.getFirst().verdict.ratio());
  }

  /** The levels of a cell for which there is all that a verdict needs, from the first upwards. */
  private static List<Level> levels(
      Readings readings, StackCell cell, Map<String, Object> evidence) {
    SeedVerdict.Criterion criterion =
        new SeedVerdict.Criterion(TOLERANCE, EXCESS, true, cell.levels());
    double[] exact = cell.exact();
    int index = StackCell.ALL.indexOf(cell);
    List<Level> levels = new ArrayList<>();
    for (int level = 1; level <= cell.levels(); level++) {
      List<Reading> found = of(readings, "stack.correlation", index, level);
      double[] excess = values(of(readings, "stack.excess", index, level));
      double[] untrained = values(of(readings, "stack.untrained_correlation", index, level));
      if (found.size() < 2 || excess.length != found.size() || untrained.length < 2) {
        return levels;
      }
      double prediction = exact[level];
      SeedVerdict verdict =
          SeedVerdict.of(
              criterion,
              SeedEvidence.from(prediction, values(found)),
              SeedEvidence.from(prediction, untrained),
              excess);
      double squares = 0;
      for (Reading reading : found) {
        squares += reading.standardError() * reading.standardError();
      }
      double errors = Math.abs(verdict.meanDeviation()) / (Math.sqrt(squares) / found.size());
      String label = cell.name() + ", level " + level;
      SeedEvidence.put(evidence, label, prediction, criterion, verdict);
      evidence.put("cell/" + label + "/sampling_errors", errors);
      levels.add(new Level(label, prediction, errors, verdict));
    }
    return levels;
  }

  private static List<Reading> of(Readings readings, String quantity, int cell, int level) {
    return readings.of(quantity).stream()
        .filter(r -> r.layer() == cell && r.step() == level && r.status() == Status.OK)
        .toList();
  }

  private static double[] values(List<Reading> readings) {
    return readings.stream().mapToDouble(Reading::value).toArray();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /**
   * One level of a stack.
   *
   * @param errors distance of the mean from the exact value, in combined standard errors
   */
  private record Level(String label, double exact, double errors, SeedVerdict verdict) {
    double mean() {
      return exact + verdict.meanDeviation();
    }
  }
}
