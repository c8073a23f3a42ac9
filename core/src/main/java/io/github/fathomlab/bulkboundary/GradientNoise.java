package io.github.fathomlab.bulkboundary;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;

/**
 * The noise of single-sample gradients: the trace of their covariance over a set of samples.
 *
 * <pre>
 *   S² = tr Σ = Σ_a |g_a - ḡ|² / (n - 1)
 * </pre>
 *
 * <p>g_a = ∂ℓ_a/∂θ (P) of sample a alone, ḡ their mean over n samples; S² in squared loss per
 * squared parameter. With the divisor n - 1 a batch of B drawn without replacement has a gradient
 * of variance S²/B (1 - B/n). Source: textbook; passes with one sample each and Welford's
 * recurrence, so nothing cancels. Valid for networks whose samples do not see each other: refused
 * with batch normalisation; dropout is off. Cost: n passes with one sample, memory three vectors.
 */
public final class GradientNoise {
  private final Network network;
  private final Loss loss;
  private final Trace trace;

  /**
   * @param network whose parameters are measured, wherever they are at each call
   */
  public GradientNoise(Network network, Loss loss) {
    if (!network.statisticTensors().isEmpty()) {
      throw new IllegalArgumentException(
          "with batch normalisation a sample has no gradient of its own; use a network without it");
    }
    this.network = network;
    this.loss = loss;
    trace = network.trace(1);
  }

  /**
   * S² over all given samples.
   *
   * @param inputs [features x n]
   * @param targets [outputs x n]
   */
  public double trace(Matrix inputs, Matrix targets) {
    int n = inputs.columns();
    if (n < 2) {
      throw new IllegalArgumentException(
          "the covariance of gradients needs at least 2 samples, found " + n);
    }
    Kernels kernels = network.kernels();
    Matrix mean = kernels.vector(network.parameters().columns());
    Matrix deviation = kernels.vector(mean.columns());
    Matrix target = kernels.zeros(targets.rows(), 1);
    double squares = 0;
    for (int a = 0; a < n; a++) {
      trace.input().gather(inputs, new int[] {a});
      target.gather(targets, new int[] {a});
      network.forward(trace, Pass.evaluation());
      loss.evaluate(kernels, trace.output(), target, trace.outputGradient());
      network.backward(trace);
      deviation.copyFrom(trace.gradient());
      kernels.add(-1, mean, deviation);
      squares += kernels.dot(deviation, deviation) * a / (a + 1);
      kernels.add(1.0 / (a + 1), deviation, mean);
    }
    return squares / (n - 1);
  }
}
