package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation of the input, with its own scale and shift: a layer with row maps and no
 * affine map.
 */
public final class Normalise implements Layer {
  private final LayerShape shape;
  private final RowMaps rows;

  Normalise(String name, List<ParameterTensor> tensors, RowMaps rows) {
    shape = new LayerShape(name, rows.width(), rows.width(), tensors);
    this.rows = rows;
  }

  @Override
  public LayerShape shape() {
    return shape;
  }

  @Override
  public LayerTrace trace(Kernels k, Matrix sharedGradient) {
    return new LayerTrace(k, outputs(), false, sharedGradient);
  }

  @Override
  public void forward(
      Kernels k, Matrix theta, Matrix statistics, Pass pass, Matrix in, LayerTrace trace) {
    rows.forward(k, theta, statistics, pass, trace.rows, in, trace.out);
  }

  @Override
  public void backward(
      Kernels k,
      Matrix theta,
      Matrix gradient,
      Matrix in,
      LayerTrace trace,
      @Nullable Matrix inGradient) {
    rows.backward(k, theta, gradient, trace.rows, in, trace.outGradient, trace.delta);
    if (inGradient != null) {
      inGradient.copyFrom(trace.delta);
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
    Matrix moving = inDot;
    if (moving == null) {
      moving = trace.zTangent();
      moving.fill(0);
    }
    rows.tangent(k, theta, direction, trace.rows, in, moving, trace.outTangent());
  }

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
      s.zStep.fill(0);
    } else {
      s.zStep.copyFrom(inStep);
    }
    s.rows.forward(k, theta, displacement, trace.rows, in, s.zStep, s.outStep);
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
    s.rows.backward(k, theta, displacement, trace.rows, in, s.zStep, meanOut, s.meanZ, work);
    return s.meanZ;
  }
}
