package io.github.fathomlab.bulkboundary.lagrangian;

import java.util.ArrayList;
import java.util.List;

/**
 * The motion in weights and neurons against the motion in weights and biases.
 *
 * <pre>   error = max |W_local - W|, |z_local - z(W, b)|  after the duration </pre>
 *
 * <p>With the loss off the bulk is flat, and the exact motion is the straight line W, b(t) = W,
 * b(0) + Ẇ, ḃ(0)(1 - e^{-γt})/γ. Source: Fathom's derivation (bulk-boundary specification, §2.2).
 * Validity: one sample, smooth σ. Cost: that of {@link LocalFlow}.
 */
public final class CoordinateAgreement {
  private final ChainState start;
  private final double gamma;
  private final double duration;

  public CoordinateAgreement(ChainState start, double gamma, double duration) {
    this.start = start;
    this.gamma = gamma;
    this.duration = duration;
  }

  /** Against the flow in weights and biases, both by the same scheme; order 4. */
  public Convergence flows(int coarsest, int halvings) {
    DampedFlow flow = DampedFlow.of(start, gamma);
    List<ChainState> references = new ArrayList<>();
    for (int n = 0; n <= halvings; n++) {
      OdeSolver solver = new OdeSolver.RungeKutta(coarsest << n);
      references.add(flow.state(solver.integrate(flow, flow.start(start), duration)));
    }
    return against(start, references, coarsest);
  }

  /** With the loss off against the straight line; order 4. */
  public Convergence straightLine(int coarsest, int halvings) {
    double reach = gamma == 0 ? duration : -StrictMath.expm1(-gamma * duration) / gamma;
    List<LayerVector> parameters = new ArrayList<>();
    List<LayerVector> velocity = new ArrayList<>();
    for (int m = 0; m < start.chain().depth(); m++) {
      LayerVector v = start.velocity().get(m);
      parameters.add(start.parameters().get(m).plus(reach, v));
      velocity.add(v.times(StrictMath.exp(-gamma * duration)));
    }
    Chain bulk = start.chain().withoutLoss();
    ChainState end = new ChainState(bulk, parameters, velocity, start.data());
    ChainState free = new ChainState(bulk, start.parameters(), start.velocity(), start.data());
    List<ChainState> references = new ArrayList<>();
    for (int n = 0; n <= halvings; n++) {
      references.add(end);
    }
    return against(free, references, coarsest);
  }

  private Convergence against(ChainState from, List<ChainState> references, int coarsest) {
    LocalLagrangian here = LocalLagrangian.of(from);
    LocalFlow local =
        new LocalFlow(from.chain(), from.data().inputs()[0], from.data().targets()[0], gamma);
    List<Double> steps = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (int n = 0; n < references.size(); n++) {
      int count = coarsest << n;
      double[] end = new OdeSolver.RungeKutta(count).integrate(local, local.start(here), duration);
      double[] expected = LocalLagrangian.of(references.get(n)).position().pack();
      steps.add(duration / count);
      errors.add(SmallMatrices.distance(local.at(end).position().pack(), expected));
    }
    return new Convergence(steps, errors);
  }
}
