package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Readings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The catalogue of figures that can be drawn from a run; what was not recorded gives no figure.
 *
 * <p>Not safe for concurrent use: each quantity is fetched once and kept.
 */
public final class Figures {
  private static final String RENORMALIZATION = "coupling.";
  private static final List<String> RANKS = List.of("rank.", "drift.", "information.");

  private final Recorded recorded;
  private final ReportInput input;

  public Figures(ReportInput input, Readings readings) {
    this(input, new Recorded(readings, input.layerNames()));
  }

  Figures(ReportInput input, Recorded recorded) {
    this.input = input;
    this.recorded = recorded;
  }

  /** Every figure that the readings allow, in the order of the report. */
  public List<Figure> all() {
    return Sweep.isIn(recorded) ? ofSweep() : ofRun();
  }

  /** The figures of a sweep, whose replicas differ by more than their seed. */
  private List<Figure> ofSweep() {
    return Stream.concat(
            Stream.of(
                    phaseMap(PhaseMap.Colouring.TILT),
                    phaseMap(PhaseMap.Colouring.ACCURACY),
                    chainMap())
                .flatMap(Optional::stream),
            Stream.concat(renormalization().stream(), ranks().stream()))
        .toList();
  }

  private List<Figure> ofRun() {
    return Stream.of(
            Stream.of(loss(), accuracy()),
            loadCurves().stream().map(Optional::of),
            Stream.of(loads(), tilt(), foldingRuler()),
            Stream.of(dissipation(), inflow(), currentProfile(), layerWork(), forms()),
            Stream.of(edge(), injection(), audit(), energy(), balance(), edgeStudy(), randomBulk()),
            Stream.of(chainTopology()),
            Arrays.stream(FieldCollapse.Kind.values()).map(this::field),
            Stream.concat(renormalization().stream(), ranks().stream()).map(Optional::of))
        .flatMap(figures -> figures.flatMap(Optional::stream))
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

  Optional<Figure> tilt() {
    return TimeFigure.of(
        "tilt",
        "Relative tilt over training",
        "relative tilt q of the loads",
        List.of(
            new TimeFigure.Curve("load.relative_tilt", "log separation", Series.Look.FIRST),
            new TimeFigure.Curve(
                "load.relative_tilt.trace_ratio", "trace ratio", Series.Look.SECOND)),
        false,
        "Whether deep layers do more (above 0, concave) or shallow ones (below 0, convex), and how early that is settled.",
        "It has no meaning while the separation does not yet fall with depth, as at the start of a training.",
        recorded);
  }

  Optional<Figure> foldingRuler() {
    return FoldingRuler.of(input.companion(), recorded);
  }

  Optional<Figure> phaseMap(PhaseMap.Colouring colouring) {
    return PhaseMap.of(colouring, Sweep.of(recorded));
  }

  /** The chain under a sweep's diagrams; a sweep of couplings or ranks alone has none. */
  Optional<Figure> chainMap() {
    return (recorded.has(RENORMALIZATION) || hasRanks()) && Sweep.of(recorded).views.isEmpty()
        ? Optional.empty()
        : Optional.of(ChainMap.figure());
  }

  /** The figures of the renormalization room, of runs and of sweeps. */
  List<Figure> renormalization() {
    if (!recorded.has(RENORMALIZATION)) {
      return List.of();
    }
    return Stream.of(
            CouplingTraining.of(recorded),
            CouplingDepth.of(CouplingDepth.Kind.BLOCKS, recorded),
            ScalingFigure.of(recorded),
            AutoencoderModes.of(recorded),
            KurtosisFlow.of(recorded),
            CouplingDepth.of(CouplingDepth.Kind.UNITS, recorded),
            FlowDiagram.of(recorded))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The figures of ranks and drift over depth, of runs and of sweeps. */
  List<Figure> ranks() {
    if (!hasRanks()) {
      return List.of();
    }
    return Stream.of(
            Sweep.isIn(recorded) ? InformationCells.of(recorded) : InformationCourse.of(recorded),
            RankDepth.of(recorded),
            TaskRank.of(recorded),
            KernelDrift.of(recorded),
            RelevanceFigure.of(recorded))
        .flatMap(Optional::stream)
        .toList();
  }

  private boolean hasRanks() {
    return RANKS.stream().anyMatch(recorded::has);
  }

  Optional<Figure> chainTopology() {
    return ChainTopologyFigure.of(recorded);
  }

  Optional<Figure> dissipation() {
    return HeatMap.of(
        new HeatMap.Subject(
            "dissipation",
            "dissipation",
            1,
            "Dissipation, depth by time",
            "dissipation D, loss units per step",
            "nothing dissipated or less",
            true,
            "Where and when the optimizer turns the energy drawn from the loss into heat.",
            "Dissipation depends on the parametrisation and on the optimizer: compare layers and times within one run, not runs of different optimizers."),
        recorded.ofLayers("ledger.dissipation"),
        input.parameterCounts(),
        recorded);
  }

  Optional<Figure> inflow() {
    return HeatMap.of(
        new HeatMap.Subject(
            "inflow",
            "inflow",
            -1,
            "Energy inflow through the upper cut of each layer",
            "inflow \u03a6 = \u2212J, loss units per step",
            "net flow towards the output",
            false,
            "How much of the loss's energy passes each cut on its way from the output towards the input.",
            "Layer totals of J are sums of gradient times displacement over the layers below: they carry no information beyond g\u00b7u."),
        recorded.ofLayers("ledger.current"),
        input.parameterCounts(),
        recorded);
  }

  Optional<Figure> audit() {
    return AuditStrip.of(input.auditTolerance(), recorded);
  }

  Optional<Figure> currentProfile() {
    return CurrentProfile.of(recorded, input.parameterCounts());
  }

  Optional<Figure> layerWork() {
    return HeatMap.of(
        new HeatMap.Subject(
            "layer-work",
            "work",
            -1,
            "What each layer's step did to the loss",
            "loss lowered \u2212P, loss units per step",
            "the step of this layer raised the loss",
            true,
            "How much each layer's part of the step lowered the loss of its batch, or raised it: the parts add up to the whole change exactly.",
            "Only the sum over the layers is unique: how a finite step is split among them is a convention, here the secant, and another one differs in third order of the step."),
        Cells.combine(
            "work",
            recorded.ofLayers("ledger.work_weights"),
            recorded.ofLayers("ledger.work_biases"),
            Double::sum),
        input.parameterCounts(),
        recorded);
  }

  Optional<Figure> edge() {
    return EdgeStrip.of(input.memoryless(), recorded);
  }

  Optional<Figure> injection() {
    return InjectionFigure.of(recorded);
  }

  Optional<Figure> energy() {
    return TimeFigure.of(
        "energy",
        "Energy of the whole network",
        "energy E = \u03a3T + loss, loss units",
        List.of(new TimeFigure.Curve("ledger.energy", "energy E", Series.Look.FIRST)),
        true,
        "The kinetic energy of all layers and the loss of the batch together: the store that dissipation is paid from.",
        "It is the energy on the batch of the step: it jumps when the batch changes and need not fall.",
        recorded);
  }

  Optional<Figure> balance() {
    return BalanceFigure.of(input.closingTolerance(), recorded);
  }

  Optional<Figure> forms() {
    return FormComparison.of(recorded);
  }

  Optional<Figure> edgeStudy() {
    return EdgeStudyFigure.of(recorded);
  }

  Optional<Figure> randomBulk() {
    return RandomBulk.of(recorded);
  }

  Optional<Figure> field(FieldCollapse.Kind kind) {
    return FieldCollapse.of(kind, recorded);
  }
}
