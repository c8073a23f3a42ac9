package io.github.fathomlab.network;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  public static Network create(NetworkSpec spec, Kernels kernels, long seed) {
    NetworkBuilder builder = NetworkBuilder.of(spec);
    Network network =
        new Network(
            kernels, builder.layers, builder.statistics, builder.next, builder.nextStatistic);
    network.initialise(spec, seed);
    return network;
  }

  private void initialise(NetworkSpec spec, long seed) {
    for (Layer layer : layers) {
      int fanIn = layer.inputs();
      Map<Character, Integer> seen = new HashMap<>();
      for (ParameterTensor tensor : layer.tensors()) {
        char letter = tensor.name().charAt(0);
        Matrix view = tensor.of(parameters);
        if (tensor.name().startsWith("gamma")) {
          view.fill(1);
        } else if (tensor.name().startsWith("beta")) {
          view.fill(0);
        } else {
          // By depth and letter, so that switching a norm or a bias on leaves all other weights
          // alone.
          int before = seen.merge(letter, 1, Integer::sum) - 1;
          long key = CounterRandom.key(seed, tensor.layer(), letter);
          if (before > 0) {
            key = CounterRandom.key(key, before);
          }
          Initialisation initialisation = spec.initialisation(tensor.layer());
          if (letter == 'W') {
            fanIn = tensor.columns();
            view.setAll(initialisation.weights(tensor.rows(), fanIn, key));
          } else {
            view.setAll(initialisation.biases(tensor.columns(), fanIn, key));
          }
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
    forward(trace, pass, parameters);
  }

  /** As {@link #forward(Trace, Pass)}, with other parameters than the network's own. */
  public void forward(Trace trace, Pass pass, Matrix theta) {
    for (int m = 0; m < layers.size(); m++) {
      layers.get(m).forward(kernels, theta, statistics, pass, in(trace, m), trace.layers[m]);
    }
  }

  /** Backpropagates trace.outputGradient into trace.gradient. */
  public void backward(Trace trace) {
    for (int m = layers.size() - 1; m >= 0; m--) {
      Matrix inGradient = m == 0 ? null : trace.outGradient(m - 1);
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
      moving = trace.outTangent(m);
    }
  }

  /**
   * Splits the finite change of the loss under a step of the parameters over the parameter tensors,
   * on the batch and masks of the last forward pass: Δℓ = Σ 𝒫 exactly, through kinks too.
   */
  public SecantWork secant(Trace trace, FiniteStep step, Loss loss, Matrix targets) {
    int depth = layers.size();
    Matrix[] moved = new Matrix[depth];
    for (int m = 0; m < depth; m++) {
      step.enter(layers.get(m));
      moved[m] =
          layers
              .get(m)
              .secantForward(kernels, step, in(trace, m), before(moved, m), trace.layers[m]);
    }
    SecantWork work = new SecantWork(depth);
    Matrix last = moved[depth - 1];
    Matrix mean = kernels.zeros(last.rows(), last.columns());
    loss.secant(trace.output(), last, targets, mean);
    for (int m = depth - 1; m >= 0; m--) {
      work.setCurrent(m + 1, kernels.dot(mean, moved[m]));
      Matrix below =
          layers
              .get(m)
              .secantBackward(
                  kernels, step, in(trace, m), before(moved, m), mean, trace.layers[m], work);
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
    return m == 0 ? trace.input : trace.out(m - 1);
  }

  /** The first layer whose output is not finite in the last pass, or -1. */
  public int firstNonFinite(Trace trace) {
    for (int m = 0; m < layers.size(); m++) {
      if (!trace.out(m).isFinite()) {
        return m;
      }
    }
    return -1;
  }
}
