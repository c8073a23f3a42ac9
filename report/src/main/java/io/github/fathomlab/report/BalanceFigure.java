package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far the sum of all booked energies misses the change of E since the start, and how far the
 * secant's loss change misses a plain forward pass, against the tolerance.
 */
final class BalanceFigure {
  private static final int MOST_COLUMNS = 240;

  private BalanceFigure() {}

  static Optional<Figure> of(double tolerance, Recorded recorded) {
    List<Series> series = new ArrayList<>();
    Set<String> methods = new LinkedHashSet<>();
    long last = 1;
    last =
        Math.max(last, add("closing error", Series.Look.FIRST, closing(recorded), series, methods));
    List<Reading> residual = recorded.ofNetwork("ledger.secant_residual");
    last = Math.max(last, add("secant residual", Series.Look.SECOND, residual, series, methods));
    if (series.isEmpty()) {
      return Optional.empty();
    }
    List<Band[]> covered = new ArrayList<>(series.stream().map(Series::bands).toList());
    covered.add(new Band[] {Band.exactly(tolerance)});
    Frame frame =
        new Frame(
            58,
            52,
            Figure.HALF - 76,
            216,
            new Axis("optimizer step", Scale.Linear.between(0, (double) last, 5)),
            Curves.valueAxis("relative error, no unit", covered, true));
    Svg svg = new Svg();
    svg.append(Curves.draw(frame, series, Curves.Style.LINES));
    Reference.draw(svg, frame, tolerance, "tolerance " + Numbers.show(tolerance));
    Notes notes = new Notes();
    Map<String, Object> data = Curves.data(frame, series, notes);
    data.put("notes", notes.all());
    return Optional.of(
        new Figure(
            "balance",
            "Closing error of the energy balance",
            "By how much all energy booked since the start, the changes of data included, misses the change of E, relative to the first energy; whether a plain forward pass finds the loss that the secant pass says.",
            "A balance that closes shows that nothing was forgotten or booked twice, for good and bad training alike.",
            String.join(" ", methods) + partial(recorded),
            Figure.HALF,
            316,
            svg.toString(),
            data));
  }

  /** The sentence for a run of which not every step was seen; empty when there is none. */
  static String partial(Recorded recorded) {
    return recorded.ofNetwork("ledger.balance").stream().anyMatch(BalanceFigure::isPartial)
        ? " The closing error of the whole run is not given: " + Status.PARTIAL.explanation() + "."
        : "";
  }

  private static boolean isPartial(Reading reading) {
    return reading.status() == Status.PARTIAL;
  }

  private static List<Reading> closing(Recorded recorded) {
    return recorded.ofNetwork("ledger.balance").stream()
        .filter(reading -> !isPartial(reading))
        .map(reading ->
            new Reading(
                reading.quantity(),
                reading.step(),
                reading.layer(),
                reading.layerName(),
                reading.replica(),
                Math.abs(reading.value()),
                reading.status(),
                reading.standardError()))
        .toList();
  }

  /** Adds the curve of these readings, when there are any; returns the last step. */
  private static long add(
      String name,
      Series.Look look,
      List<Reading> readings,
      List<Series> series,
      Set<String> methods) {
    Profile profile = Profile.binned(readings, MOST_COLUMNS, Profile.Reduction.LARGEST);
    if (profile.isEmpty()) {
      return 0;
    }
    series.add(TimeFigure.series(name, look, profile, BalanceFigure::worst));
    methods.add(
        profile.replicas == 1 ? "One replica." : "Worst of n = " + profile.replicas + " replicas.");
    methods.add(TimeFigure.binning(name, Profile.Reduction.LARGEST, profile));
    return profile.lastStep(profile.columns - 1);
  }

  private static Band worst(Band band) {
    return band.hasValue()
        ? new Band(
            1,
            band.high(),
            band.high(),
            band.high(),
            band.flagged(),
            band.readings(),
            band.reason())
        : band;
  }
}
