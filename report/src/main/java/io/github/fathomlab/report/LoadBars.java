package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The load d_l = D_(l-1) - D_l that each layer carries at the last measured step, with the line
 * whose slope is the tilt.
 */
final class LoadBars {
  private static final String SEPARATION = "separation.log";

  private LoadBars() {}

  static Optional<Figure> of(Recorded recorded) {
    List<Reading> separation = recorded.of(SEPARATION);
    Profile trained = Profile.of(loads(separation, true));
    if (trained.isEmpty()) {
      return Optional.empty();
    }
    Profile untrained = Profile.of(loads(separation, false));
    boolean hasNull = !untrained.isEmpty() && untrained.steps[0] == 0 && trained.steps[0] != 0;
    List<Series> series = new ArrayList<>();
    series.add(
        series(
            "load at step " + Numbers.count(trained.steps[0]),
            Series.Look.FIRST,
            trained,
            recorded));
    if (hasNull) {
      series.add(series("untrained (null)", Series.Look.NULL, untrained, recorded));
    }
    Band[] zero = {new Band(1, 0, 0, 0, 0, 1, Status.OK)};
    List<Band[]> covered = new ArrayList<>(series.stream().map(Series::bands).toList());
    covered.add(zero);
    int last = trained.layers[trained.layers.length - 1];
    Frame frame =
        new Frame(
            64,
            52,
            Figure.FULL - 88,
            236,
            Axis.ofDepth("layer l (1 = first, " + last + " = last)", trained.layers[0], last),
            Curves.valueAxis("load d = D(l\u22121) \u2212 D(l), in units of D", covered, false));
    Svg svg = new Svg();
    svg.open("g", "class", "bars c1", "data-series", "0");
    bars(svg, frame, trained);
    tiltLine(svg, frame, trained);
    svg.close("g");
    Notes notes = new Notes();
    Map<String, Object> data = Curves.data(frame, series, notes);
    data.put("notes", notes.all());
    String body = svg + Curves.draw(frame, series, Curves.Style.MARKS);
    String method =
        "Bar: mean, whisker: smallest to largest of n = "
            + trained.replicas
            + (trained.replicas == 1 ? " replica." : " replicas.")
            + " Straight line: least squares through the mean loads without the last (the logits), hollow ones included."
            + tilt(recorded);
    return Optional.of(
        new Figure(
            "loads",
            "Load per layer and its tilt",
            "How much of the separation each layer does; a rising line says that deep layers do more (concave curve), a falling one that shallow layers do.",
            "A load below zero means that a layer mixes the classes again, not that it is useless; loads of flagged separations are hollow and must not be compared.",
            method,
            Figure.FULL,
            338,
            body,
            data));
  }

  private static Series series(String name, Series.Look look, Profile profile, Recorded recorded) {
    double[] x = Arrays.stream(profile.layers).asDoubleStream().toArray();
    List<String> places =
        Arrays.stream(profile.layers).mapToObj(l -> recorded.layerName(l - 1)).toList();
    return new Series(name, look, x, places, profile.overDepth(0));
  }

  /**
   * Differences of neighbouring representations within a replica, at the last step (trained) or the
   * first.
   */
  private static List<Reading> loads(List<Reading> separation, boolean trained) {
    var steps = separation.stream().mapToLong(Reading::step).summaryStatistics();
    long step = trained ? steps.getMax() : steps.getMin();
    List<Reading> out = new ArrayList<>();
    Reading below = null;
    for (Reading reading : separation) {
      if (reading.step() != step) {
        continue;
      }
      if (below != null
          && below.replica() == reading.replica()
          && below.layer() + 1 == reading.layer()) {
        Status status = below.status() == Status.OK ? reading.status() : below.status();
        double load = below.value() - reading.value();
        Status finite = status == Status.OK && Double.isNaN(load) ? Status.NOT_FINITE : status;
        out.add(
            new Reading(
                "load",
                step,
                reading.layer(),
                reading.layerName(),
                reading.replica(),
                load,
                finite,
                Double.NaN));
      }
      below = reading;
    }
    return out;
  }

  private static void bars(Svg svg, Frame frame, Profile loads) {
    double unit = frame.px(1) - frame.px(0);
    double width = Math.min(56, 0.6 * unit);
    for (int i = 0; i < loads.layers.length; i++) {
      Band band = loads.at(0, i);
      if (band.hasValue()) {
        double x = frame.px(loads.layers[i]);
        double top = Math.min(frame.py(band.mean()), frame.py(0));
        svg.rect(
            x - width / 2,
            top,
            width,
            Math.abs(frame.py(band.mean()) - frame.py(0)),
            band.flagged() > 0 ? "bar flagged" : "bar");
        svg.line(x, frame.py(band.low()), x, frame.py(band.high()), "whisker");
      }
    }
    svg.line(frame.left(), frame.py(0), frame.left() + frame.width(), frame.py(0), "zero");
  }

  /**
   * Least squares through the mean loads without the last, as the recorded tilt has it: the logits
   * have no nonlinearity. The slope of means is the mean of the replicas' slopes.
   */
  private static void tiltLine(Svg svg, Frame frame, Profile loads) {
    int[] used =
        IntStream.range(0, loads.layers.length - 1)
            .filter(i -> loads.at(0, i).hasValue())
            .toArray();
    if (used.length < 2) {
      return;
    }
    double meanX = Arrays.stream(used).mapToDouble(i -> loads.layers[i]).average().orElseThrow();
    double meanY =
        Arrays.stream(used).mapToDouble(i -> loads.at(0, i).mean()).average().orElseThrow();
    double xx =
        Arrays.stream(used).mapToDouble(i -> loads.layers[i] - meanX).map(dx -> dx * dx).sum();
    double xy =
        Arrays.stream(used)
            .mapToDouble(i -> (loads.layers[i] - meanX) * (loads.at(0, i).mean() - meanY))
            .sum();
    double slope = xy / xx;
    boolean level = Math.abs(slope) < 1e-12 * Math.abs(meanY);
    double from = loads.layers[used[0]];
    double to = loads.layers[used[used.length - 1]];
    svg.line(
        frame.px(from),
        frame.py(meanY + slope * (from - meanX)),
        frame.px(to),
        frame.py(meanY + slope * (to - meanX)),
        "tilt");
    double right = frame.left() + frame.width();
    svg.line(right - 176, 33, right - 150, 33, "tilt");
    svg.text(right - 144, 37, "entry", "tilt, slope " + Numbers.show(level ? 0 : slope, 3));
  }

  private static String tilt(Recorded recorded) {
    return lastBand(recorded, "load.tilt", " Recorded tilt s = ")
        + lastBand(recorded, "load.relative_tilt", " Relative tilt q = ");
  }

  private static String lastBand(Recorded recorded, String quantity, String words) {
    Profile profile = Profile.of(recorded.of(quantity));
    if (profile.isEmpty()) {
      return "";
    }
    Band band = profile.at(profile.columns - 1, 0);
    String note = band.note().isEmpty() ? "" : " (" + band.note() + ")";
    return band.hasValue()
        ? words
            + Numbers.show(band.mean())
            + " (from "
            + Numbers.show(band.low())
            + " to "
            + Numbers.show(band.high())
            + " over n = "
            + band.replicas()
            + ")"
            + note
            + "."
        : words + "no value" + note + ".";
  }
}
