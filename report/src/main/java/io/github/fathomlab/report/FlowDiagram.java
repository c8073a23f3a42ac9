package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.renormalization.ising.Decimation;
import io.github.fathomlab.renormalization.ising.Flow;
import io.github.fathomlab.renormalization.ising.IsingChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The exact flow of the Ising chain's coupling and field under decimation: streamlines, the line of
 * stable fixed points, the unstable one, and one flow step by step.
 *
 * <pre>   (K, h) -> (K', h') by T' = T^b;   axis of K: tanh K </pre>
 *
 * <p>A streamline holds the decimations of one chain by all blocks b = 1, 2, 3, ...; every flow
 * moves along one of them, whatever its block. Source: textbook; arXiv:2212.00005 compares a
 * network with the stable fixed point. Cost: some thousand decimations, each O(log b). Readings
 * without a usable {@code coupling.input} draw no diagram.
 */
final class FlowDiagram {
  private static final String ID = "flow-diagram";
  private static final double START = 4; // K of the chains at the right edge
  private static final double FIELD = 1.6; // largest field drawn
  private static final double[] FIELDS = {
    0, 2e-5, 6e-5, 1.3e-4, 2.4e-4, 4e-4, 6.5e-4, 1.1e-3, 2e-3, 4e-3
  };
  private static final double[] TICKS = {0, 0.25, 0.5, 0.75, 1, 1.5};
  private static final double GROWTH = 1.06; // of the block from point to point of a streamline
  private static final double FARTHEST = 1e-3; // tanh K where a streamline has arrived
  private static final int MOST_STEPS = 12;

  private FlowDiagram() {}

  /** The diagram with the flow of the chain that a run was trained on. */
  static Optional<Figure> of(Recorded recorded) {
    List<Reading> inputs =
        recorded.ofNetwork("coupling.input").stream()
            .filter(reading -> SeedGroup.usable(reading) && reading.value() >= 0)
            .toList();
    if (inputs.isEmpty() || inputs.getFirst().value() > 2 * START) {
      return Optional.empty();
    }
    double coupling = inputs.getFirst().value();
    int block =
        recorded.ofNetwork("coupling.window").stream()
            .filter(reading ->
                SeedGroup.usable(reading) && reading.replica() == inputs.getFirst().replica())
            .mapToInt(reading -> (int) Math.clamp(reading.value(), 2, 64))
            .findFirst()
            .orElse(2);
    Flow flow = new Decimation(block).flow(IsingChain.withoutField(coupling), 1);
    String whose =
        "Blue: the input's coupling (of a sweep that of its first training) K\u2080 = "
            + Numbers.show(coupling, 3)
            + " without a field and its decimation by the block b = "
            + block
            + "; a Gaussian or quartic input stands at the K of the same correlation.";
    return Optional.of(figure(List.of(List.of(chart(flow))), whose));
  }

  static Figure figure(List<List<Sheet.Chart>> columns, String whose) {
    Sheet sheet =
        Sheet.of(
            columns,
            2,
            "Exact, textbook; the abstract of arXiv:2212.00005 speaks of the stable fixed point K* = 0");
    return new Figure(
        ID,
        "The flow of the Ising chain under decimation",
        "Where repeated decimation takes a chain: every finite coupling flows to the stable line K* = 0, without a field to h* = 0, and the field grows on the way.",
        "It is the chain's flow and not a network's: whether a network follows it is asked by the other figures.",
        "Streamlines: all decimations b = 1, 2, 3, \u2026 of one chain. "
            + whose
            + " Weak claim: that couplings go to K* = 0 for large b is true of untrained networks as well; strong: the numbers on the way.",
        Figure.FULL,
        sheet.height(),
        sheet.body(),
        Map.of("kind", "titles"));
  }

