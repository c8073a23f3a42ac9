package io.github.fathomlab.springblock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether a network should be trained with more or with less noise, from the tilt of its loads.
 *
 * <pre>
 *   low(s)  &gt; 0 (concave): raise,   high(s) &lt; 0 (convex): lower,   equal loads: keep
 *   size, in a sweep only: the zero of s by the secant of {@link TiltZero}
 * </pre>
 *
 * <p>Symbols: s the tilt per layer with its 95 % interval over replicas. Source: arXiv:2407.19353
 * relates equal loads to the best test accuracy; the rule and the secant are our derivation.
 * Validity: nonlinear networks. With the published network on Fashion-MNIST the zero of s lies
 * within 0.7 points of the best accuracy for activation slopes 0 and 0.4; at slope 1 the rule says
 * lower where more dropout is better, so no advice is given there. A sweep without an axis of
 * slopes does not say whether its networks are linear. Cost: O(cells of the row).
 *
 * @param direction what to do with the noise of the run, or of the least noisy cell of the row
 * @param reason one sentence with its numbers
 * @param limits what the advice does not know, a sentence each
 * @param zero where the loads would be equal; empty without two cells that bracket it
 * @param least accuracy at the least noise of the row
 * @param best highest mean accuracy of the row
 * @param before accuracy at the less noisy cell of the bracket
 * @param after accuracy at the noisier one
 */
