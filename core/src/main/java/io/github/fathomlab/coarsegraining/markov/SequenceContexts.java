package io.github.fathomlab.coarsegraining.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The windows of fixed sequences with the exact law of what is to be predicted in each.
 *
 * <pre>
 *   p(k | window, chosen) ∝ P(left seen, k) P(right seen | k) P(shown in the middle | k, chosen)
 * </pre>
 *
 * <p>A loss over them, -(1/n) Σ_c Σ_k p_ck ln p̂(k | c), has no noise of targets, and the optimum
 * of the same windows is the mean entropy of p: their difference is never negative. Only which
 * windows there are is a sample. Source: Fathom's; the recursion of a hidden Markov chain. Cost:
 * O(w V²) per window.
 *
 * @param windows of all positions, one sequence after another
 * @param chosen whether the position is to be predicted
 * @param posteriors p of every window whose position is to be predicted; empty for the others
 * @param laws of the target in the same windows, some of them drawn whatever is seen
 */
@SuppressWarnings("ArrayRecordComponent") // carries results, is never compared
record SequenceContexts(
    List<int[]> windows, boolean[] chosen, List<double[]> posteriors, List<double[]> laws) {

  static SequenceContexts of(TokenProblem problem, List<ChainText> texts) {
    MarkovChain chain = problem.family().chain();
    List<int[]> windows = new ArrayList<>();
    List<double[]> posteriors = new ArrayList<>();
    List<double[]> laws = new ArrayList<>();
    double[] marginal = chain.stationary();
    boolean[] chosen = new boolean[texts.size() * problem.sequence()];
    for (ChainText text : texts) {
      for (int t = 0; t < text.length(); t++) {
        chosen[windows.size()] = text.chosen()[t];
        int[] window = text.window(t, problem.halfWidth(), problem.features().pad());
        windows.add(window);
        double[] posterior = text.chosen()[t] ? posterior(chain, problem, window) : new double[0];
        posteriors.add(posterior);
        laws.add(law(posterior, marginal, problem.shuffle()));
      }
    }
    return new SequenceContexts(windows, chosen, posteriors, laws);
  }

  private static double[] law(double[] posterior, double[] marginal, double shuffle) {
    double[] law = new double[posterior.length];
    for (int k = 0; k < law.length; k++) {
      law[k] = (1 - shuffle) * posterior[k] + shuffle * marginal[k];
    }
    return law;
  }

  /** p of a window whose middle is chosen. */
  private static double[] posterior(MarkovChain chain, TokenProblem problem, int[] window) {
    int w = problem.halfWidth();
    int states = chain.states();
    Sights sights = new Sights(states, w);
    double[] left = sights.arriving(chain, problem.masking(), seen(window, 0, w, problem));
    double[] right =
        sights.leaving(chain, problem.masking(), seen(window, w + 1, window.length, problem));
    double[] posterior = new double[states];
    double sum = 0;
    for (int k = 0; k < states; k++) {
      posterior[k] = left[k] * right[k] * problem.masking().chosen(window[w], k, states);
      sum += posterior[k];
    }
    for (int k = 0; k < states; k++) {
      posterior[k] /= sum;
    }
    return posterior;
  }

  /** What lies inside the sequence. */
  private static int[] seen(int[] window, int from, int to, TokenProblem problem) {
    int pad = problem.features().pad();
    return Arrays.stream(window, from, to).filter(symbol -> symbol != pad).toArray();
  }

  /** Number of positions to be predicted. */
  int chosenCount() {
    int count = 0;
    for (boolean each : chosen) {
      count += each ? 1 : 0;
    }
    return count;
  }
}
