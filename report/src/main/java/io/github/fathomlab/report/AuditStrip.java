package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The audit of the energy ledger, layer by layer and step by step, above the same audit with one
 * layer moved too far.
 */
final class AuditStrip {
  private static final int MOST_COLUMNS = 120;
  private static final double LEFT = 58;
  private static final double RIGHT = 130;

  private final double tolerance;
  private final Svg svg = new Svg();
  private final Marks marks = new Marks("audit");
  private final Notes notes = new Notes();
  private final Recorded recorded;

  private AuditStrip(double tolerance, Recorded recorded) {
    this.tolerance = tolerance;
    this.recorded = recorded;
  }

  static Optional<Figure> of(double tolerance, Recorded recorded) {
    Profile audit = profile("ledger.audit_residual", recorded);
    if (audit.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AuditStrip(tolerance, recorded)
            .figure(audit, profile("ledger.audit_control", recorded)));
  }

  private static Profile profile(String quantity, Recorded recorded) {
    List<Reading> readings = recorded.of(quantity).stream().filter(r -> r.layer() >= 0).toList();
    return Profile.binned(readings, MOST_COLUMNS, Profile.Reduction.LARGEST);
  }

  private Figure figure(Profile audit, Profile control) {
    marks.define(svg);
    double rowHeight = Math.clamp(150.0 / audit.layers.length, 7, 18);
    Grid above = new Grid(LEFT, 44, Figure.FULL - LEFT - RIGHT, rowHeight, audit);
    boolean aligned = Arrays.equals(audit.steps, control.steps);
    List<Object> panels = new ArrayList<>();
    panels.add(
        panel(
            above,
            "audit: largest relative residual",
            "Audit of the run, by layer m",
            control.isEmpty() || !aligned));
    double height = 44 + above.height() + 50;
    String about =
        " No negative control was recorded, so nothing here shows that the audit can fail.";
    if (!control.isEmpty()) {
      Grid below =
          new Grid(
              LEFT,
              44 + above.height() + (aligned ? 42 : 82),
              Figure.FULL - LEFT - RIGHT,
              rowHeight,
              control);
      panels.add(
          panel(
              below,
              "control: relative residual",
              "Negative control: one layer moved 1 % too far",
              true));
      height = below.top() + below.height() + 50;
      about = caught(control) + (aligned ? "" : made(audit, control));
    }
    legend();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "grid");
    data.put("panels", panels);
    data.put("notes", notes.all());
    String binning =
        audit.stepsPerColumn == 1
            ? "Every audited step is drawn."
            : audit.binning(Profile.Reduction.LARGEST).replace("recorded steps", "audited steps");
    return new Figure(
        "audit",
        "Ledger audit",
        "Whether the energy balance of each layer closes to rounding: green below the tolerance of "
            + Numbers.show(tolerance)
            + ", hatched red at or above it.",
        "A balance that closes follows from the chain rule and the update rule: it proves the bookkeeping right, not the training good.",
        binning
            + " Worst of n = "
            + audit.replicas
            + (audit.replicas == 1 ? " replica." : " replicas.")
            + about,
        Figure.FULL,
        height,
        svg.toString(),
        data);
  }

  private Map<String, Object> panel(Grid grid, String name, String heading, boolean withSteps) {
    Profile profile = grid.profile();
    String[][] classes = new String[profile.columns][profile.layers.length];
    for (int column = 0; column < profile.columns; column++) {
      for (int row = 0; row < profile.layers.length; row++) {
        Band band = profile.at(column, row);
        classes[column][row] =
            !band.hasValue() ? "blank" : band.high() < tolerance ? "pass" : "fail";
      }
    }
    grid.drawCells(svg, classes);
    separators(grid);
    marks.overlay(svg, grid, band -> !band.hasValue(), Marks.Kind.MISSING);
    marks.overlay(
        svg, grid, band -> band.hasValue() && !(band.high() < tolerance), Marks.Kind.FAILED);
    grid.drawAxes(svg, withSteps);
    svg.text(4, grid.top() - 10, "label", heading);
    worstPerLayer(grid);
    return grid.data(name, true, 1, recorded, notes);
  }

  private void separators(Grid grid) {
    for (int row = 1; row < grid.profile().layers.length; row++) {
      svg.line(
          grid.left(),
          grid.rowTop(row - 1),
          grid.left() + grid.width(),
          grid.rowTop(row - 1),
          "separator");
    }
    if (grid.profile().columns <= 60) {
      for (int column = 1; column < grid.profile().columns; column++) {
        svg.line(
            grid.columnLeft(column),
            grid.top(),
            grid.columnLeft(column),
            grid.top() + grid.height(),
            "separator");
      }
    }
  }

  private void worstPerLayer(Grid grid) {
    if (grid.rowHeight() < 11) {
      return;
    }
    for (int row = 0; row < grid.profile().layers.length; row++) {
      double worst = worst(grid.profile(), row);
      double y = grid.rowTop(row) + grid.rowHeight() / 2 + 4;
      svg.text(grid.left() + grid.width() + 10, y, "tick", Numbers.show(worst, 2));
    }
    svg.text(grid.left() + grid.width() + 10, grid.top() - 10, "tick", "worst");
  }

  private static double worst(Profile profile, int row) {
    double worst = Double.NaN;
    for (Band band : profile.overTime(row)) {
      if (band.hasValue() && !(band.high() <= worst)) {
        worst = band.high();
      }
    }
    return worst;
  }

  private String caught(Profile control) {
    int caught = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int column = 0; column < control.columns; column++) {
      double worst = Double.NaN;
      for (Band band : control.overDepth(column)) {
        if (band.hasValue() && !(band.high() <= worst)) {
          worst = band.high();
        }
      }
      if (worst >= tolerance) {
        caught++;
        smallest = Math.min(smallest, worst);
      }
    }
    String count = " The control was caught in " + caught + " of " + control.columns + " columns";
    return caught == 0
        ? count + ": the audit cannot fail, so it proves nothing."
        : count
            + ", by a residual of "
            + Numbers.show(smallest, 2)
            + " or more in the worst layer.";
  }

  private static String made(Profile audit, Profile control) {
    return " The control was made at "
        + Numbers.count(control.steps.length)
        + " of the "
        + Numbers.count(audit.steps.length)
        + " audited steps; the two panels have their own columns.";
  }

  private void legend() {
    double x = Figure.FULL - RIGHT - 262;
    svg.rect(x, 8, 14, 11, "cell pass");
    svg.text(x + 20, 18, "entry", "below " + Numbers.show(tolerance));
    svg.rect(x + 140, 8, 14, 11, "cell fail");
    svg.leaf(
        "rect",
        "x",
        x + 140,
        "y",
        8,
        "width",
        14,
        "height",
        11,
        "class",
        "overlay",
        "fill",
        "url(#audit-slash)");
    svg.text(x + 160, 18, "entry", "at or above it");
  }
}