public record NoiseAdvice(
    Direction direction,
    String reason,
    List<String> limits,
    Optional<TiltZero> zero,
    Optional<Score> least,
    Optional<Score> best,
    Optional<Score> before,
    Optional<Score> after) {
  private static final String LINEAR_NETWORK =
      "no advice for a linear network: its layers only rescale, so their loads say nothing of the noise; measured, the rule fails there";

  /** What to do with the noise. */
  public enum Direction {
    RAISE,
    LOWER,
    KEEP,
    /** The measurement cannot say. */
    NONE
  }

  /**
   * Accuracy of one cell.
   *
   * @param noise on the axis
   * @param accuracy mean over replicas
   * @param error standard error of the mean; empty for a single replica
   */
  public record Score(double noise, double accuracy, OptionalDouble error) {

    static Optional<Score> of(PhaseDiagram.Cell cell) {
      double error = cell.accuracyError();
      return Double.isFinite(cell.accuracy())
          ? Optional.of(
              new Score(
                  cell.noise(),
                  cell.accuracy(),
                  Double.isFinite(error) ? OptionalDouble.of(error) : OptionalDouble.empty()))
          : Optional.empty();
    }

    private String text() {
      String mean = String.format(Locale.ROOT, "%.2f %%", 100 * accuracy);
      return error.isPresent()
          ? mean + String.format(Locale.ROOT, " +- %.2f", 100 * error.getAsDouble())
          : mean;
    }
  }

  /**
   * The direction for one run, without a size.
   *
   * @param phase of its replicas' curves
   * @param linear whether its activations have slope 1
   */
  public static NoiseAdvice of(CurvePhase phase, boolean linear) {
    Direction direction = linear ? Direction.NONE : direction(phase);
    String reason = linear ? LINEAR_NETWORK : remedy(direction) + ": " + phase.reason();
    List<String> limits =
        List.of(
            "one run gives no size: a sweep over the noise finds where the loads are equal",
            "another measure of separation may put the equal loads at another noise");
    return new NoiseAdvice(
        direction,
        reason,
        limits,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Direction direction(CurvePhase phase) {
    return switch (phase.phase()) {
      case CONCAVE -> Direction.RAISE;
      case CONVEX -> Direction.LOWER;
      case LINEAR -> Direction.KEEP;
      case UNDEFINED -> Direction.NONE;
      case UNDECIDED -> {
        boolean replicated = phase.replicas() >= CurvePhase.FEWEST_REPLICAS;
        yield replicated && phase.tiltLow() > 0
            ? Direction.RAISE
            : replicated && phase.tiltHigh() < 0 ? Direction.LOWER : Direction.NONE;
      }
    };
  }

  private static String remedy(Direction direction) {
    return switch (direction) {
      case RAISE ->
          "raise the noise (dropout, learning rate, smaller batch, data noise) or train longer";
      case LOWER -> "lower the noise (dropout, learning rate, larger batch, data noise)";
      case KEEP -> "keep the noise";
      case NONE -> "no advice";
    };
  }

  /**
   * Direction and size for one row of a sweep, from where its least noise stands.
   *
   * @param row index into the rows of the diagram
   * @throws IllegalArgumentException when there is no such row
   */
  public static NoiseAdvice ofRow(PhaseDiagram diagram, int row) {
    TiltRow tilts = new TiltRow(diagram, row);
    List<PhaseDiagram.Cell> cells = diagram.rows().get(row);
    boolean linear = cells.getFirst().slope() == 1;
    CurvePhase start = cells.getFirst().phase();
    Optional<TiltZero> zero = linear ? Optional.empty() : tilts.zero();
    Direction direction = linear ? Direction.NONE : direction(start);
    Optional<Score> best =
        cells.stream()
            .flatMap(c -> Score.of(c).stream())
            .max(Comparator.comparing(Score::accuracy));
    Optional<Score> least = Score.of(cells.getFirst());
    Optional<Score> before = zero.flatMap(z -> Score.of(z.from()));
    Optional<Score> after = zero.flatMap(z -> Score.of(z.to()));
    String name = diagram.noise().key();
    String reason =
        linear
            ? LINEAR_NETWORK
            : "%s from %s %s%s: %s"
                .formatted(
                    remedy(direction),
                    name,
                    TiltRow.number(cells.getFirst().noise()),
                    zero.map(z -> "; " + place(z)).orElse(""),
                    start.reason());
    return new NoiseAdvice(
        direction,
        reason + accuracies(least, best, before, after),
        limits(diagram, tilts, direction, zero, cells),
        zero,
        least,
        best,
        before,
        after);
  }

  private static String place(TiltZero zero) {
    return "the tilt is zero at %s (%s to %s), between %s and %s"
        .formatted(
            TiltRow.number(zero.noise()),
            TiltRow.number(zero.low()),
            TiltRow.number(zero.high()),
            TiltRow.number(zero.from().noise()),
            TiltRow.number(zero.to().noise()));
  }

  private static String accuracies(
      Optional<Score> least, Optional<Score> best, Optional<Score> before, Optional<Score> after) {
    if (least.isEmpty() || best.isEmpty()) {
      return "";
    }
    String bracket =
        before.isPresent() && after.isPresent()
            ? ", %s and %s at the bracket".formatted(before.get().text(), after.get().text())
            : "";
    return "; accuracy %s at the least noise%s, best %s at %s"
        .formatted(
            least.get().text(), bracket, best.get().text(), TiltRow.number(best.get().noise()));
  }

  private static List<String> limits(
      PhaseDiagram diagram,
      TiltRow tilts,
      Direction direction,
      Optional<TiltZero> zero,
      List<PhaseDiagram.Cell> cells) {
    List<String> limits = new ArrayList<>();
    if (Double.isNaN(cells.getFirst().slope())) {
      limits.add("the sweep does not name its activation; for a linear network the rule fails");
    }
    if (tilts.unusable() > 0) {
      limits.add(
          "%d of %d cells have no usable loads or too few replicas"
              .formatted(tilts.unusable(), cells.size()));
    }
    if (zero.isEmpty() && direction != Direction.NONE && direction != Direction.KEEP) {
      String side = direction == Direction.RAISE ? "more" : "less";
      limits.add("no two measured noises bracket equal loads; measure at " + side + " noise");
    }
    if (zero.isPresent() && !zero.get().decided()) {
      limits.add("the replicas do not settle the sign of the tilt at both ends of the bracket");
    }
    if (zero.isPresent() && zero.get().crossings() > 1) {
      limits.add(
          "the mean tilt falls through zero %d times in this row; the best decided place is named"
              .formatted(zero.get().crossings()));
    }
    if (zero.isPresent() && direction == Direction.LOWER) {
      limits.add(
          "the least noise is convex and more noise concave, against the picture of friction");
    }
    if (diagram.noise().key().equals(PhaseDiagram.BATCH)) {
      limits.add("at equal epochs a smaller batch also takes more steps");
    }
    limits.add(
        "another measure of separation than %s may say otherwise".formatted(diagram.measure()));
    return List.copyOf(limits);
  }
}
