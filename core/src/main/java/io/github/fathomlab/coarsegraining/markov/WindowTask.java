package io.github.fathomlab.coarsegraining.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The masked-token task on a window of a chain, enumerated: the exact joint law of what is seen
 * around a position and of the state at it.
 *
 * <pre>
 *   J[l,r,k] = P(seen left = l, state = k) P(seen right = r | state = k)
 *   w = 1, plain masking, l,r &lt; V:  (1-m)² π_l P_lk P_kr;   l &lt; V, r = MASK:  (1-m) m π_l P_lk;
 *                  l = MASK, r &lt; V:  m (1-m) π_k P_kr;        both MASK:       m² π_k
 *   Bayes loss = -Σ J[l,c,r,k] ln (J[l,c,r,k] / Σ_k J[l,c,r,k]),  J[l,c,r,k] = J[l,r,k] P(c | k, chosen)
 * </pre>
 *
 * <p>Symbols: V states, MASK = V; w half-width; l and r number the (V+1)^w sights of either side,
 * the leftmost position counting most; c what the position in the middle shows. Σ J = 1.
 *
 * <p>Source: rank-collapse specification, section 3.1, for w = 1; for other widths and maskings the
 * forward and backward recursion of a hidden Markov chain. Cost: O((V+1)^w V (w V + (V+1)^w)) and 8
 * bytes for each of the (V+1)^(2w) V cells, of which there may be 2^23.
 */
public final class WindowTask {
  private static final long MOST_CELLS = 1L << 23;

  private final int states;
  private final int halfWidth;
  private final Masking masking;
  private final double shuffle;
  private final double[] marginal;
  private final Sights sights;

  /** J, flat index (l sights + r) V + k. */
  private final double[] joint;

  /** The task with every target the state that is there. */
  public WindowTask(MarkovChain chain, Masking masking, int halfWidth) {
    this(chain, masking, halfWidth, 0);
  }

  /**
   * The task.
   *
   * @param halfWidth w, positions seen on either side; 0 sees none
   * @param shuffle share of targets that are drawn from π whatever is seen: 1 is a null
   * @throws IllegalArgumentException when there are too many cells to enumerate
   * @throws IllegalStateException when the chain has no unique stationary distribution
   */
  public WindowTask(MarkovChain chain, Masking masking, int halfWidth, double shuffle) {
    states = chain.states();
    if (halfWidth < 0 || !isEnumerable(states, halfWidth)) {
      throw new IllegalArgumentException(
          "a window of half-width %d over %d states cannot be enumerated; at least 0 is expected, and at most %d cells"
              .formatted(halfWidth, states, MOST_CELLS));
    }
    if (!(shuffle >= 0 && shuffle <= 1)) {
      throw new IllegalArgumentException(
          "the share of shuffled targets lies in [0, 1], found " + shuffle);
    }
    this.halfWidth = halfWidth;
    this.masking = masking;
    this.shuffle = shuffle;
    marginal = chain.stationary();
    sights = new Sights(states, halfWidth);
    joint = new double[sights() * sights() * states];
    fill(chain);
  }

  /** Whether a window has few enough cells. */
  public static boolean isEnumerable(int states, int halfWidth) {
    return Math.pow(states + 1, 2.0 * halfWidth) * states <= MOST_CELLS;
  }

  private void fill(MarkovChain chain) {
    double[][] left = new double[sights()][];
    double[][] right = new double[sights()][];
    for (int sight = 0; sight < sights(); sight++) {
      left[sight] = sights.arriving(chain, masking, sights.symbols(sight));
      right[sight] = sights.leaving(chain, masking, sights.symbols(sight));
    }
    for (int l = 0; l < sights(); l++) {
      for (int r = 0; r < sights(); r++) {
        for (int k = 0; k < states; k++) {
          joint[(l * sights() + r) * states + k] = left[l][k] * right[r][k];
        }
      }
    }
  }

  /** V. */
  public int states() {
    return states;
  }

  /** w. */
  public int halfWidth() {
    return halfWidth;
  }

  /** (V+1)^w, the sights of either side. */
  public int sights() {
    return sights.count();
  }

  /** J[l,r,k]. */
  public double joint(int left, int right, int state) {
    return joint[(left * sights() + right) * states + state];
  }

  /** Σ_k J[l,r,k]. */
  public double weight(int left, int right) {
    double weight = 0;
    for (int k = 0; k < states; k++) {
      weight += joint(left, right, k);
    }
    return weight;
  }

  /** P(state | seen left and right, MASK in the middle), of a sight of positive weight. */
  public double[] posterior(int left, int right) {
    double weight = weight(left, right);
    double[] posterior = new double[states];
    for (int k = 0; k < states; k++) {
      posterior[k] = joint(left, right, k) / weight;
    }
    return posterior;
  }

  private double[] chosen(int left, int shown, int right) {
    double[] weights = new double[states];
    double seen = 0;
    for (int k = 0; k < states; k++) {
      weights[k] = joint(left, right, k) * masking.chosen(shown, k, states);
      seen += weights[k];
    }
    for (int k = 0; k < states && shuffle > 0; k++) {
      weights[k] = (1 - shuffle) * weights[k] + shuffle * seen * marginal[k];
    }
    return weights;
  }

  /** The first symbol that a chosen position may show; MASK when it shows nothing else. */
  private int firstShown() {
    return masking.showsStates() ? 0 : states;
  }

  /** The 2w+1 symbols from left to right. */
  private int[] window(int left, int shown, int right) {
    int[] window = Arrays.copyOf(sights.symbols(left), 2 * halfWidth + 1);
    System.arraycopy(sights.symbols(right), 0, window, halfWidth + 1, halfWidth);
    window[halfWidth] = shown;
    return window;
  }

  /** P(this window is seen, target = k | the middle is chosen), for all k. */
  double[] chosen(int[] window) {
    return chosen(sights.of(window, 0), window[halfWidth], sights.of(window, halfWidth + 1));
  }

  /** The least loss that a predictor of chosen states can reach, in nats. */
  public double bayesLoss() {
    double loss = 0;
    for (int[] window : chosenWindows()) {
      double[] cell = chosen(window);
      double weight = Arrays.stream(cell).sum();
      for (double p : cell) {
        loss -= p > 0 ? p * StrictMath.log(p / weight) : 0;
      }
    }
    return loss;
  }

  /** The contexts of all positions, chosen or not, with their probabilities. */
  public WeightedContexts contexts() {
    WeightedContexts.Collector collector = new WeightedContexts.Collector(states);
    for (int l = 0; l < sights(); l++) {
      for (int r = 0; r < sights(); r++) {
        for (int c = 0; c <= states; c++) {
          double probability = 0;
          for (int k = 0; k < states; k++) {
            probability += joint(l, r, k) * masking.any(c, k, states);
          }
          collector.add(window(l, c, r), probability);
        }
      }
    }
    return collector.contexts();
  }

  /** J on its flat index (left · sights + right) · V + state. */
  double[] joint() {
    return joint.clone();
  }

  /** Every window that a chosen position can be seen in, in the order left, right, middle. */
  List<int[]> chosenWindows() {
    List<int[]> windows = new ArrayList<>();
    for (int l = 0; l < sights(); l++) {
      for (int r = 0; r < sights(); r++) {
        for (int c = firstShown(); c <= states; c++) {
          windows.add(window(l, c, r));
        }
      }
    }
    return windows;
  }

  Masking masking() {
    return masking;
  }

  /** Share of targets that are drawn whatever is seen. */
  double shuffle() {
    return shuffle;
  }

  /** π. */
  double[] marginal() {
    return marginal.clone();
  }
}
