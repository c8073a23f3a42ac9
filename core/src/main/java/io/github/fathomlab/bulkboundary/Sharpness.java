package io.github.fathomlab.bulkboundary;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;

/**
 * The sharpness of a loss: the largest eigenvalue of its Hessian, by power iteration.
 *
 * <pre>
 *   v ← (H + c)v / |(H + c)v|,   λ = v·Hv,   Hv ≈ (g(θ + tv) - g(θ - tv)) / 2t
 * </pre>
 *
 * <p>θ: parameters (P), g = ∂ℓ/∂θ on the given samples with batch statistics and without masks, v a
 * unit vector, t = ε^{1/3} max(1, |θ|). The shift c is 0; where the dominant eigenvalue turns out
 * negative, or has an opposite of its size, a second iteration with c = |Hv| finds the largest one.
 * λ has units of loss per squared parameter; gradient descent with rate lr is stable along v while
 * lr λ &lt; 2. Source: Cohen et al., arXiv:2103.00065, section 2, for the quantity; the iteration
 * is textbook. Valid in float64 and where ℓ is twice differentiable; ReLU kinks inside the
 * difference spoil it. Slow where the two largest eigenvalues nearly agree, but λ is then still one
 * of them to the stated residual. Cost: two gradients per iteration, memory four vectors. The
 * parameters are moved during the measurement and put back bit for bit; v is kept as the start of
 * the next one.
 */
public final class Sharpness {
  private static final long START = 2103;

  private final Network network;
  private final Loss loss;
  private final Matrix targets;
  private final Kernels kernels;
  private final Trace trace;
  private final Matrix theta;
  private final Matrix direction;
  private final Matrix product;

  /**
   * An eigenvalue.
   *
   * @param value λ
   * @param residual |Hv - λv|: an eigenvalue of H lies within it of λ
   * @param converged whether the residual fell to the tolerance asked for
   */
  public record Estimate(double value, double residual, boolean converged) {}

  /**
   * @param network whose parameters are measured, wherever they are at each call
   * @param inputs samples [features x n]
   * @param targets of the samples [outputs x n]
   */
  public Sharpness(Network network, Loss loss, Matrix inputs, Matrix targets) {
    if (network.kernels().precision() != Precision.FLOAT64) {
      throw new IllegalArgumentException(
          "sharpness is a difference of gradients and needs a network in float64, found "
              + network.kernels().precision());
    }
    this.network = network;
    this.loss = loss;
    this.targets = targets;
    kernels = network.kernels();
    trace = network.trace(inputs.columns());
    trace.input().copyFrom(inputs);
    int length = network.parameters().columns();
    theta = kernels.vector(length);
    product = kernels.vector(length);
    direction = kernels.vector(length);
    for (int i = 0; i < length; i++) {
      direction.set(0, i, CounterRandom.gaussian(START, i));
    }
    normalise(direction);
  }

  /**
   * The largest eigenvalue.
   *
   * @param tolerance residual, relative to |λ + c|, at which the iteration ends
   * @param most iterations, for each of the two shifts
   */
  public Estimate largest(double tolerance, int most) {
    theta.copyFrom(network.parameters());
    try {
      Estimate dominant = iterate(0, tolerance, most);
      return dominant.value < 0 || !dominant.converged
          ? iterate(Math.hypot(dominant.value, dominant.residual), tolerance, most)
          : dominant;
    } finally {
      network.parameters().copyFrom(theta);
    }
  }

  private Estimate iterate(double shift, double tolerance, int most) {
    double value = 0;
    double residual = Double.POSITIVE_INFINITY;
    for (int n = 0; n < most; n++) {
      multiply();
      kernels.add(shift, direction, product);
      value = kernels.dot(direction, product);
      kernels.add(-value, direction, product);
      residual = Math.sqrt(kernels.dot(product, product));
      if (!(residual > tolerance * Math.abs(value))) {
        break;
      }
      kernels.add(value, direction, product);
      direction.copyFrom(product);
      normalise(direction);
    }
    return new Estimate(value - shift, residual, residual <= tolerance * Math.abs(value));
  }

  /** product := H direction. */
  private void multiply() {
    double t = Math.cbrt(Math.ulp(1.0)) * Math.max(1, Math.sqrt(kernels.dot(theta, theta)));
    gradientAt(t);
    product.copyFrom(trace.gradient());
    gradientAt(-t);
    kernels.add(-1, trace.gradient(), product);
    scale(product, 1 / (2 * t));
  }

  private void gradientAt(double t) {
    network.parameters().copyFrom(theta);
    kernels.add(t, direction, network.parameters());
    network.forward(trace, Pass.batchStatisticsOnly());
    loss.evaluate(kernels, trace.output(), targets, trace.outputGradient());
    network.backward(trace);
  }

  private void normalise(Matrix x) {
    scale(x, 1 / Math.sqrt(kernels.dot(x, x)));
  }

  private static void scale(Matrix x, double factor) {
    for (int i = 0; i < x.columns(); i++) {
      x.set(0, i, factor * x.get(0, i));
    }
  }
}
