package io.github.fathomlab.claims.renormalization;

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
    String cell = "cell/" + label + "/";
    evidence.put(cell + "word", verdict.word().name());
    evidence.put(cell + "seeds", (long) verdict.seeds());
    finite(evidence, cell + "prediction", prediction);
    finite(evidence, cell + "mean", prediction + verdict.meanDeviation());
    finite(evidence, cell + "rms", verdict.rms());
    finite(evidence, cell + "null_rms", verdict.nullRms());
    finite(evidence, cell + "ratio", verdict.ratio());
    finite(evidence, cell + "p", verdict.p());
    finite(evidence, cell + "bound", verdict.equivalenceBound());
    finite(evidence, cell + "excess", verdict.worstExcess());
    finite(evidence, cell + "tolerance", criterion.tolerance());
  }

  /** Deviations of measured numbers from a prediction. */
  static double[] from(double prediction, double[] values) {
    return Arrays.stream(values).map(value -> value - prediction).toArray();
  }

  /** Adds a number where there is one. */
  static void finite(Map<String, Object> evidence, String key, double value) {
    if (Double.isFinite(value)) {
      evidence.put(key, value);
    }
  }
}
