package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Numbers of the whole network over the steps of training, each with its seed band. */
final class TimeFigure {
  private static final int MOST_COLUMNS = 360;

  /** A quantity and what the legend calls it. */
  record Curve(String quantity, String name, Series.Look look) {}

  private TimeFigure() {}

  static Optional<Figure> of(
      String id,
      String title,
      String label,
      List<Curve> curves,
      boolean logAllowed,
      String shows,
      String showsNot,
      Recorded recorded) {
    List<Series> series = new ArrayList<>();
    Set<String> methods = new LinkedHashSet<>();
    long last = 1;
    for (Curve curve : curves) {
      List<Reading> readings =
          recorded.of(curve.quantity()).stream()
              .filter(r -> r.layer() == Reading.WHOLE_NETWORK)
              .toList();
      Profile profile = Profile.binned(readings, MOST_COLUMNS, Profile.Reduction.MEAN);
      if (!profile.isEmpty()) {
        series.add(series(curve, profile));
        methods.add(profile.ensemble());
        methods.add(
            capital(curve.name()) + ": " + uncapital(profile.binning(Profile.Reduction.MEAN)));
        last = Math.max(last, profile.lastStep(profile.columns - 1));
      }
    }
    if (series.isEmpty()) {
      return Optional.empty();
    }
    Frame frame =
        new Frame(
            58,
            52,
            Figure.HALF - 76,
            216,
            new Axis("optimizer step", Scale.Linear.between(0, (double) last, 5)),
            Curves.valueAxis(label, series.stream().map(Series::bands).toList(), logAllowed));
    Notes notes = new Notes();
    Map<String, Object> data = Curves.data(frame, series, notes);
    data.put("notes", notes.all());
    return Optional.of(
        new Figure(
            id,
            title,
            shows,
            showsNot,
            String.join(" ", methods),
            Figure.HALF,
            316,
            Curves.draw(frame, series, Curves.Style.LINES),
            data));
  }

  private static Series series(Curve curve, Profile profile) {
    double[] x =
        IntStream.range(0, profile.columns)
            .mapToDouble(column -> 0.5 * (profile.firstStep(column) + profile.lastStep(column)))
            .toArray();
    List<String> places =
        IntStream.range(0, profile.columns).mapToObj(profile::columnName).toList();
    return new Series(curve.name(), curve.look(), x, places, profile.overTime(0));
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String uncapital(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
