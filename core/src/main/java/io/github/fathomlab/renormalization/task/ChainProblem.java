package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Population;
import io.github.fathomlab.training.Targets;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task on blocks of a chain, with samples without end.
 *
 * <p>Every block is a window of its own of the infinite chain, so samples are independent and a
 * network that sees each of them once is trained on the population: it cannot learn by heart, and
 * its optimum is that of {@link TaskOptimum}. Thermometers see blocks of both couplings in equal
 * shares and targets 0 (the other coupling) and 1 (the chain's own).
 *
 * <p>The null takes the target of another block: what is left to learn is its mean. Cost: O(b) per
 * block, one random number a site.
 */
public final class ChainProblem implements Population {
  private static final long LABEL = 1;
  private static final long NULL = 2;
  private static final long FIXED = 3;

  private final ChainLaw law;
  private final int window;
  private final BlockTask task;
  private final double shuffle;
  private final SolvedChain chain;
  private final @Nullable SolvedChain other;
  private final int before;
  private final int drawn;

  /**
   * A problem.
   *
   * @param window b, sites of a block
   * @param shuffle share of targets that belong to another block: 1 is the null
   * @throws IllegalArgumentException when the chain does not exist or the task is not one of it
   */
  public ChainProblem(ChainLaw law, int window, BlockTask task, double shuffle) {
    this.law = law;
    this.window = window;
    this.task = task;
    this.shuffle = shuffle;
    if (window < 2) {
      throw new IllegalArgumentException("a block has at least 2 sites, found " + window);
    }
    if (!(shuffle >= 0 && shuffle <= 1)) {
      throw new IllegalArgumentException(
          "the share of shuffled targets lies in [0, 1], found " + shuffle);
    }
    requireFit();
    chain = law.solved();
    other =
        task instanceof BlockTask.Thermometer(double against)
            ? law.withCoupling(against).solved()
            : null;
    if (task instanceof BlockTask.Environment(int distance, boolean bothSides)) {
      before = bothSides ? distance : 0;
      drawn = before + window + distance;
    } else {
      before = 0;
      drawn = window;
    }
  }

  private void requireFit() {
    String asked =
        switch (task) {
          case BlockTask.Thermometer(double against) ->
              law instanceof ChainLaw.Quartic
                  ? "a thermometer reads Ising and Gaussian chains, found a quartic one"
                  : law.withCoupling(against).equals(law)
                      ? "a thermometer tells two different couplings apart, found %s twice"
                          .formatted(against)
                      : "";
          case BlockTask.Environment(int distance, boolean bothSides) ->
              distance < 1
                  ? "a site beyond the block is at least 1 site away, found " + distance
                  : bothSides && !(isAligned() && distance == 1)
                      ? "both neighbours are asked for in Ising chains without a field and Gaussian"
                          + " chains, with a coupling above 0 and at a distance of 1"
                      : "";
          case BlockTask.Majority _ ->
              !(law instanceof ChainLaw.Ising(double _, double field) && field == 0)
                      || window % 2 == 0
                  ? "a majority is of an odd number of spins of an Ising chain without a field"
                  : "";
          case BlockTask.Reconstruction _ ->
              !(law instanceof ChainLaw.Quartic) && !isAligned()
                  ? "a block is reconstructed of an Ising chain without a field or a Gaussian chain,"
                      + " with a coupling above 0, or of a quartic chain"
                  : "";
        };
    if (!asked.isEmpty()) {
      throw new IllegalArgumentException(asked);
    }
  }

  /** Whether correlations are φ^lag about zero, so that the modes of a window are known. */
  boolean hasWaves() {
    return switch (law) {
      case ChainLaw.Ising ising -> ising.field() == 0;
      case ChainLaw.Gaussian _ -> true;
      case ChainLaw.Quartic _ -> false;
    };
  }

  /** Whether neighbours correlate positively, so that the lowest momenta lead. */
  private boolean isAligned() {
    return switch (law) {
      case ChainLaw.Ising ising -> ising.field() == 0 && ising.coupling() > 0;
      case ChainLaw.Gaussian gaussian -> gaussian.phi() > 0;
      case ChainLaw.Quartic _ -> false;
    };
  }

  /**
   * The hidden layer through which a task with a bottleneck is answered: the first of the
   * narrowest.
   *
   * @param widths of the hidden layers, at least one
   */
  public static int bottleneck(List<Integer> widths) {
    return widths.indexOf(Collections.min(widths));
  }

  /**
   * Checks that a perceptron has the bottleneck that the task's optimum speaks of.
   *
   * @param hidden widths of its hidden layers
   * @throws IllegalArgumentException when it has none
   */
  public void requireBottleneck(List<Integer> hidden) {
    if (!task.hasBottleneck()) {
      return;
    }
    int narrowest = hidden.isEmpty() ? window : Collections.min(hidden);
    if (narrowest >= window) {
      throw new IllegalArgumentException(
          "this task is answered through a bottleneck, a hidden layer narrower than the block of %d sites, found widths %s"
              .formatted(window, hidden));
    }
    if (task instanceof BlockTask.Environment && hidden.getLast() != 1) {
      throw new IllegalArgumentException(
          "both neighbours are asked for through one unit in front of the output, found widths "
              + hidden);
    }
  }

  public ChainLaw law() {
    return law;
  }

  /** b. */
  public int window() {
    return window;
  }

  public BlockTask task() {
    return task;
  }

  public double shuffle() {
    return shuffle;
  }

  /** The task in a word. */
  String taskName() {
    return switch (task) {
      case BlockTask.Thermometer _ -> "thermometer";
      case BlockTask.Environment environment ->
          environment.bothSides() ? "neighbours" : "environment";
      case BlockTask.Majority _ -> "majority";
      case BlockTask.Reconstruction _ -> "reconstruction";
    };
  }

  /** The law of the chain in a word. */
  String lawName() {
    return switch (law) {
      case ChainLaw.Ising _ -> "ising";
      case ChainLaw.Gaussian _ -> "gaussian";
      case ChainLaw.Quartic _ -> "quartic";
    };
  }

  /** h; 0 for chains that have none. */
  double field() {
    return law instanceof ChainLaw.Ising(double _, double field) ? field : 0;
  }

  /** Numbers that the network gives. */
  public int outputs() {
    return switch (task) {
      case BlockTask.Reconstruction _ -> window;
      case BlockTask.Environment environment -> environment.bothSides() ? 2 : 1;
      case BlockTask.Thermometer _, BlockTask.Majority _ -> 1;
    };
  }

  SolvedChain chain() {
    return chain;
  }

  /** The chain of the other coupling; null but for thermometers. */
  @Nullable SolvedChain other() {
    return other;
  }

  @Override
  public void draw(long key, Matrix input, Matrix targets) {
    int batch = input.columns();
    long labels = CounterRandom.key(key, LABEL);
    long nulls = CounterRandom.key(key, NULL);
    double[] sites = new double[drawn];
    double[] target = new double[outputs()];
    for (int j = 0; j < batch; j++) {
      boolean own = other == null || CounterRandom.bits(labels, j) < 0;
      SolvedChain from = own || other == null ? chain : other;
      from.draw(CounterRandom.key(key, 0, j), sites);
      for (int i = 0; i < window; i++) {
        input.set(i, j, sites[before + i]);
      }
      boolean foreign = shuffle > 0 && CounterRandom.uniform(nulls, j) < shuffle;
      if (foreign) {
        own = CounterRandom.bits(labels, (long) batch + j) < 0;
        chain.draw(CounterRandom.key(key, NULL, j), sites);
      }
      answer(sites, own, target);
      for (int i = 0; i < target.length; i++) {
        targets.set(i, j, target[i]);
      }
    }
  }

  private void answer(double[] sites, boolean own, double[] target) {
    switch (task) {
      case BlockTask.Thermometer _ -> target[0] = own ? 1 : 0;
      case BlockTask.Environment environment -> {
        target[0] = sites[drawn - 1];
        if (environment.bothSides()) {
          target[1] = sites[0];
        }
      }
      case BlockTask.Majority _ -> {
        double sum = 0;
        for (double site : sites) {
          sum += site;
        }
        target[0] = Math.signum(sum);
      }
      case BlockTask.Reconstruction _ -> System.arraycopy(sites, 0, target, 0, window);
    }
  }

  /** A fixed sample of the population. */
  public Dataset sample(String name, int size, long seed) {
    double[] inputs = new double[size * window];
    double[] values = new double[size * outputs()];
    Matrix x = Kernels.of(Precision.FLOAT64).zeros(window, size);
    Matrix y = Kernels.of(Precision.FLOAT64).zeros(outputs(), size);
    draw(CounterRandom.key(seed, FIXED), x, y);
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < window; i++) {
        inputs[j * window + i] = x.get(i, j);
      }
      for (int i = 0; i < outputs(); i++) {
        values[j * outputs() + i] = y.get(i, j);
      }
    }
    return new Dataset(name, window, inputs, new Targets.Values(values, outputs()));
  }
}
