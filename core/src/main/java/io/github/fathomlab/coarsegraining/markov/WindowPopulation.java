package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Population;
import io.github.fathomlab.training.Targets;
import java.util.List;

/**
 * An endless supply of chosen positions of a chain, drawn from the exact law of a window and
 * counted: a batch has every context of a chosen position once.
 *
 * <pre>
 *   targets[k, c] = n · (draws of context c and target k) / draws,   loss = -(1/draws) Σ_draws ln p(k | c)
 * </pre>
 *
 * <p>Symbols: n contexts, in the order left, right, middle; the factor n undoes the mean over the
 * columns of a batch. Source: rank-collapse specification, section 5: loss and gradient of as many
 * independent samples, at the cost of n columns. Cost: O(log of the number of cells) per draw, and
 * the clearing of the batch.
 */
public final class WindowPopulation implements Population {
  private final WindowTask task;
  private final int draws;
  private final OneHot features;
  private final List<int[]> contexts;
  private final double[] cells;
  private final double[] marginal;

  /**
   * @param draws chosen positions in a batch
   */
  public WindowPopulation(WindowTask task, int draws) {
    if (draws < 1) {
      throw new IllegalArgumentException("a batch has at least 1 chosen position, found " + draws);
    }
    this.task = task;
    this.draws = draws;
    features = features(task);
    contexts = task.chosenWindows();
    cells = ChainSampler.cumulative(task.joint());
    marginal = ChainSampler.cumulative(task.marginal());
  }

  /** How networks read the windows of a task. */
  static OneHot features(WindowTask task) {
    return new OneHot(2 * task.halfWidth() + 1, task.states());
  }

  @Override
  public void draw(long key, Matrix input, Matrix targets) {
    int n = contexts.size();
    if (input.columns() != n) {
      throw new IllegalArgumentException(
          "expected a batch of all %d contexts, found %d columns".formatted(n, input.columns()));
    }
    input.fill(0);
    targets.fill(0);
    for (int c = 0; c < n; c++) {
      features.show(contexts.get(c), input, c);
    }
    double weight = (double) n / draws;
    for (int i = 0; i < draws; i++) {
      Draw draw = draw(key, i);
      targets.set(draw.target, draw.context, targets.get(draw.target, draw.context) + weight);
    }
  }

  /**
   * One chosen position.
   *
   * @param context its number in the order of {@link #whole}
   * @param target state to be predicted
   */
  record Draw(int context, int target) {}

  /** By inversion on the flat index of J; each index is independent of the others. */
  Draw draw(long key, long index) {
    int states = task.states();
    int cell = ChainSampler.place(cells, CounterRandom.uniform(key, 2 * index));
    int state = cell % states;
    int pair = cell / states;
    int shown = task.masking().shown(state, states, CounterRandom.uniform(key, 2 * index + 1));
    int middles = contexts.size() / (task.sights() * task.sights());
    return new Draw(pair * middles + shown - (states + 1 - middles), target(state, key, index));
  }

  private int target(int state, long key, long index) {
    if (task.shuffle() == 0) {
      return state;
    }
    long other = CounterRandom.key(key, index);
    return CounterRandom.uniform(other, 0) < task.shuffle()
        ? ChainSampler.place(marginal, CounterRandom.uniform(other, 1))
        : state;
  }

  /**
   * The whole population as a set: every context of a chosen position once, with the n targets
   * J[c,k] of its n contexts. The cross entropy over all of it, -Σ J[c,k] ln p(k | c), is the loss
   * over the population, without a sample.
   */
  public static Dataset whole(WindowTask task) {
    List<int[]> contexts = task.chosenWindows();
    int n = contexts.size();
    double[] targets = new double[n * task.states()];
    for (int i = 0; i < n; i++) {
      double[] weights = task.chosen(contexts.get(i));
      for (int k = 0; k < task.states(); k++) {
        targets[i * task.states() + k] = n * weights[k];
      }
    }
    OneHot features = features(task);
    return new Dataset(
        "contexts",
        features.features(),
        features.samples(contexts),
        new Targets.Values(targets, task.states()));
  }
}
