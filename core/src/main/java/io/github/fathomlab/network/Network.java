package io.github.fathomlab.network;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain of layers with their parameters in one flat vector: z_{m+1} = F_m(z_m; θ_m).
 *
 * <p>Passes work on a {@link Trace}; many networks of one shape can share a trace as long as they
 * take turns.
 */
public final class Network {
  private final Kernels kernels;
  private final List<Layer> layers;
  private final List<ParameterTensor> statisticTensors;
  private final Matrix parameters;
  private final Matrix statistics;

  private Network(
      Kernels kernels,
      List<Layer> layers,
      List<ParameterTensor> statisticTensors,
      int parameterLength,
      int statisticLength) {
    this.kernels = kernels;
    this.layers = List.copyOf(layers);
    this.statisticTensors = List.copyOf(statisticTensors);
    parameters = kernels.vector(parameterLength);
    statistics = kernels.vector(statisticLength);
  }

  /** Builds and initialises a network; the same seed gives the same weights in any company. */
  public static Network create(MlpSpec spec, Kernels kernels, long seed) {
    MlpBuilder builder = new MlpBuilder();
    int affine = spec.widths().size() - 1;
    if (spec.inputNorm()) {
      builder.inputNorm(spec.widths().getFirst());
    }
    for (int i = 0; i < affine; i++) {
      builder.dense(spec, i, i == affine - 1);
    }
    Network network =
        new Network(
            kernels, builder.layers, builder.statistics, builder.next, builder.nextStatistic);
    network.initialise(spec.initialisation(), seed);
    return network;
  }

  private void initialise(Initialisation initialisation, long seed) {
    for (Layer layer : layers) {
      for (ParameterTensor tensor : layer.tensors()) {
        // By depth and letter, so that switching a norm or a bias on leaves all other weights
        // alone.
        long key = CounterRandom.key(seed, tensor.layer(), tensor.name().charAt(0));
        Matrix view = tensor.of(parameters);
        switch (tensor.name().charAt(0)) {
          case 'W' -> view.setAll(initialisation.weights(tensor.rows(), tensor.columns(), key));
          case 'b' -> {
            if (tensor.name().startsWith("beta")) {
              view.fill(0);
            } else {
              view.setAll(initialisation.biases(tensor.columns(), layer.inputs(), key));
            }
          }
          default -> view.fill(1); // gamma
        }
      }
    }
    for (ParameterTensor tensor : statisticTensors) {
      tensor.of(statistics).fill(tensor.name().startsWith("variance") ? 1 : 0);
    }
  }

  public List<Layer> layers() {
    return layers;
  }

  /** θ, flat. */
  public Matrix parameters() {
    return parameters;
  }

  /** Running means and variances of all batch normalisations, flat; not trained. */
  public Matrix statistics() {
    return statistics;
  }

  /** The running means and variances by name. */
  public List<ParameterTensor> statisticTensors() {
    return statisticTensors;
  }

  /** The parameter tensors of all layers, in depth order. */
  public List<ParameterTensor> tensors() {
    List<ParameterTensor> all = new ArrayList<>();
    for (Layer layer : layers) {
      all.addAll(layer.tensors());
    }
    return all;
  }

  public Kernels kernels() {
    return kernels;
  }

  /** Allocates the tensors of passes with the given number of samples. */
  public Trace trace(int batch) {
    return new Trace(kernels, this, batch);
  }

  /** Runs trace.input through all layers; the result is trace.output. */
  public void forward(Trace trace, Pass pass) {
    Matrix state = trace.input;
    for (int m = 0; m < layers.size(); m++) {
      layers.get(m).forward(kernels, parameters, statistics, pass, state, trace.layers[m]);
      state = trace.layers[m].out;
    }
  }

  /** Backpropagates trace.outputGradient into trace.gradient. */
  public void backward(Trace trace) {
    for (int m = layers.size() - 1; m >= 0; m--) {
      Matrix inGradient = m == 0 ? null : trace.layers[m - 1].outGradient;
      layers
          .get(m)
          .backward(kernels, parameters, trace.gradient, in(trace, m), trace.layers[m], inGradient);
    }
  }

  /**
   * Derivatives of every layer's output along a direction in parameter space, at the last forward
   * pass.
   */
  public void tangent(Trace trace, Matrix direction) {
    Matrix moving = null;
    for (int m = 0; m < layers.size(); m++) {
      layers.get(m).tangent(kernels, parameters, direction, in(trace, m), moving, trace.layers[m]);
      moving = trace.layers[m].outTangent();
    }
  }

  /**
   * Splits the finite change of the loss under a displacement of the parameters over the parameter
   * tensors, on the batch and masks of the last forward pass: Δℓ = Σ 𝒫 exactly, through kinks too.
   */
  public SecantWork secant(Trace trace, Matrix displacement, Loss loss, Matrix targets) {
    int depth = layers.size();
    Matrix[] steps = new Matrix[depth];
    for (int m = 0; m < depth; m++) {
      steps[m] =
          layers
              .get(m)
              .secantForward(
                  kernels,
                  parameters,
                  displacement,
                  in(trace, m),
                  before(steps, m),
                  trace.layers[m]);
    }
    SecantWork work = new SecantWork(depth);
    Matrix last = steps[depth - 1];
    Matrix mean = kernels.zeros(last.rows(), last.columns());
    loss.secant(trace.output(), last, targets, mean);
    for (int m = depth - 1; m >= 0; m--) {
      work.setCurrent(m + 1, kernels.dot(mean, steps[m]));
      Matrix below =
          layers
              .get(m)
              .secantBackward(
                  kernels,
                  parameters,
                  displacement,
                  in(trace, m),
                  before(steps, m),
                  mean,
                  trace.layers[m],
                  work);
      if (below != null) {
        mean = below;
      }
    }
    return work;
  }

  private static @Nullable Matrix before(Matrix[] steps, int m) {
    return m == 0 ? null : steps[m - 1];
  }

  private static Matrix in(Trace trace, int m) {
    return m == 0 ? trace.input : trace.layers[m - 1].out;
  }

  /** The first layer whose output is not finite in the last pass, or -1. */
  public int firstNonFinite(Trace trace) {
    for (int m = 0; m < layers.size(); m++) {
      if (!trace.layers[m].out.isFinite()) {
        return m;
      }
    }
    return -1;
  }
}
