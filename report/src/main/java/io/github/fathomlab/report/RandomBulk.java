package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ln D_m of homogeneous random networks over depth, one curve per variance of the weights, with the
 * straight line of slope -ln chi_1 that the mean-field theory expects.
 *
 * <p>In the readings of this study the step counts the variances and the replica the networks.
 */
final class RandomBulk {
  private final Profile logarithms;
  private final Profile slopes;
  private final Profile chi;

  private RandomBulk(Profile logarithms, Profile slopes, Profile chi) {
    this.logarithms = logarithms;
    this.slopes = slopes;
    this.chi = chi;
  }

  static Optional<Figure> of(Recorded recorded) {
    Profile logarithms =
        Profile.of(
            recorded.ofLayers("bulk.dissipation").stream().map(RandomBulk::logarithm).toList());
    if (logarithms.isEmpty()) {
      return Optional.empty();
    }
    Profile slopes = Profile.of(recorded.ofNetwork("bulk.slope"));
    Profile chi = Profile.of(recorded.ofNetwork("bulk.chi1"));
    return Optional.of(new RandomBulk(logarithms, slopes, chi).figure(recorded));
  }

  private static Reading logarithm(Reading reading) {
    double value = reading.value() > 0 ? Math.log(reading.value()) : Double.NaN;
    boolean lost = Double.isNaN(value) && reading.status() == Status.OK;
    return new Reading(
        reading.quantity(),
        reading.step(),
        reading.layer(),
        reading.layerName(),
        reading.replica(),
        value,
        lost ? Status.NOT_FINITE : reading.status(),
        Double.NaN);
  }

  private Figure figure(Recorded recorded) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < logarithms.columns; i++) {
      series.add(curve(i, recorded));
    }
    int last = logarithms.layers[logarithms.layers.length - 1];
    Frame frame =
        new Frame(
            64,
            52,
            Figure.FULL - 88,
            260,
            Axis.ofDepth("layer m (0 = next to the input)", logarithms.layers[0], last),
            Curves.valueAxis(
                "ln D, D in loss units", series.stream().map(Series::bands).toList(), false));
    Svg svg = new Svg();
    svg.append(Curves.draw(frame, series, Curves.Style.LINES_AND_MARKS));
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < logarithms.columns; i++) {
      expected(svg, frame, i);
      found.append(comparison(i));
    }
    Notes notes = new Notes();
    Map<String, Object> data = Curves.data(frame, series, notes);
    data.put("notes", notes.all());
    return new Figure(
        "random-bulk",
        "A homogeneous random bulk",
        "Whether the dissipation of untrained networks grows or falls with depth at the constant rate that the variance of their weights dictates.",
        "The law is for wide networks before training; a trained network that leaves the straight line has lost homogeneity, which is neither good nor bad.",
        "Points: mean of ln D over n = "
            + logarithms.replicas
            + (logarithms.replicas == 1 ? " network." : " networks, band: smallest to largest.")
            + " Dashed: slope \u2212ln \u03c7\u2081 through the middle of the points."
            + found,
        Figure.FULL,
        362,
        svg.toString(),
        data);
  }

  private Series curve(int index, Recorded recorded) {
    Band expected = at(chi, index);
    String name =
        expected.hasValue()
            ? "\u03c7\u2081 = " + Numbers.show(expected.mean(), 3)
            : "variance " + logarithms.steps[index];
    return new Series(
        name,
        Series.Look.of(index),
        Arrays.stream(logarithms.layers).asDoubleStream().toArray(),
        Arrays.stream(logarithms.layers).mapToObj(recorded::layerName).toList(),
        logarithms.overDepth(index));
  }

  /** The number that belongs to the curve of this index; NOTHING where there is none. */
  private Band at(Profile profile, int index) {
    int column = Arrays.binarySearch(profile.steps, logarithms.steps[index]);
    return column < 0 ? Band.NOTHING : profile.at(column, 0);
  }

  private void expected(Svg svg, Frame frame, int index) {
    Band expected = at(chi, index);
    Band[] points = logarithms.overDepth(index);
    double x = 0;
    double y = 0;
    int n = 0;
    for (int i = 0; i < points.length; i++) {
      if (points[i].hasValue()) {
        x += logarithms.layers[i];
        y += points[i].mean();
        n++;
      }
    }
    if (n < 2 || !(expected.mean() > 0)) {
      return;
    }
    double slope = -Math.log(expected.mean());
    double from = logarithms.layers[0];
    double to = logarithms.layers[logarithms.layers.length - 1];
    svg.open("g", "class", Series.Look.of(index).css);
    svg.line(
        frame.px(from),
        frame.py(y / n + slope * (from - x / n)),
        frame.px(to),
        frame.py(y / n + slope * (to - x / n)),
        "law");
    svg.close("g");
  }

  private String comparison(int index) {
    Band slope = at(slopes, index);
    Band expected = at(chi, index);
    if (!slope.hasValue() || !(expected.mean() > 0)) {
      return "";
    }
    return " \u03c7\u2081 = "
        + Numbers.show(expected.mean(), 3)
        + ": slope "
        + Numbers.show(slope.mean(), 3)
        + (slope.replicas() > 1
            ? " (" + Numbers.show(slope.low(), 3) + " to " + Numbers.show(slope.high(), 3) + ")"
            : "")
        + ", expected "
        + Numbers.show(-Math.log(expected.mean()), 3)
        + ".";
  }
}
