package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Readings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The catalogue of figures that can be drawn from a run; what was not recorded gives no figure.
 *
 * <p>Not safe for concurrent use: each quantity is fetched once and kept.
 */
public final class Figures {
  private final Recorded recorded;
  private final double auditTolerance;

  public Figures(ReportInput input, Readings readings) {
    this(new Recorded(readings, input.layerNames()), input.auditTolerance());
  }

  Figures(Recorded recorded, double auditTolerance) {
    this.recorded = recorded;
    this.auditTolerance = auditTolerance;
  }

  /** Every figure that the readings allow, in the order of the report. */
  public List<Figure> all() {
    return Stream.concat(
            Stream.concat(
                Stream.of(loss(), accuracy()).flatMap(Optional::stream), loadCurves().stream()),
            Stream.of(loads(), dissipation(), inflow(), audit()).flatMap(Optional::stream))
        .toList();
  }

  /**
   * The figure of that name, such as {@code dissipation}; empty when there is none or its readings
   * are missing.
   */
  public Optional<Figure> named(String id) {
    return all().stream().filter(figure -> figure.id().equals(id)).findFirst();
  }

  Optional<Figure> loss() {
    return TimeFigure.of(
        "loss",
        "Loss over training",
        "loss, units of the objective",
        List.of(
            new TimeFigure.Curve("loss", "training batch", Series.Look.FIRST),
            new TimeFigure.Curve("loss.test", "held-out", Series.Look.SECOND)),
        true,
        "How fast the objective falls, and whether the held-out loss follows.",
        "The batch loss is measured on changing batches with noise switched on: its scatter is not an error of the network.",
        recorded);
  }

  Optional<Figure> accuracy() {
    return TimeFigure.of(
        "accuracy",
        "Accuracy over training",
        "share of samples classified correctly",
        List.of(
            new TimeFigure.Curve("accuracy.train", "training data", Series.Look.FIRST),
            new TimeFigure.Curve("accuracy.test", "held-out", Series.Look.SECOND)),
        false,
        "How many samples are classified correctly, and the gap between seen and held-out data.",
        "It counts decisions only: confidence, calibration and the work of single layers are not in it.",
        recorded);
  }

  List<Figure> loadCurves() {
    return LoadCurveFigure.Measure.ALL.stream()
        .flatMap(measure -> LoadCurveFigure.of(measure, recorded).stream())
        .toList();
  }

  Optional<Figure> loads() {
    return LoadBars.of(recorded);
  }

  Optional<Figure> dissipation() {
    return HeatMap.of(
        new HeatMap.Subject(
            "dissipation",
            "ledger.dissipation",
            1,
            "Dissipation, depth by time",
            "dissipation D, loss units per step",
            "nothing dissipated or less",
            true,
            "Where and when the optimizer turns the energy drawn from the loss into heat.",
            "Dissipation depends on the parametrisation and on the optimizer: compare layers and times within one run, not runs of different optimizers."),
        recorded);
  }

  Optional<Figure> inflow() {
    return HeatMap.of(
        new HeatMap.Subject(
            "inflow",
            "ledger.current",
            -1,
            "Energy inflow through the upper cut of each layer",
            "inflow \u03a6 = \u2212J, loss units per step",
            "net flow towards the output",
            false,
            "How much of the loss's energy passes each cut on its way from the output towards the input.",
            "Layer totals of J are sums of gradient times displacement over the layers below: they carry no information beyond g\u00b7u."),
        recorded);
  }

  Optional<Figure> audit() {
    return AuditStrip.of(auditTolerance, recorded);
  }
}
