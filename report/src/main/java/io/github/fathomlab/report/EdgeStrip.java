package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The windowed ratio sum Q / sum D of curvature energy to dissipation, with the line at 1, the edge
 * of stability.
 *
 * <p>Both sums run over the same steps: those at which every layer has its curvature and the
 * dissipation is known. For an optimizer without memory D is lr|f|^2 = -(X + dJ), the form in which
 * sum Q / sum D = 1 + (sum dLoss + sum X) / sum D holds to rounding; this is checked and said.
 */
final class EdgeStrip {
  private static final int MOST_WINDOWS = 60;
  private static final int LEAST_STEPS = 10;

  private final boolean memoryless;
  private final Cells curvature;
  private final Cells dissipation;
  private final Cells current;
  private final Cells external;
  private final Cells lossChange;

  private EdgeStrip(boolean memoryless, Recorded recorded) {
    this.memoryless = memoryless;
    curvature = Cells.ofLayers(recorded, "ledger.curvature");
    dissipation = Cells.ofLayers(recorded, "ledger.dissipation");
    current = Cells.ofLayers(recorded, "ledger.current");
    external = Cells.ofLayers(recorded, "ledger.external");
    lossChange = Cells.ofNetwork(recorded, "ledger.loss_change");
  }

  static Optional<Figure> of(boolean memoryless, Recorded recorded) {
    EdgeStrip strip = new EdgeStrip(memoryless, recorded);
    boolean spentKnown =
        memoryless
            ? strip.current.coversDepth() && !strip.external.isEmpty()
            : !strip.dissipation.isEmpty();
    return strip.curvature.isEmpty() || !spentKnown
        ? Optional.empty()
        : Optional.of(strip.figure());
  }

  /**
   * The sums of one window and replica.
   *
   * @param steps how many steps entered
   * @param curvature sum of Q
   * @param spent sum of D
   * @param identity 1 + (sum dLoss + sum X) / sum D, NaN where it does not apply
   */
  private record Sums(int steps, double curvature, double spent, double identity) {
    double ratio() {
      return spent > 0 ? curvature / spent : Double.NaN;
    }
  }

  private Sums sums(long[] steps, int replica) {
    int used = 0;
    double q = 0;
    double d = 0;
    double gained = 0;
    for (long step : steps) {
      double curved = curvature.total(step, replica);
      double spent = spent(step, replica);
      if (Double.isFinite(curved) && Double.isFinite(spent)) {
        used++;
        q += curved;
        d += spent;
        gained += lossChange.total(step, replica) + external.total(step, replica);
      }
    }
    return new Sums(used, q, d, memoryless && d > 0 ? 1 + gained / d : Double.NaN);
  }

  private double spent(long step, int replica) {
    if (!memoryless) {
      return dissipation.total(step, replica);
    }
    double[] through = current.overDepth(step, replica);
    // The drops of J over the layers add up to J at the last cut, because J_0 = 0.
    return through == null
        ? Double.NaN
        : -(external.total(step, replica) + through[through.length - 1]);
  }

  private Figure figure() {
    Windows windows = Windows.of(curvature.steps, MOST_WINDOWS, LEAST_STEPS);
    Band[] ratios = new Band[windows.count()];
    double worst = Double.NaN;
    boolean skipped = false;
    for (int window = 0; window < ratios.length; window++) {
      long[] steps = windows.of(window);
      double[] perReplica = new double[curvature.replicas.length];
      for (int r = 0; r < perReplica.length; r++) {
        Sums sums = sums(steps, curvature.replicas[r]);
        perReplica[r] = sums.ratio();
        skipped |= sums.steps() < steps.length;
        double off = Math.abs(sums.ratio() - sums.identity());
        worst = Double.isNaN(worst) || off > worst ? off : worst;
      }
      ratios[window] = Band.of(perReplica, missing());
    }
    return figure(windows, ratios, method(windows, worst, skipped));
  }

  private Status missing() {
    return curvature.reason() == Status.OK ? Status.NOT_FINITE : curvature.reason();
  }

  private String method(Windows windows, double worst, boolean skipped) {
    int n = curvature.replicas.length;
    return windows.describe()
        + (n == 1
            ? " One replica, so there is no band."
            : " Line: mean, band: smallest to largest of n = " + n + " replicas.")
        + " Only steps at which the curvature was recorded enter both sums."
        + (skipped ? " Some of them have no usable number and are left out of both." : "")
        + (memoryless
            ? " D is lr|f|\u00b2 = \u2212(X + \u0394J), the form for an optimizer without memory."
            : "")
        + (Double.isFinite(worst)
            ? " Check: the ratio equals 1 + (\u03a3\u0394\u2113 + \u03a3X)/\u03a3D within "
                + Numbers.show(worst, 2)
                + " in every window."
            : "");
  }

  private Figure figure(Windows windows, Band[] ratios, String method) {
    Series ratio =
        new Series(
            "\u03a3Q / \u03a3D", Series.Look.FIRST, windows.centres(), windows.names(), ratios);
    List<Band[]> covered = new ArrayList<>();
    covered.add(ratios);
    covered.add(new Band[] {Band.exactly(0), Band.exactly(1)});
    double last = curvature.steps[curvature.steps.length - 1];
    Frame frame =
        new Frame(
            64,
            52,
            Figure.FULL - 88,
            200,
            new Axis("optimizer step", Scale.Linear.between(0, Math.max(1, last), 8)),
            Curves.valueAxis("ratio \u03a3Q / \u03a3D, no unit", covered, false));
    Svg svg = new Svg();
    svg.append(Curves.draw(frame, List.of(ratio), Curves.Style.LINES));
    svg.line(frame.left(), frame.py(0), frame.left() + frame.width(), frame.py(0), "zero");
    Reference.draw(svg, frame, 1, "1: edge of stability");
    Notes notes = new Notes();
    Map<String, Object> data = Curves.data(frame, List.of(ratio), notes);
    data.put("notes", notes.all());
    return new Figure(
        "edge",
        "Edge of stability: curvature energy against dissipation",
        "Which part of the energy spent the curvature of the loss hands back: far below 1 the descent is smooth, near 1 the steps are spent on bouncing.",
        "It is not the sharpness: the ratio is lr\u00b7\u03bb/2 to leading order and for full-batch gradient descent only; with mini-batches the curvature along the noise is in it too.",
        method,
        Figure.FULL,
        302,
        svg.toString(),
        data);
  }
}
