package io.github.fathomlab.report;

import io.github.fathomlab.springblock.LoadCurve;
import io.github.fathomlab.springblock.Phase;
import io.github.fathomlab.springblock.PhaseDiagram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The phase diagram of a sweep: noise to the right, nonlinearity upwards, in every cell the load
 * curve of its networks; one map per measure of separation.
 */
final class PhaseMap {

  /** What the background of a cell says. */
  enum Colouring {
    TILT("phase-map", "Phase diagram: where deep and where shallow layers do more"),
    ACCURACY("phase-map-accuracy", "Phase diagram: where networks classify best");

    private final String id;
    private final String title;

    Colouring(String id, String title) {
      this.id = id;
      this.title = title;
    }
  }

  /** The colours of accuracy end early on the ramp, so that curves stay readable on them. */
  private static final int ACCURACY_LEVELS = 12;

  private final Colouring colouring;
  private final Sweep sweep;
  private final TiltColour tilts;
  private final double worst;
  private final double best;

  private PhaseMap(Colouring colouring, Sweep sweep) {
    this.colouring = colouring;
    this.sweep = sweep;
    List<PhaseDiagram.Cell> cells =
        sweep.views.stream().flatMap(view -> view.diagram().cells().stream()).toList();
    tilts =
        TiltColour.covering(
            cells.stream()
                .filter(cell -> cell.phase().phase() != Phase.UNDEFINED)
                .mapToDouble(cell -> cell.phase().relativeTilt()),
            1);
    double[] accuracies =
        cells.stream()
            .mapToDouble(PhaseDiagram.Cell::accuracy)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    worst = accuracies.length == 0 ? Double.NaN : accuracies[0];
    best = accuracies.length == 0 ? Double.NaN : accuracies[accuracies.length - 1];
  }

  static Optional<Figure> of(Colouring colouring, Sweep sweep) {
    PhaseMap map = new PhaseMap(colouring, sweep);
    boolean drawable = colouring == Colouring.TILT || Double.isFinite(map.best);
    return sweep.views.isEmpty() || !drawable ? Optional.empty() : Optional.of(map.figure());
  }

  private Figure figure() {
    List<PhaseSheet.Map> maps = new ArrayList<>();
    sweep.views.forEach(view -> maps.add(map(view)));
    List<PhaseCell> cells =
        maps.stream().flatMap(map -> map.cells().stream()).flatMap(List::stream).toList();
    PhaseSheet sheet = new PhaseSheet(maps);
    Svg svg = new Svg();
    Marks marks = new Marks(colouring.id);
    marks.define(svg);
    ColourKey.marks(svg, marks, cells, "best accuracy of the row");
    if (colouring == Colouring.TILT) {
      tilts.bar(svg, "relative tilt q of the loads", 1);
    } else {
      ColourKey.bar(
          svg,
          'q',
          ACCURACY_LEVELS,
          samples() + " accuracy, mean over seeds",
          List.of(
              new ColourKey.Stop(0, Sweep.percent(worst) + " %"),
              new ColourKey.Stop(1, Sweep.percent(best) + " %")));
    }
    sheet.draw(svg, marks);
    return new Figure(
        colouring.id,
        colouring.title,
        shows(),
        showsNot(),
        method(),
        Figure.FULL,
        sheet.height(),
        svg.toString(),
        Map.of("kind", "titles"));
  }

  private String samples() {
    return sweep.heldOut ? "held-out" : "training";
  }

  private String shows() {
    return colouring == Colouring.TILT
        ? "Concave curves (deep layers do more) and convex ones (shallow layers do more), and where between them all layers do the same."
        : "Whether the cells whose load curve is straightest are also those that classify best.";
  }

  private String showsNot() {
    return colouring == Colouring.TILT
        ? "Each curve has its own scale: compare shapes, not heights. The phase is that of this measure of separation; another measure may give another."
        : "Differences of the size of the standard error (hover over a cell) are no differences; accuracy on one data set says nothing about another.";
  }

