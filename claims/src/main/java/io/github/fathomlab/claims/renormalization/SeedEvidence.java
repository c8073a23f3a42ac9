package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.cells.CellEvidence;
import io.github.fathomlab.renormalization.block.SeedVerdict;
import java.util.Arrays;
import java.util.Map;

/** Verdicts over seeds as evidence, one labelled cell of a claim beside the other. */
final class SeedEvidence {
  private SeedEvidence() {}

  /**
   * Adds the numbers of a cell under {@code cell/LABEL/}: word, seeds, prediction, mean (of the
   * measured number), rms (T), null_rms (T_0), ratio, p, bound (of the test of equivalence), excess
   * (the worst) and tolerance. What is not finite is left out.
   *
   * @param label of the cell, such as {@code K = 0.8, b = 4}
   * @param prediction what the seeds were compared with
   */
  static void put(
      Map<String, Object> evidence,
      String label,
      double prediction,
      SeedVerdict.Criterion criterion,
      SeedVerdict verdict) {
    new CellEvidence(evidence, label)
        .word("word", verdict.word().name())
        .count("seeds", verdict.seeds())
        .number("prediction", prediction)
        .number("mean", prediction + verdict.meanDeviation())
        .number("rms", verdict.rms())
        .number("null_rms", verdict.nullRms())
        .number("ratio", verdict.ratio())
        .number("p", verdict.p())
        .number("bound", verdict.equivalenceBound())
        .number("excess", verdict.worstExcess())
        .number("tolerance", criterion.tolerance());
  }

  /** Deviations of measured numbers from a prediction. */
  static double[] from(double prediction, double[] values) {
    return Arrays.stream(values).map(value -> value - prediction).toArray();
  }
}
