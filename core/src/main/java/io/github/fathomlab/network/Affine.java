package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An affine map followed by row maps: out = mask ∘ σ(norm(W · in + b)), dense or a convolution.
 *
 * <p>The pre-activation z = W · in is stored without the bias, which {@link RowMaps} adds. Cost:
 * one product forward, two backward, two tangent, three secant.
 */
public final class Affine implements Layer {
  private final LayerShape shape;
  private final Weights weights;
  private final RowMaps rows;

  Affine(String name, int inputs, Weights weights, List<ParameterTensor> tensors, RowMaps rows) {
    this.weights = weights;
    shape = new LayerShape(name, inputs, rows.width(), weights.positions(), tensors);
    this.rows = rows;
  }

  @Override
  public LayerShape shape() {
    return shape;
  }

  @Override
  public LayerTrace trace(Kernels k, int batch, @Nullable Matrix sharedGradient) {
    int columns = shape.positions() * batch;
    return new RowTrace(k, outputs(), columns, true, weights.patches(k, batch), sharedGradient);
  }

  private Matrix of(Matrix flat) {
    return weights.tensor().of(flat);
  }

  @Override
  public void forward(
      Kernels k, Matrix theta, Matrix statistics, Pass pass, Matrix in, LayerTrace trace) {
    RowTrace t = (RowTrace) trace;
    weights.apply(k, of(theta), in, 0, t.affine(), t.patches);
    rows.forward(k, theta, statistics, pass, t.rows, t.affine(), t.out());
  }

  @Override
  public void backward(
      Kernels k,
      Matrix theta,
      Matrix gradient,
      Matrix in,
      LayerTrace trace,
      @Nullable Matrix inGradient) {
    RowTrace t = (RowTrace) trace;
    rows.backward(k, theta, gradient, t.rows, t.affine(), t.outGradient(), t.delta());
    weights.gradient(k, t.delta(), in, of(gradient), t.patches);
    if (inGradient != null) {
      weights.adjoint(k, of(theta), t.delta(), inGradient, t.patches);
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
    RowTrace t = (RowTrace) trace;
    weights.apply(k, of(direction), in, 0, t.zTangent(), t.patches);
    if (inDot != null) {
      weights.apply(k, of(theta), inDot, 1, t.zTangent(), t.patches);
    }
    rows.tangent(k, theta, direction, t.rows, t.affine(), t.zTangent(), t.outTangent());
  }

  /** Δz = W̄ · Δin + ΔW · īn, then the row maps. */
  @Override
  public Matrix secantForward(
      Kernels k, FiniteStep step, Matrix in, @Nullable Matrix inStep, LayerTrace trace) {
    RowTrace t = (RowTrace) trace;
    LayerSecants s = t.secants(rows, in);
    Matrix midIn = in;
    if (inStep != null) {
      k.combine(s.midIn, s.half, inStep, null, in, null, 0, in.rows());
      midIn = s.midIn;
    }
    weights.apply(k, step.displacement(weights.tensor()), midIn, 0, s.source, t.patches);
    s.zStep.copyFrom(s.source);
    if (inStep != null) {
      weights.apply(k, step.middle(weights.tensor()), inStep, 1, s.zStep, t.patches);
    }
    s.rows.forward(k, step, t.rows, t.affine(), s.zStep, s.outStep);
    return s.outStep;
  }

  @Override
  public @Nullable Matrix secantBackward(
      Kernels k,
      FiniteStep step,
      Matrix in,
      @Nullable Matrix inStep,
      Matrix meanOut,
      LayerTrace trace,
      SecantWork work) {
    RowTrace t = (RowTrace) trace;
    LayerSecants s = t.secants(rows, in);
    s.rows.backward(k, t.rows, t.affine(), s.zStep, meanOut, s.meanZ, work);
    work.add(weights.tensor(), k.dot(s.meanZ, s.source));
    if (inStep == null) {
      return null;
    }
    weights.adjoint(k, step.middle(weights.tensor()), s.meanZ, s.meanIn, t.patches);
    return s.meanIn;
  }
}