  private String method() {
    return "Curve: D from the input to the last hidden layer, mean over seeds, band: smallest to largest; dashed: the straight line between its ends."
        + " Number: "
        + samples()
        + " accuracy in %."
        + (sweep.turned
            ? " The invariant separation is drawn with its sign turned, so that it falls."
            : "")
        + " From arXiv:2407.19353 and its public figure: the diagram with a load curve per cell, shaded there by accuracy and read by eye."
        + " Ours: the tilt, the rule that decides a phase from its 95 % interval over seeds, hatched and crossed cells.";
  }

  private PhaseSheet.Map map(Sweep.View view) {
    PhaseDiagram diagram = view.diagram();
    List<List<PhaseCell>> rows = new ArrayList<>();
    for (List<PhaseDiagram.Cell> row : diagram.rows()) {
      double top =
          row.stream()
              .mapToDouble(PhaseDiagram.Cell::accuracy)
              .filter(Double::isFinite)
              .max()
              .orElse(Double.NaN);
      boolean several = row.stream().filter(c -> Double.isFinite(c.accuracy())).count() > 1;
      rows.add(
          row.stream()
              .map(cell -> cell(diagram, cell, several && cell.accuracy() == top))
              .toList());
    }
    return new PhaseSheet.Map(
        view.measure().choice(), view.measure().label(), rows(diagram), columns(diagram), rows);
  }

  private static PhaseSheet.Side rows(PhaseDiagram diagram) {
    PhaseDiagram.Axis slopes = diagram.nonlinearity();
    if (slopes == null) {
      return new PhaseSheet.Side("", List.of(""), "", "");
    }
    boolean linear = slopes.values().getLast() == 1;
    return new PhaseSheet.Side(
        "slope",
        slopes.values().stream().map(Sweep::value).toList(),
        "more nonlinear",
        slopes.values().size() < 2 ? "" : linear ? "linear" : "less so");
  }

  private static PhaseSheet.Side columns(PhaseDiagram diagram) {
    PhaseDiagram.Axis noise = diagram.noise();
    return new PhaseSheet.Side(
        noise.key() + ", more noise to the right",
        noise.values().stream().map(Sweep::value).toList(),
        "",
        "");
  }

  private PhaseCell cell(PhaseDiagram diagram, PhaseDiagram.Cell cell, boolean bestOfRow) {
    Phase phase = cell.phase().phase();
    boolean empty = cell.curves().isEmpty();
    Marks.Kind overlay =
        phase == Phase.UNDEFINED || empty
            ? Marks.Kind.MISSING
            : phase == Phase.UNDECIDED ? Marks.Kind.OPEN : null;
    return new PhaseCell(
        hidden(cell.meanCurve()),
        edge(cell, false),
        edge(cell, true),
        colour(cell),
        overlay,
        Double.isFinite(cell.accuracy()) ? Sweep.percent(cell.accuracy()) : "",
        bestOfRow,
        cell.lost(),
        CellTitle.of(diagram, cell, samples()));
  }

  private String colour(PhaseDiagram.Cell cell) {
    if (colouring == Colouring.TILT) {
      boolean meaningless = cell.phase().phase() == Phase.UNDEFINED;
      return tilts.css(meaningless ? Double.NaN : cell.phase().relativeTilt());
    }
    if (!Double.isFinite(cell.accuracy())) {
      return "blank";
    }
    double place = best > worst ? (cell.accuracy() - worst) / (best - worst) : 1;
    return "q" + Math.min(ACCURACY_LEVELS - 1, (int) (place * ACCURACY_LEVELS));
  }

  /** Without the logits, as the phase is decided. */
  private static double[] hidden(double[] curve) {
    return Arrays.copyOf(curve, Math.max(0, curve.length - 1));
  }

  private static double[] edge(PhaseDiagram.Cell cell, boolean upper) {
    if (cell.curves().size() < 2) {
      return new double[0];
    }
    double[] edge = cell.curves().getFirst().separations();
    for (LoadCurve curve : cell.curves()) {
      double[] separations = curve.separations();
      for (int l = 0; l < edge.length; l++) {
        edge[l] = upper ? Math.max(edge[l], separations[l]) : Math.min(edge[l], separations[l]);
      }
    }
    return hidden(edge);
  }
}
