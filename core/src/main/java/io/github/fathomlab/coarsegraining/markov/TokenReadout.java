package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that networks on one problem are measured with: contexts with their weights and targets, the
 * optimum, the relevant subspace. Made once and shared by all replicas; never changed.
 *
 * <p>An enumerated problem has every context once with its probability. Windows from sequences are
 * those of {@link TokenProblem#SEQUENCES} fixed ones, of equal weight.
 */
public final class TokenReadout {
  private static final int POOLED_SEQUENCES = 512;
  private static final int POOLED_LENGTH = 64;

  private final TokenProblem problem;
  private final List<int[]> windows = new ArrayList<>();
  private final double[] weights;
  private final double[] targets;
  private final int[][] pools;
  private final double bayesLoss;
  private final double blindLoss;
  private final RelevantSubspace relevant;

  /** What networks on this problem are measured with. */
  public TokenReadout(TokenProblem problem) {
    this.problem = problem;
    int states = problem.family().states();
    MarkovChain chain = problem.family().chain();
    blindLoss = chain.entropy();
    if (problem.enumerated()) {
      WindowTask task = problem.task();
      WeightedContexts contexts = task.contexts();
      windows.addAll(contexts.symbols());
      weights = contexts.weights();
      targets = new double[windows.size() * states];
      for (int i = 0; i < windows.size(); i++) {
        System.arraycopy(task.chosen(windows.get(i)), 0, targets, i * states, states);
      }
      pools = enumeratedPools();
      bayesLoss = task.bayesLoss();
      relevant = RelevantSubspace.of(new WindowTask(chain, problem.masking(), problem.halfWidth()));
    } else {
      List<ChainText> texts = problem.texts(TokenProblem.SEQUENCES, problem.sequence());
      weights = new double[texts.size() * problem.sequence()];
      Arrays.fill(weights, 1.0 / weights.length);
      targets = new double[weights.length * states];
      pools = sampled(texts);
      bayesLoss = problem.shuffle() > 0 ? blindLoss : sequenceLoss(chain);
      relevant =
          new RelevantSubspace(
              Status.NOT_APPLICABLE, Double.NaN, Double.NaN, new double[0], 0, new double[0]);
    }
  }

  /** NaN where chosen positions show states, whose optimum has no such sum. */
  private double sequenceLoss(MarkovChain chain) {
    if (problem.masking().showsStates()) {
      return Double.NaN;
    }
    return new MaskedLoss(chain, problem.masking().rate())
        .sequence(problem.sequence(), problem.halfWidth());
  }

  /** Takes all windows of sequences, and returns which belong to the inside of which. */
  private int[][] sampled(List<ChainText> texts) {
    int states = problem.family().states();
    int w = problem.halfWidth();
    int[][] inside = new int[texts.size()][problem.sequence() - 2 * w];
    int all = texts.stream().mapToInt(ChainText::chosenCount).sum();
    for (int s = 0; s < texts.size(); s++) {
      ChainText text = texts.get(s);
      for (int t = 0; t < text.length(); t++) {
        int i = windows.size();
        windows.add(text.window(t, w, problem.features().pad()));
        if (text.chosen()[t]) {
          targets[i * states + text.states()[t]] = 1.0 / all;
        }
        if (t >= w && t < text.length() - w) {
          inside[s][t - w] = i;
        }
      }
    }
    return inside;
  }

  /** The contexts met inside sequences that are averaged over. */
  private int[][] enumeratedPools() {
    int w = problem.halfWidth();
    Map<List<Integer>, Integer> places = new HashMap<>();
    for (int i = 0; i < windows.size(); i++) {
      places.put(Arrays.stream(windows.get(i)).boxed().toList(), i);
    }
    List<ChainText> texts = problem.texts(POOLED_SEQUENCES, POOLED_LENGTH);
    int[][] pools = new int[texts.size()][POOLED_LENGTH - 2 * w];
    for (int s = 0; s < pools.length; s++) {
      for (int t = 0; t < pools[s].length; t++) {
        int[] window = texts.get(s).window(t + w, w, problem.features().pad());
        Integer place = places.get(Arrays.stream(window).boxed().toList());
        if (place == null) {
          throw new IllegalStateException("a window that cannot occur was sampled");
        }
        pools[s][t] = place;
      }
    }
    return pools;
  }

  TokenProblem problem() {
    return problem;
  }

  /** The 2w+1 symbols of every context. */
  List<int[]> windows() {
    return windows;
  }

  /** Probabilities of the contexts of all positions. */
  double[] weights() {
    return weights;
  }

  /** The same of those that show MASK in the middle, or of those that do not; the others have 0. */
  double[] weights(boolean masked) {
    double[] some = weights.clone();
    int middle = problem.halfWidth();
    for (int i = 0; i < some.length; i++) {
      if (windows.get(i)[middle] == problem.features().mask() != masked) {
        some[i] = 0;
      }
    }
    return some;
  }

  /** J[c,k], (n x V), of sum 1. */
  double[] targets() {
    return targets;
  }

  /** Of every sequence that is averaged over, the contexts of its positions. */
  int[][] pools() {
    return pools;
  }

  /** The least loss, in nats per chosen position; NaN where it is not known. */
  double bayesLoss() {
    return bayesLoss;
  }

  /** H(π), the loss of what sees nothing. */
  double blindLoss() {
    return blindLoss;
  }

  /** Of the targets that belong to what is seen, whatever share is shuffled. */
  RelevantSubspace relevant() {
    return relevant;
  }
}
