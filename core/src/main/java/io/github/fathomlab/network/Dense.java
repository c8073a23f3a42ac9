package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An affine map followed by row maps: out = mask ∘ σ(norm(W in + b)).
 *
 * <p>The pre-activation z = W in is stored without the bias, which {@link RowMaps} adds. Cost: one
 * product of 2·inputs·outputs·B flops forward, two backward, two tangent.
 */
public final class Dense implements Layer {
  private final LayerShape shape;
  private final ParameterTensor weights;
  private final RowMaps rows;

  Dense(String name, ParameterTensor weights, List<ParameterTensor> tensors, RowMaps rows) {
    this.weights = weights;
    shape = new LayerShape(name, weights.columns(), weights.rows(), tensors);
    this.rows = rows;
  }

  @Override
  public LayerShape shape() {
    return shape;
  }

  @Override
  public LayerTrace trace(Kernels k, Matrix sharedGradient) {
    return new LayerTrace(k, outputs(), true, sharedGradient);
  }

  @Override
  public void forward(
      Kernels k, Matrix theta, Matrix statistics, Pass pass, Matrix in, LayerTrace trace) {
    k.multiply(false, weights.of(theta), false, in, 0, z(trace));
    rows.forward(k, theta, statistics, pass, trace.rows, z(trace), trace.out);
  }

  @Override
  public void backward(
      Kernels k,
      Matrix theta,
      Matrix gradient,
      Matrix in,
      LayerTrace trace,
      @Nullable Matrix inGradient) {
    rows.backward(k, theta, gradient, trace.rows, z(trace), trace.outGradient, trace.delta);
    k.multiply(false, trace.delta, true, in, 0, weights.of(gradient));
    if (inGradient != null) {
      k.multiply(true, weights.of(theta), false, trace.delta, 0, inGradient);
    }
  }

  @Override
  public void tangent(
      Kernels k,
      Matrix theta,
      Matrix direction,
      Matrix in,
      @Nullable Matrix inDot,
      LayerTrace trace) {
    k.multiply(false, weights.of(direction), false, in, 0, trace.zTangent());
    if (inDot != null) {
      k.multiply(false, weights.of(theta), false, inDot, 1, trace.zTangent());
    }
    rows.tangent(k, theta, direction, trace.rows, z(trace), trace.zTangent(), trace.outTangent());
  }

  /** Δz = W̄ Δin + ΔW īn, then the row maps. */
  @Override
  public Matrix secantForward(
      Kernels k,
      Matrix theta,
      Matrix displacement,
      Matrix in,
      @Nullable Matrix inStep,
      LayerTrace trace) {
    LayerSecants s = trace.secants(rows, inputs());
    if (inStep == null) {
      s.midIn.copyFrom(in);
    } else {
      k.combine(s.midIn, half(k, inputs()), inStep, null, in, null, 0, inputs());
    }
    k.multiply(false, weights.of(displacement), false, s.midIn, 0, s.source);
    s.zStep.copyFrom(s.source);
    if (inStep != null) {
      k.multiply(false, middleWeights(k, theta, displacement), false, inStep, 1, s.zStep);
    }
    s.rows.forward(k, theta, displacement, trace.rows, z(trace), s.zStep, s.outStep);
    return s.outStep;
  }

  @Override
  public @Nullable Matrix secantBackward(
      Kernels k,
      Matrix theta,
      Matrix displacement,
      Matrix in,
      @Nullable Matrix inStep,
      Matrix meanOut,
      LayerTrace trace,
      SecantWork work) {
    LayerSecants s = trace.secants(rows, inputs());
    s.rows.backward(k, theta, displacement, trace.rows, z(trace), s.zStep, meanOut, s.meanZ, work);
    work.add(weights, k.dot(s.meanZ, s.source));
    if (inStep == null) {
      return null;
    }
    k.multiply(true, middleWeights(k, theta, displacement), false, s.meanZ, 0, s.meanIn);
    return s.meanIn;
  }

  private Matrix middleWeights(Kernels k, Matrix theta, Matrix displacement) {
    Matrix middle = k.vector(outputs() * inputs());
    middle.copyFrom(theta.view(weights.start(), 1, outputs() * inputs()));
    k.add(0.5, displacement.view(weights.start(), 1, outputs() * inputs()), middle);
    return middle.view(0, outputs(), inputs());
  }

  private static Matrix half(Kernels k, int length) {
    Matrix half = k.vector(length);
    half.fill(0.5);
    return half;
  }

  private static Matrix z(LayerTrace trace) {
    return Objects.requireNonNull(trace.affine);
  }
}
