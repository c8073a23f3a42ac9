package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The kernel drift of every transition of one cell at one step, as shares of its sum over the
 * stream.
 *
 * <p>A share needs every transition of its replica; a replica that lacks one has no shares.
 *
 * @param step when it was measured
 * @param shares by transition, over the seeds
 * @param drifts by transition, over the seeds
 */
record DriftBars(long step, List<Band> shares, List<Band> drifts) {
  static final String DRIFT = "drift.kernel_drift";
  private static final double WIDEST = 34;

  static DriftBars of(RankCell cell, long step) {
    int transitions = cell.last() - cell.first();
    Map<Integer, double[]> replicas = new TreeMap<>();
    Status reason = Status.NOT_APPLICABLE;
    for (Reading reading : cell.group().readings(RankView.main(cell).of(DRIFT))) {
      int at = reading.layer() - cell.first();
      if (reading.step() == step && at >= 0 && at < transitions) {
        double[] drifts = replicas.computeIfAbsent(reading.replica(), _ -> none(transitions));
        if (SeedGroup.usable(reading)) {
          drifts[at] = Math.max(0, reading.value());
        } else {
          reason = reading.status() == Status.OK ? Status.NOT_FINITE : reading.status();
        }
      }
    }
    List<Band> shares = new ArrayList<>();
    List<Band> drifts = new ArrayList<>();
    for (int l = 0; l < transitions; l++) {
      int at = l;
      drifts.add(Band.of(replicas.values().stream().mapToDouble(d -> d[at]).toArray(), reason));
      shares.add(
          Band.of(
              replicas.values().stream().mapToDouble(d -> d[at] / Arrays.stream(d).sum()).toArray(),
              reason));
    }
    return new DriftBars(step, List.copyOf(shares), List.copyOf(drifts));
  }

  private static double[] none(int transitions) {
    double[] drifts = new double[transitions];
    Arrays.fill(drifts, Double.NaN);
    return drifts;
  }

  boolean isDrawable() {
    return shares.stream().anyMatch(Band::hasValue);
  }

  /** Marks with whiskers, moved sideways by a part of a transition. */
  Series series(String name, Series.Look look, RankCell cell, double aside) {
    double[] x = new double[shares.size()];
    List<String> places = new ArrayList<>();
    for (int l = 0; l < x.length; l++) {
      x[l] = l + aside;
      Band drift = drifts.get(l);
      String size =
          drift.hasValue()
              ? ", drift "
                  + Numbers.show(drift.mean(), 3)
                  + (drift.high() > drift.low()
                      ? " ("
                          + Numbers.show(drift.low(), 3)
                          + " to "
                          + Numbers.show(drift.high(), 3)
                          + ")"
                      : "")
              : "";
      places.add(cell.name(cell.first() + l) + " \u2192 " + cell.name(cell.first() + l + 1) + size);
    }
    return new Series(name, look, x, places, shares.toArray(Band[]::new));
  }

  /** The bars of a series, down to zero. */
  static void draw(Svg svg, Frame frame, Series series) {
    double width = Math.min(WIDEST, 0.36 * (frame.px(1) - frame.px(0)));
    String css = series.look() == Series.Look.NULL ? "bar hollow" : "bar";
    svg.open("g", "class", "bars " + series.look().css);
    for (int i = 0; i < series.bands().length; i++) {
      Band band = series.bands()[i];
      if (band.hasValue()) {
        double top = frame.py(band.mean());
        svg.rect(frame.px(series.x()[i]) - width / 2, top, width, frame.py(0) - top, css);
      }
    }
    svg.close("g");
  }
}
