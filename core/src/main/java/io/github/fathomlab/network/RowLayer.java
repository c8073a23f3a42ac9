package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Row maps without an affine map before them: batch normalisation of the input, or the activation
 * and mask of a block.
 */
public final class RowLayer implements Layer {
  private final LayerShape shape;
  private final RowMaps rows;

  RowLayer(String name, int positions, List<ParameterTensor> tensors, RowMaps rows) {
    shape = new LayerShape(name, rows.width(), rows.width(), positions, tensors);
    this.rows = rows;
  }

  @Override
  public LayerShape shape() {
    return shape;
  }

  @Override
  public LayerTrace trace(Kernels k, int batch, @Nullable Matrix sharedGradient) {
    int columns = shape.positions() * batch;
    return new RowTrace(k, outputs(), columns, false, null, sharedGradient);
  }

  @Override
  public void forward(
      Kernels k, Matrix theta, Matrix statistics, Pass pass, Matrix in, LayerTrace trace) {
    rows.forward(k, theta, statistics, pass, ((RowTrace) trace).rows, in, trace.out());
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
    rows.backward(k, theta, gradient, t.rows, in, t.outGradient(), t.delta());
    if (inGradient != null) {
      inGradient.copyFrom(t.delta());
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
    Matrix moving = inDot;
    if (moving == null) {
      moving = t.zTangent();
      moving.fill(0);
    }
    rows.tangent(k, theta, direction, t.rows, in, moving, t.outTangent());
  }

  @Override
  public Matrix secantForward(
      Kernels k, FiniteStep step, Matrix in, @Nullable Matrix inStep, LayerTrace trace) {
    RowTrace t = (RowTrace) trace;
    LayerSecants s = t.secants(rows, in);
    s.rows.forward(k, step, t.rows, in, inStep, s.outStep);
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
    s.rows.backward(k, t.rows, in, inStep, meanOut, s.meanZ, work);
    return inStep == null ? null : s.meanZ;
  }
}
