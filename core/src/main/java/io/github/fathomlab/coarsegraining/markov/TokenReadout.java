package io.github.fathomlab.coarsegraining.markov;

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
 * those of {@link TokenProblem#SEQUENCES} fixed ones, of equal weight, with exact targets: see
 * {@link SequenceContexts}.
 */
public final class TokenReadout {
  private static final int POOLED_SEQUENCES = 512;
  private static final int POOLED_LENGTH = 64;

  private final TokenProblem problem;
  private final List<int[]> windows;
  private final double[] weights;
  private final double[] maskedWeights;
  private final double[] targets;
  private final double bayesLoss;
  private final double blindLoss;
  private final int[][] pools;
  private final RelevantSubspace relevant;

  /**
   * What networks on this problem are measured with.
   *
   * @param pooled whether sequences are averaged over
   */
  public TokenReadout(TokenProblem problem, boolean pooled) {
    this.problem = problem;
    MarkovChain chain = problem.family().chain();
    if (problem.enumerated()) {
      int states = chain.states();
      WindowTask task = problem.task();
      WeightedContexts contexts = task.contexts();
      windows = contexts.symbols();
      weights = contexts.weights();
      targets = new double[windows.size() * states];
      for (int i = 0; i < windows.size(); i++) {
        System.arraycopy(task.chosen(windows.get(i)), 0, targets, i * states, states);
      }
      relevant = RelevantSubspace.of(new WindowTask(chain, problem.masking(), problem.halfWidth()));
      pools = pooled ? enumeratedPools() : new int[0][];
    } else {
      List<ChainText> texts = problem.texts(TokenProblem.SEQUENCES, problem.sequence());
      SequenceContexts contexts = SequenceContexts.of(problem, texts);
      windows = contexts.windows();
      weights = new double[windows.size()];
      Arrays.fill(weights, 1.0 / weights.length);
      targets = targets(contexts);
      relevant = relevant(contexts);
      pools = pooled ? inside(texts.size()) : new int[0][];
    }
    maskedWeights = masked(windows, weights, problem);
    bayesLoss = bayesLoss(targets, chain.states());
    blindLoss = blindLoss(targets, chain.stationary());
  }

  private double[] targets(SequenceContexts contexts) {
    int states = problem.family().states();
    int chosen = contexts.chosenCount();
    double[] all = new double[windows.size() * states];
    for (int i = 0; i < windows.size(); i++) {
      if (contexts.chosen()[i]) {
        double[] law = contexts.laws().get(i);
        for (int k = 0; k < states; k++) {
          all[i * states + k] = law[k] / chosen;
        }
      }
    }
    return all;
  }

  /** That of the windows that show MASK in the middle. */
  private RelevantSubspace relevant(SequenceContexts contexts) {
    List<double[]> masked = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      if (windows.get(i)[problem.halfWidth()] == problem.features().mask()) {
        masked.add(contexts.posteriors().get(i));
      }
    }
    double[] equal = new double[masked.size()];
    Arrays.fill(equal, 1);
    return RelevantSubspace.of(masked, equal);
  }

  /** Of every sequence, the windows that reach beyond neither end. */
  private int[][] inside(int sequences) {
    int w = problem.halfWidth();
    int[][] inside = new int[sequences][problem.sequence() - 2 * w];
    for (int s = 0; s < sequences; s++) {
      for (int t = 0; t < inside[s].length; t++) {
        inside[s][t] = s * problem.sequence() + w + t;
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

  /** The same of those that show MASK in the middle; the others have 0. */
  double[] maskedWeights() {
    return maskedWeights;
  }

  private static double[] masked(List<int[]> windows, double[] weights, TokenProblem problem) {
    double[] masked = weights.clone();
    for (int i = 0; i < masked.length; i++) {
      if (windows.get(i)[problem.halfWidth()] != problem.features().mask()) {
        masked[i] = 0;
      }
    }
    return masked;
  }

  /** J[c,k], (n x V), of sum 1. */
  double[] targets() {
    return targets;
  }

  /** Of every sequence that is averaged over, the contexts of its positions. */
  int[][] pools() {
    return pools;
  }

  /** The least loss on these contexts, -Σ J ln (J / Σ_k J), in nats per chosen position. */
  double bayesLoss() {
    return bayesLoss;
  }

  private static double bayesLoss(double[] targets, int states) {
    double loss = 0;
    for (int from = 0; from < targets.length; from += states) {
      double seen = 0;
      for (int k = 0; k < states; k++) {
        seen += targets[from + k];
      }
      for (int k = 0; k < states; k++) {
        double p = targets[from + k];
        loss -= p > 0 ? p * StrictMath.log(p / seen) : 0;
      }
    }
    return loss;
  }

  /** The loss of what knows π alone, -Σ J ln π. */
  double blindLoss() {
    return blindLoss;
  }

  private static double blindLoss(double[] targets, double[] marginal) {
    double loss = 0;
    for (int i = 0; i < targets.length; i++) {
      double p = targets[i];
      loss -= p > 0 ? p * StrictMath.log(marginal[i % marginal.length]) : 0;
    }
    return loss;
  }

  /** Of the targets that belong to what is seen, whatever share is shuffled. */
  RelevantSubspace relevant() {
    return relevant;
  }
}
