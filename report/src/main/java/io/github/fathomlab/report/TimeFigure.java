package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
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
      Profile profile =
          Profile.binned(
              recorded.ofNetwork(curve.quantity()), MOST_COLUMNS, Profile.Reduction.MEAN);
      if (!profile.isEmpty()) {
        series.add(series(curve.name(), curve.look(), profile, UnaryOperator.identity()));
        methods.add(profile.ensemble());
        methods.add(binning(curve.name(), Profile.Reduction.MEAN, profile));
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

  /** A curve of the whole network, each column at the middle of its steps. */
  static Series series(String name, Series.Look look, Profile profile, UnaryOperator<Band> drawn) {
    double[] x =
        IntStream.range(0, profile.columns)
            .mapToDouble(column -> 0.5 * (profile.firstStep(column) + profile.lastStep(column)))
            .toArray();
    List<String> places =
        IntStream.range(0, profile.columns).mapToObj(profile::columnName).toList();
    Band[] bands = Arrays.stream(profile.overTime(0)).map(drawn).toArray(Band[]::new);
    return new Series(name, look, x, places, bands);
  }

  /** One sentence that says what a column of this curve is. */
  static String binning(String name, Profile.Reduction reduction, Profile profile) {
    return capital(name) + ": " + uncapital(profile.binning(reduction));
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String uncapital(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
