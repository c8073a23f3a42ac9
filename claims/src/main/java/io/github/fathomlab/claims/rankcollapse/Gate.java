package io.github.fathomlab.claims.rankcollapse;

import java.util.Arrays;

/**
 * Whether the networks of a cell may be judged: they know what there is to know, by a yardstick
 * that can be true.
 *
 * <pre>
 *   loss ≥ bayes - 10⁻⁶ in every seed,   S ≥ 5,
 *   mean captured ≥ 0.95 and captured ≥ 0.93 in every seed, where more than 10⁻⁶ nats can be had
 * </pre>
 *
 * <p>Symbols: captured = (blind - loss)/(blind - bayes), losses the exact ones of the population in
 * nats; 10⁻⁶ is what single precision leaves of them. Trainings on targets that are all shuffled
 * have nothing to capture and are not asked.
 *
 * <p>Source: criterion T0 of the rank-collapse specification (Fathom's), set after seeing the
 * numbers (least captured 0.958).
 */
final class Gate {
  static final int FEWEST_SEEDS = 5;
  static final double MEAN_CAPTURED = 0.95;
  static final double LEAST_CAPTURED = 0.93;

  /** Gains below this are nothing. */
  static final double NOTHING = 1e-6;

  private static final double ROUNDING = 1e-6;

  private Gate() {}

  /** MEASURED, or why the cell cannot be judged. */
  static Word of(ChainCell cell) {
    double bayes = cell.exact("information.bayes_loss");
    double available = cell.available();
    double[] losses = cell.trained("information.loss");
    if (Arrays.stream(losses).anyMatch(loss -> loss < bayes - ROUNDING)) {
      return Word.WRONG_YARDSTICK;
    }
    if (losses.length < FEWEST_SEEDS) {
      return Word.FEW_SEEDS;
    }
    if (Double.isNaN(bayes)
        || Double.isNaN(available)
        || Arrays.stream(losses).anyMatch(Double::isNaN)) {
      return Word.UNREAD;
    }
    if (available <= NOTHING || ChainCells.shuffled(cell)) {
      return Word.MEASURED;
    }
    SeedMean captured = cell.captured();
    Word word =
        Word.of(
            captured.mean() >= MEAN_CAPTURED && captured.least() >= LEAST_CAPTURED,
            captured.mean());
    return switch (word) {
      case PASS -> Word.MEASURED;
      case FAIL -> Word.NOT_CONVERGED;
      default -> word;
    };
  }
}
