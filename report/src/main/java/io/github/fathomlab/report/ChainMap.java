package io.github.fathomlab.report;

import io.github.fathomlab.springblock.Phase;
import io.github.fathomlab.springblock.chain.ChainDiagram;
import io.github.fathomlab.springblock.chain.ChainNoise;
import io.github.fathomlab.springblock.chain.ChainSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The phase diagram of a chain of blocks over friction and noise, from its mean field: what a
 * measured phase diagram is held against.
 */
final class ChainMap {
  private static final String ID = "phase-map-chain";
  private static final double DURATION = 100;
  private static final double RATIO = 4.0 / 3;
  private static final double TOLERANCE = 1e-7;
  private static final double[] FRICTIONS = {0.32, 0.16, 0.08, 0.04, 0.02, 0.01};
  private static final double[] AMPLITUDES = {0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64};

  private final ChainSpec chain = ChainSpec.firstOrder().with(ChainNoise.none());
  private final ChainDiagram diagram =
      ChainDiagram.of(chain, DURATION, RATIO, FRICTIONS, AMPLITUDES, TOLERANCE);
  private final TiltColour tilts =
      TiltColour.covering(
          Arrays.stream(diagram.cells())
              .flatMap(Arrays::stream)
              .mapToDouble(cell -> cell.statistics().relativeTilt()),
          1);

  private ChainMap() {}

  /** The map; the same every time, computed anew in a fraction of a second. */
  static Figure figure() {
    return new ChainMap().draw();
  }

  private Figure draw() {
    List<List<PhaseCell>> rows = new ArrayList<>();
    for (int row = 0; row < FRICTIONS.length; row++) {
      List<PhaseCell> cells = new ArrayList<>();
      for (int column = 0; column < AMPLITUDES.length; column++) {
        cells.add(cell(row, column));
      }
      rows.add(cells);
    }
    PhaseSheet sheet =
        new PhaseSheet(
            List.of(
                new PhaseSheet.Map(
                    "chain of 7 blocks",
                    "chain of 7 blocks, D = pulled end \u2212 position of block l",
                    new PhaseSheet.Side(
                        "\u03bc", ticks(FRICTIONS), "more friction", "less friction"),
                    new PhaseSheet.Side(
                        "amplitude of the random forces, more noise to the right",
                        ticks(AMPLITUDES),
                        "",
                        ""),
                    rows)));
    Svg svg = new Svg();
    Marks marks = new Marks(ID);
    marks.define(svg);
    tilts.bar(svg, "relative tilt q of the springs", 1);
    sheet.draw(svg, marks);
    return new Figure(
        ID,
        "The chain under it: our mean field, not fitted",
        "The same topology in a mechanical chain: concave at low noise and high friction, convex at high noise, straight along a band between.",
        "Nothing here was fitted to the networks. That friction stands for nonlinearity is the paper's analogy, and it fails at the linear edge: without friction the chain is exactly straight, linear networks need not be.",
        "Our mean field of the chain, not fitted: friction up, noise to the right; the published mapping of friction to nonlinearity is by analogy and fails at the linear edge."
            + " First order, k = 1, T = 100, \u03bc_L/\u03bc_R = 4/3; row: \u03bc_R. Curve without the last spring; a phase is that of q alone, |q| \u2264 0.1 is linear."
            + " From arXiv:2407.19353: the chain and the claim that it reproduces the diagram. Ours: the mean field, the friction set-valued at rest, the numbers.",
        Figure.FULL,
        sheet.height(),
        svg.toString(),
        Map.of("kind", "titles"));
  }

  private PhaseCell cell(int row, int column) {
    ChainDiagram.Cell cell = diagram.cells()[row][column];
    double[] separations = chain.separations(cell.positions(), DURATION);
    double q = cell.statistics().relativeTilt();
    String title =
        "friction "
            + Numbers.show(FRICTIONS[row])
            + ", noise "
            + Numbers.show(AMPLITUDES[column])
            + ": "
            + cell.phase().name()
            + "\nrelative tilt q = "
            + Numbers.show(q, 3)
            + "\ncurvature c = "
            + Numbers.show(cell.statistics().curvature(), 3);
    return new PhaseCell(
        Arrays.copyOf(separations, separations.length - 1),
        new double[0],
        new double[0],
        tilts.css(q),
        cell.phase() == Phase.UNDEFINED ? Marks.Kind.MISSING : null,
        cell.phase().name().toLowerCase(Locale.ROOT),
        false,
        0,
        title);
  }

  private static List<String> ticks(double[] values) {
    return DoubleStream.of(values).mapToObj(Numbers::show).toList();
  }
}
