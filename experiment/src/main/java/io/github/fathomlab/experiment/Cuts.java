package io.github.fathomlab.experiment;

import io.github.fathomlab.coarsegraining.CutAdvice;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.record.RunDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the layers of a run's networks do, and which could be cut, from the drift over depth.
 *
 * <p>The numbers are of one view, the report's main one: of tokens the masked positions, and all of
 * them where a network sees no neighbour, to which the masked ones look all alike.
 */
public final class Cuts {
  private static final String DRIFT = "drift.kernel_drift";
  private static final String ALL = "all.";
  private static final String NAMED =
      "; measured at all positions, since masked ones look alike to a network that sees no neighbour";
  private static final String MANY =
      "no advice on layers: a sweep has many networks; ask for one of its cells, fathom advise RUN/cells/CELL";
  private static final String UNTRAINED =
      "no advice on layers: only the untrained networks were measured";

  private Cuts() {}

  /**
   * The advice on the layers of a run; of a sweep a sentence alone, and nothing where no drift over
   * a stream was measured or a study was performed.
   */
  public static Optional<CutAdvice> of(RunDirectory run, Readings readings) {
    if (StudyRun.isIn(run) || !readings.quantities().contains(DRIFT)) {
      return Optional.empty();
    }
    return Grid.isIn(run.resolved()) ? Optional.of(none(MANY)) : of(readings);
  }

  /** The advice on the layers of one ensemble. */
  static Optional<CutAdvice> of(Readings readings) {
    OptionalInt first = end(readings, "rank.stream_first");
    OptionalInt last = end(readings, "rank.stream_last");
    if (first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    boolean wise = isPositionWise(readings);
    Optional<CutAdvice> advice = of(readings, wise ? ALL : "", first.getAsInt(), last.getAsInt());
    return wise ? advice.map(a -> new CutAdvice(a.layers(), a.sentence() + NAMED)) : advice;
  }

  private static boolean isPositionWise(Readings readings) {
    return readings.of("tokens.window").stream().anyMatch(reading -> reading.value() == 0);
  }

  /** The advice by the numbers of one view, from one representation to another. */
  private static Optional<CutAdvice> of(Readings readings, String view, int from, int to) {
    List<Reading> drifts = readings.of(view + DRIFT);
    long step = drifts.stream().mapToLong(Reading::step).max().orElse(0);
    if (step == 0) {
      return Optional.of(none(UNTRAINED));
    }
    Optional<Reading> missing =
        drifts.stream()
            .filter(reading -> reading.step() == step && in(reading, from, to))
            .filter(reading -> reading.status() != Status.OK)
            .findFirst();
    if (missing.isPresent()) {
      return Optional.of(
          none(
              "no advice on layers: the drift from %s to the next layer was not measured: %s"
                  .formatted(missing.get().layerName(), missing.get().status().explanation())));
    }
    return Optional.of(
        CutAdvice.of(
            layers(readings.of(view + "rank.effective_rank"), step, from, to),
            numbers(drifts, step, from, to),
            numbers(drifts, 0, from, to),
            numbers(readings.of(view + "drift.relative_update"), step, from, to)));
  }

  private static CutAdvice none(String sentence) {
    return new CutAdvice(List.of(), sentence);
  }

  /** What a report says: a sentence for each layer, then what could be cut. */
  static List<String> lines(CutAdvice advice) {
    List<String> lines = new ArrayList<>();
    advice.layers().forEach(layer -> lines.add(layer.sentence() + "."));
    lines.add(
        Character.toUpperCase(advice.sentence().charAt(0)) + advice.sentence().substring(1) + ".");
    return lines;
  }

  private static OptionalInt end(Readings readings, String quantity) {
    return readings.of(quantity).stream().mapToInt(reading -> (int) reading.value()).findFirst();
  }

  private static boolean in(Reading reading, int from, int to) {
    return reading.layer() >= from && reading.layer() < to;
  }

  /** The layers that make the transitions: each is named by the representation that leaves it. */
  private static List<CutAdvice.Layer> layers(List<Reading> ranks, long step, int from, int to) {
    return ranks.stream()
        .filter(reading -> reading.step() == step && in(reading, from + 1, to + 1))
        .map(reading -> new CutAdvice.Layer(reading.layer(), reading.layerName()))
        .distinct()
        .toList();
  }

  /** By replica and transition, of the replicas that were measured at that step. */
  private static double[][] numbers(List<Reading> readings, long step, int from, int to) {
    List<Reading> there =
        readings.stream()
            .filter(reading -> reading.step() == step && in(reading, from, to))
            .toList();
    return there.stream()
        .mapToInt(Reading::replica)
        .distinct()
        .mapToObj(replica ->
            there.stream()
                .filter(reading -> reading.replica() == replica)
                .mapToDouble(Reading::value)
                .toArray())
        .toArray(double[][]::new);
  }
}