  /** The (K, h) plane with a flow on it. */
  static Sheet.Chart chart(@Nullable Flow flow) {
    List<Scale.Tick> ticks = new ArrayList<>();
    for (double coupling : TICKS) {
      ticks.add(new Scale.Tick(Math.tanh(coupling), Numbers.show(coupling)));
    }
    ticks.add(new Scale.Tick(1, "\u221e"));
    List<Series> series = flow == null ? List.of() : List.of(steps(flow));
    return new Sheet.Chart(
            "Coupling and field",
            300,
            new Axis("coupling K, by tanh K", new Scale.Linear(0, 1, 0.25), ticks),
            new Axis("field h", new Scale.Linear(-FIELD, FIELD, 0.5)),
            series,
            Curves.Style.LINES_AND_MARKS)
        .over(FlowDiagram::field);
  }

  private static Series steps(Flow flow) {
    List<IsingChain> chains =
        flow.steps().stream()
            .map(Flow.Step::chain)
            .filter(chain -> Math.abs(chain.field()) <= FIELD && chain.coupling() >= 0)
            .limit(MOST_STEPS)
            .toList();
    return new Series(
        "decimation by b = "
            + flow.block()
            + " from K = "
            + Numbers.show(flow.steps().getFirst().chain().coupling(), 3),
        Series.Look.FIRST,
        chains.stream().mapToDouble(chain -> Math.tanh(chain.coupling())).toArray(),
        chains.stream()
            .map(chain ->
                "K = " + Numbers.show(chain.coupling()) + ", h = " + Numbers.show(chain.field()))
            .toList(),
        chains.stream().map(chain -> Band.exactly(chain.field())).toArray(Band[]::new));
  }

  private static void field(Svg svg, Frame frame) {
    for (double h : FIELDS) {
      streamline(svg, frame, h, 1);
      if (h > 0) {
        streamline(svg, frame, h, -1);
      }
    }
    svg.line(frame.px(0), frame.py(-FIELD), frame.px(0), frame.py(FIELD), "fixed-line");
    svg.leaf("circle", "cx", frame.px(1), "cy", frame.py(0), "r", 6, "class", "unstable");
    double right = frame.left() + frame.width();
    svg.text(right, frame.top() - 25, "tick end", "stable line: K* = 0, any h*");
    svg.text(
        right,
        frame.top() - 9,
        "tick end",
        "unstable: K* = \u221e, h* = 0, where u\u2032 = b u, y = 1");
  }

  /** All decimations of the chain with this field at the right edge. */
  private static void streamline(Svg svg, Frame frame, double field, int sign) {
    IsingChain start = new IsingChain(START, field);
    List<double[]> points = new ArrayList<>();
    points.add(new double[] {frame.px(1), frame.py(0)});
    int block = 1;
    while (true) {
      IsingChain chain = block == 1 ? start : new Decimation(block).step(start).chain();
      double t = Math.tanh(chain.coupling());
      if (Math.abs(chain.field()) > FIELD) {
        break;
      }
      points.add(new double[] {frame.px(t), frame.py(sign * chain.field())});
      if (t < FARTHEST) {
        break;
      }
      block = Math.max(block + 1, (int) (block * GROWTH));
    }
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(Numbers.coordinate(point[0]))
          .append(',')
          .append(Numbers.coordinate(point[1]));
    }
    svg.leaf("path", "class", "stream", "d", path);
    arrow(svg, frame, points, 0.62);
    arrow(svg, frame, points, 0.25);
  }

  /** A head on the streamline where it passes this tanh K. */
  private static void arrow(Svg svg, Frame frame, List<double[]> points, double at) {
    double x = frame.px(at);
    for (int i = 1; i < points.size(); i++) {
      double[] from = points.get(i - 1);
      double[] to = points.get(i);
      if (from[0] >= x && to[0] < x) {
        double turn = Math.toDegrees(Math.atan2(to[1] - from[1], to[0] - from[0]));
        svg.leaf(
            "path",
            "class",
            "stream-head",
            "transform",
            "translate("
                + Numbers.coordinate(to[0])
                + " "
                + Numbers.coordinate(to[1])
                + ") rotate("
                + Numbers.coordinate(turn)
                + ")",
            "d",
            "M5,0L-4,-3.6L-4,3.6z");
        return;
      }
    }
  }
}
