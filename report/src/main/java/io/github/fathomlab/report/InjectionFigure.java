package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The energy that a change of mini-batch and masks brings in, averaged over windows, beside the
 * expected lr tr(Sigma) / B.
 *
 * <p>Standard errors come from the scatter of the replicas' window means where there are at least
 * three, which are independent, and else from the scatter of the single steps.
 */
final class InjectionFigure {
  private static final int MOST_WINDOWS = 20;
  private static final int LEAST_STEPS = 10;
  private static final int ENOUGH_REPLICAS = 3;

  private final Cells measured;
  private final Cells expected;
  private final Status whyNotExpected;

  private InjectionFigure(Recorded recorded) {
    measured = Cells.ofNetwork(recorded, "ledger.injection");
    List<Reading> given = recorded.ofNetwork("ledger.injection_expected");
    expected = Cells.of(given.stream().filter(r -> Double.isFinite(r.value())).toList());
    whyNotExpected = given.isEmpty() ? Status.OK : given.getFirst().status();
  }

  static Optional<Figure> of(Recorded recorded) {
    InjectionFigure injection = new InjectionFigure(recorded);
    return injection.measured.isEmpty() ? Optional.empty() : Optional.of(injection.figure());
  }

  private Figure figure() {
    Windows windows = Windows.of(measured.steps, MOST_WINDOWS, LEAST_STEPS);
    List<Series> series = new ArrayList<>();
    series.add(curve("measured \u27e8I\u27e9", Series.Look.FIRST, measured, windows));
    if (!expected.isEmpty()) {
      series.add(curve("expected lr\u00b7tr\u03a3/B", Series.Look.SECOND, expected, windows));
    }
    List<Band[]> covered = new ArrayList<>(series.stream().map(Series::bands).toList());
    covered.add(new Band[] {Band.exactly(0)});
    double last = measured.steps[measured.steps.length - 1];
    Frame frame =
        new Frame(
            72,
            52,
            Figure.FULL - 96,
            200,
            new Axis("optimizer step", Scale.Linear.between(0, Math.max(1, last), 8)),
            Curves.valueAxis("injection I, loss units per step", covered, false));
    Svg svg = new Svg();
    svg.append(Curves.draw(frame, series, Curves.Style.LINES_AND_MARKS));
    svg.line(frame.left(), frame.py(0), frame.left() + frame.width(), frame.py(0), "zero");
    Notes notes = new Notes();
    Map<String, Object> data = Curves.data(frame, series, notes);
    data.put("notes", notes.all());
    return new Figure(
        "injection",
        "What the change of data injects",
        "How much the loss jumps at fixed parameters when the next mini-batch and masks come in, beside the noise power lr\u00b7tr\u03a3/B that theory expects to leading order.",
        "A single jump is noise of relative size 1/\u221aB and more, and a change of masks counts into it; the expectation leaves out corrections of higher order in the learning rate.",
        method(windows),
        Figure.FULL,
        302,
        svg.toString(),
        data);
  }

  private static Series curve(String name, Series.Look look, Cells cells, Windows windows) {
    Band[] bands = new Band[windows.count()];
    Arrays.setAll(bands, window -> withError(cells, windows.of(window)));
    return new Series(name, look, windows.centres(), windows.names(), bands);
  }

  /** Mean over steps and replicas; low and high are one standard error away. */
  private static Band withError(Cells cells, long[] steps) {
    double[][] perReplica = new double[cells.replicas.length][];
    for (int r = 0; r < perReplica.length; r++) {
      int replica = cells.replicas[r];
      perReplica[r] =
          Arrays.stream(steps)
              .mapToDouble(step -> cells.total(step, replica))
              .filter(Double::isFinite)
              .toArray();
    }
    double[] means =
        Arrays.stream(perReplica)
            .mapToDouble(values -> Arrays.stream(values).average().orElse(Double.NaN))
            .toArray();
    Status reason = cells.reason() == Status.OK ? Status.NOT_FINITE : cells.reason();
    Band band = Band.of(means, reason);
    double[] samples =
        band.replicas() >= ENOUGH_REPLICAS
            ? Arrays.stream(means).filter(Double::isFinite).toArray()
            : Arrays.stream(perReplica).flatMapToDouble(Arrays::stream).toArray();
    double error = standardError(samples);
    return new Band(
        band.replicas(),
        band.mean(),
        band.mean() - error,
        band.mean() + error,
        band.flagged(),
        band.readings(),
        band.reason());
  }

  private static double standardError(double[] samples) {
    if (samples.length < 2) {
      return 0;
    }
    double mean = Arrays.stream(samples).average().orElse(Double.NaN);
    double squares = Arrays.stream(samples).map(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / (samples.length - 1) / samples.length);
  }

  private String method(Windows windows) {
    String errors =
        measured.replicas.length >= ENOUGH_REPLICAS
            ? " Band: one standard error, from the scatter of n = "
                + measured.replicas.length
                + " replicas."
            : " Band: one standard error, from the scatter of the steps; neighbouring jumps share a batch, so it is rough.";
    return windows.describe() + errors + " Whole run: " + wholeRun();
  }

  private String wholeRun() {
    String found = "\u27e8I\u27e9 = " + plusMinus(withError(measured, measured.steps));
    if (!expected.isEmpty()) {
      Band both = withError(measured, expected.steps);
      Band law = withError(expected, expected.steps);
      return found
          + ", expected "
          + plusMinus(law)
          + ", ratio "
          + ratio(both, law)
          + " over the steps that have both.";
    }
    return found
        + (whyNotExpected == Status.OK
            ? ". No expectation was recorded: lr\u00b7tr\u03a3/B holds for SGD and heavy-ball only."
            : ". No expectation: " + whyNotExpected + ", " + whyNotExpected.explanation() + ".");
  }

  /** The ratio with the standard error that both relative errors together give. */
  private static String ratio(Band found, Band law) {
    double ratio = found.mean() / law.mean();
    double error =
        Math.hypot(found.high() - found.mean(), ratio * (law.high() - law.mean()))
            / Math.abs(law.mean());
    return Numbers.show(ratio, 3) + " \u00b1 " + Numbers.show(error, 2);
  }

  private static String plusMinus(Band band) {
    return Numbers.show(band.mean(), 3) + " \u00b1 " + Numbers.show(band.high() - band.mean(), 2);
  }
}
