package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The study of the edge of stability: sharpness and curvature over dissipation, window by window,
 * at a large and a small learning rate.
 *
 * <p>In its readings the step is the end of a window and the replica counts twice the seeds: even
 * at the large rate, odd at the small one.
 */
final class EdgeStudyFigure {

  private record Curve(String quantity, int parity, String name, Series.Look look) {}

  private static final List<Curve> CURVES =
      List.of(
          new Curve("edge.sharpness", 0, "lr \u03bb/2, large rate", Series.Look.FIRST),
          new Curve("edge.ratio", 0, "\u03a3Q/\u03a3D, large rate", Series.Look.SECOND),
          new Curve("edge.sharpness", 1, "lr \u03bb/2, small rate", Series.Look.THIRD),
          new Curve("edge.ratio", 1, "\u03a3Q/\u03a3D, small rate", Series.Look.NULL));

  private EdgeStudyFigure() {}

  static Optional<Figure> of(Recorded recorded) {
    List<Series> series = new ArrayList<>();
    long last = 0;
    int seeds = 0;
    for (Curve curve : CURVES) {
      Profile profile =
          Profile.of(
              recorded.ofNetwork(curve.quantity).stream()
                  .filter(reading -> reading.replica() % 2 == curve.parity)
                  .toList());
      if (!profile.isEmpty()) {
        series.add(series(curve, profile));
        last = Math.max(last, profile.steps[profile.columns - 1]);
        seeds = Math.max(seeds, profile.replicas);
      }
    }
    return series.isEmpty() ? Optional.empty() : Optional.of(figure(series, last, seeds));
  }

  private static Series series(Curve curve, Profile profile) {
    return new Series(
        curve.name,
        curve.look,
        Arrays.stream(profile.steps).asDoubleStream().toArray(),
        Arrays.stream(profile.steps).mapToObj(step -> "step " + Numbers.count(step)).toList(),
        profile.overTime(0));
  }

  private static Figure figure(List<Series> series, long last, int seeds) {
    Frame frame =
        new Frame(
            58,
            52,
            Figure.FULL - 82,
            240,
            new Axis("optimizer step", Scale.Linear.covering(0, last, 8)),
            Curves.valueAxis("no unit", series.stream().map(Series::bands).toList(), false));
    Svg svg = new Svg();
    svg.append(Curves.draw(frame, series, Curves.Style.LINES_AND_MARKS));
    svg.line(frame.px(0), frame.py(1), frame.px(last), frame.py(1), "law");
    Notes notes = new Notes();
    Map<String, Object> data = Curves.data(frame, series, notes);
    data.put("notes", notes.all());
    return new Figure(
        "edge-study",
        "Towards the edge of stability",
        "Whether the sharpness rises until lr \u03bb/2 = 1 and the curvature then gives back what the steps dissipate, at the large rate and not at the small one.",
        "A ratio of 1 alone says only that the loss did not fall in that window; it is the sharpness, measured from the Hessian, that makes it the edge. Windows between two bursts lie far below 1.",
        "Mean over n = "
            + seeds
            + (seeds == 1 ? " seed." : " seeds, band: smallest to largest.")
            + " Dashed: 1.",
        Figure.FULL,
        342,
        svg.toString(),
        data);
  }
}
