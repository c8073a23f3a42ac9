package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer m, mapping the state z_m to z_{m+1}, with its four maps written out: forward, backward
 * (VJP), tangent (JVP) and secant. There is no hidden graph.
 *
 * <p>States are [width x batch], images [channels x positions·batch]. Layers hold structure only;
 * parameters live in the network's flat vector, tensors of one pass in a {@link LayerTrace}.
 * Backward, tangent and secant use what the last forward pass left in the trace, masks included.
 */
public sealed interface Layer permits Affine, RowLayer, LayerNorm, Block {

  /** Name, widths and parameters. */
  LayerShape shape();

  /** For people: {@code input}, {@code hidden 3}, {@code output}. */
  default String name() {
    return shape().name();
  }

  default int inputs() {
    return shape().inputs();
  }

  default int outputs() {
    return shape().outputs();
  }

  /** The layer's parameters in the flat vector. */
  default List<ParameterTensor> tensors() {
    return shape().tensors();
  }

  /** Number of trained parameters. */
  default int parameters() {
    return tensors().stream().mapToInt(tensor -> tensor.rows() * tensor.columns()).sum();
  }

  /** First entry of the layer's range in the flat vector. */
  default int start() {
    return tensors().getFirst().start();
  }

  /** One past the last entry of the layer's range, padding included. */
  default int end() {
    return tensors().getLast().end();
  }

  /**
   * Allocates the tensors of a pass.
   *
   * @param sharedGradient [widest layer x columns], shared by every second layer, or null
   */
  LayerTrace trace(Kernels k, int batch, @Nullable Matrix sharedGradient);

  /** out := F(in; θ). */
  void forward(Kernels k, Matrix theta, Matrix statistics, Pass pass, Matrix in, LayerTrace trace);

  /**
   * Gradients of this layer's parameters, and ∂ℓ/∂in unless {@code inGradient} is null, from
   * trace.outGradient.
   */
  void backward(
      Kernels k,
      Matrix theta,
      Matrix gradient,
      Matrix in,
      LayerTrace trace,
      @Nullable Matrix inGradient);

  /** trace.outTangent := derivative of out along (inDot, direction); null inDot counts as zero. */
  void tangent(
      Kernels k,
      Matrix theta,
      Matrix direction,
      Matrix in,
      @Nullable Matrix inDot,
      LayerTrace trace);

  /** Exact change of out when in moves by inStep (null: not at all) and θ by the step. */
  Matrix secantForward(
      Kernels k, FiniteStep step, Matrix in, @Nullable Matrix inStep, LayerTrace trace);

  /** The adjoint of {@link #secantForward}: δ̄_in from δ̄_out; adds this layer's 𝒫 to the work. */
  @Nullable Matrix secantBackward(
      Kernels k,
      FiniteStep step,
      Matrix in,
      @Nullable Matrix inStep,
      Matrix meanOut,
      LayerTrace trace,
      SecantWork work);
}
