package io.github.fathomlab.bulkboundary.field;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.ParameterTensor;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;
import java.util.Collections;
import java.util.List;

/**
 * The dissipation of every layer of an untrained tanh network, in the first step of plain gradient
 * descent.
 *
 * <p>Formula: {@code D_m = lr |g_m|²} with lr = 1, g_m = ∂ℓ/∂(W_m, b_m), ℓ = ½|z_L - y|² of one
 * sample. In a homogeneous bulk of infinite width ln D_m is linear in m with slope -ln χ_1.
 *
 * <p>Symbols: W_m (n x n) normal with variance σ_w,m²/n, b_m (n) with variance σ_b²; D in loss per
 * step, for lr = 1. The input is normal with the given variance per unit, so that it can start the
 * bulk at its fixed point.
 *
 * <p>Source: the slope is that of gradients in the mean-field theory of Schoenholz et al.,
 * arXiv:1611.01232; its reading as the dissipation of a bulk is Fathom's. Cost: one forward and one
 * backward pass, and n² random numbers per layer.
 */
public final class RandomBulk {
  private static final Kernels KERNELS = new DoubleKernels(true);

  private RandomBulk() {}

  /**
   * D_m of one network.
   *
   * @param width n, of every layer, input and output
   * @param sigmaWeights σ_w of every layer (L)
   * @param sigmaBias σ_b
   * @param inputVariance mean square of an input
   * @param seed of weights, biases, input and target
   */
  public static double[] dissipation(
      int width, double[] sigmaWeights, double sigmaBias, double inputVariance, long seed) {
    Network network = network(width, sigmaWeights, sigmaBias, seed);
    Trace trace = network.trace(1);
    fill(trace.input(), StrictMath.sqrt(inputVariance), CounterRandom.key(seed, 1));
    Matrix target = KERNELS.zeros(width, 1);
    fill(target, 1, CounterRandom.key(seed, 2));
    network.forward(trace, Pass.evaluation());
    new Loss.SquaredError().evaluate(KERNELS, trace.output(), target, trace.outputGradient());
    network.backward(trace);
    double[] dissipation = new double[sigmaWeights.length];
    for (ParameterTensor tensor : network.tensors()) {
      Matrix g = tensor.of(trace.gradient());
      dissipation[tensor.layer()] += KERNELS.dot(g, g);
    }
    return dissipation;
  }

  private static Network network(int width, double[] sigmaWeights, double sigmaBias, long seed) {
    List<Integer> widths = Collections.nCopies(sigmaWeights.length + 1, width);
    Initialisation unit = new Initialisation.Scaled(1);
    MlpSpec spec = new MlpSpec(widths, new Activation.Tanh(), false, false, 0, true, unit);
    Network network = Network.create(spec, KERNELS, CounterRandom.key(seed, 0));
    for (ParameterTensor tensor : network.tensors()) {
      Matrix values = tensor.of(network.parameters());
      if (tensor.name().startsWith("W")) {
        scale(values, sigmaWeights[tensor.layer()]);
      } else {
        fill(values, sigmaBias, CounterRandom.key(seed, 3, tensor.layer()));
      }
    }
    return network;
  }

  private static void scale(Matrix values, double factor) {
    double[] numbers = values.toArray();
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] *= factor;
    }
    values.setAll(numbers);
  }

  private static void fill(Matrix values, double deviation, long key) {
    double[] numbers = new double[values.rows() * values.columns()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = deviation * CounterRandom.gaussian(key, k);
    }
    values.setAll(numbers);
  }
}
