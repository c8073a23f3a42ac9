package io.github.fathomlab.experiment;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.springblock.LoadCurve;
import io.github.fathomlab.springblock.LoadTrajectory;
import io.github.fathomlab.springblock.PhaseDiagram;
import io.github.fathomlab.springblock.chain.Estimate;
import io.github.fathomlab.springblock.chain.FittedModel;
import io.github.fathomlab.springblock.chain.MeasuredTrajectory;
import io.github.fathomlab.springblock.chain.RowMatch;
import io.github.fathomlab.springblock.chain.TrajectoryFit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The chain of blocks that comes closest to what was measured: of a run to the training of its
 * layers, of a sweep to a row of tilts.
 *
 * @param measure that the loads were read from
 * @param slope of the activation, for a row of a sweep that has such an axis
 * @param sentence how close the chain comes, beside its null
 * @param estimates of the chain's numbers by their names, known with an interval or unknown with a
 *     reason
 * @param condition of the four numbers of the full chain; empty for a row and where one of them is
 *     not seen at all
 * @param rms distance of the chain, in lengths of the pull or in relative tilts
 * @param nullRms that of a chain without friction at rest, or of a constant tilt
 */
public record ChainMatch(
    String measure,
    OptionalDouble slope,
    String sentence,
    SequencedMap<String, Estimate> estimates,
    OptionalDouble condition,
    OptionalDouble rms,
    OptionalDouble nullRms) {

  /** One for every measure and row; none where no motion and no row was measured. */
  public static List<ChainMatch> of(RunDirectory run, Readings readings) {
    List<ChainMatch> found = new ArrayList<>();
    for (String measure : Advice.MEASURES) {
      if (Grid.isIn(run.resolved())) {
        PhaseDiagram.of(readings, measure).ifPresent(diagram -> found.addAll(ofRows(diagram)));
      } else {
        List<Reading> measured = readings.of(measure);
        MeasuredTrajectory.of(measured)
            .ifPresent(motion -> found.add(ofRun(measure, motion, growth(measured))));
      }
    }
    return found;
  }

  private static List<ChainMatch> ofRows(PhaseDiagram diagram) {
    List<ChainMatch> rows = new ArrayList<>();
    for (int row = 0; row < diagram.rows().size(); row++) {
      double slope = diagram.rows().get(row).getFirst().slope();
      RowMatch match = RowMatch.of(diagram, row);
      SequencedMap<String, Estimate> estimates = new LinkedHashMap<>();
      match
          .estimates()
          .forEach(
              (name, estimate) -> estimates.put(name.name().toLowerCase(Locale.ROOT), estimate));
      rows.add(
          new ChainMatch(
              diagram.measure(),
              Double.isNaN(slope) ? OptionalDouble.empty() : OptionalDouble.of(slope),
              match.reason(),
              estimates,
              OptionalDouble.empty(),
              match.rms(),
              match.constantRms()));
    }
    return rows;
  }

  private static ChainMatch ofRun(String measure, MeasuredTrajectory motion, String growth) {
    TrajectoryFit fit = TrajectoryFit.of(motion.motion());
    FittedModel model = fit.preferred();
    double pull = motion.motion().reach();
    SequencedMap<String, Estimate> estimates = new LinkedHashMap<>();
    model
        .estimates()
        .forEach((parameter, estimate) -> estimates.put(parameter.description(), estimate));
    boolean reduced = model == fit.reduction();
    String sentence =
        String.format(
            Locale.ROOT,
            "%s, so %s; it misses the blocks by %.1f %% of the pull, a chain without friction at rest by %.1f %%%s",
            known(fit.full().condition()),
            reduced ? "a chain of two numbers is shown" : "they are shown",
            100 * model.rms() / pull,
            100 * fit.straightLineRms() / pull,
            growth);
    return new ChainMatch(
        measure,
        OptionalDouble.empty(),
        sentence,
        estimates,
        Double.isFinite(fit.full().condition())
            ? OptionalDouble.of(fit.full().condition())
            : OptionalDouble.empty(),
        OptionalDouble.of(model.rms() / pull),
        OptionalDouble.of(fit.straightLineRms() / pull));
  }

  private static String known(double condition) {
    return Double.isFinite(condition)
        ? String.format(
            Locale.ROOT, "the four numbers of the full chain have condition %.1g", condition)
        : "the training does not see all of the four numbers of the full chain";
  }

  /** By how much the loads have grown from layer to layer since the initialisation. */
  private static String growth(List<Reading> measured) {
    TreeMap<Long, List<LoadCurve>> curves = new TreeMap<>();
    for (Reading reading : measured) {
      curves.computeIfAbsent(reading.step(), step -> LoadCurve.at(measured, step));
    }
    int replicas = curves.firstEntry().getValue().size();
    curves.values().removeIf(curve -> curve.size() != replicas);
    LoadTrajectory.Point last = LoadTrajectory.of(curves).points().getLast();
    Optional<LoadTrajectory.Interval> interval = last.interval();
    return last.mean().isEmpty() || interval.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "; since the start the loads grew by %.3g [%.3g, %.3g] from layer to layer",
            last.mean().get(),
            interval.get().low(),
            interval.get().high());
  }

  /** For people: the sentence, then every number. */
  public String text() {
    String row = slope.isPresent() ? ", slope " + slope.getAsDouble() : "";
    StringBuilder text = new StringBuilder("chain by ").append(measure).append(row);
    text.append(": ").append(sentence);
    for (Map.Entry<String, Estimate> entry : estimates.entrySet()) {
      text.append("; ").append(entry.getKey()).append(words(entry.getValue()));
    }
    return text.append('.').toString();
  }

  private static String words(Estimate estimate) {
    return switch (estimate) {
      case Estimate.Known known ->
          String.format(
              Locale.ROOT, " %.3g [%.3g, %.3g]", known.value(), known.low(), known.high());
      case Estimate.Unknown _ -> " not known";
    };
  }
}
