package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;

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
  private final int sights;

  /** J, flat index (l sights + r) V + k. */
  private final double[] joint;

  private final double[] cumulative;

  /**
   * The task.
   *
   * @param halfWidth w, positions seen on either side, at least 1
   * @throws IllegalArgumentException when there are too many cells to enumerate
   * @throws IllegalStateException when the chain has no unique stationary distribution
   */
  public WindowTask(MarkovChain chain, Masking masking, int halfWidth) {
    states = chain.states();
    if (halfWidth < 1 || !isEnumerable(states, halfWidth)) {
      throw new IllegalArgumentException(
          "a window of half-width %d over %d states cannot be enumerated; at least 1 is expected, and at most %d cells"
              .formatted(halfWidth, states, MOST_CELLS));
    }
    this.halfWidth = halfWidth;
    this.masking = masking;
    sights = (int) Math.round(Math.pow(states + 1, halfWidth));
    joint = new double[sights * sights * states];
    fill(chain);
    cumulative = ChainSampler.cumulative(joint);
  }

  /** Whether a window has few enough cells. */
  public static boolean isEnumerable(int states, int halfWidth) {
    return Math.pow(states + 1, 2.0 * halfWidth) * states <= MOST_CELLS;
  }

  private void fill(MarkovChain chain) {
    double[][] left = new double[sights][];
    double[][] right = new double[sights][];
    for (int sight = 0; sight < sights; sight++) {
      left[sight] = arriving(chain, symbols(sight));
      right[sight] = leaving(chain, symbols(sight));
    }
    for (int l = 0; l < sights; l++) {
      for (int r = 0; r < sights; r++) {
        for (int k = 0; k < states; k++) {
          joint[(l * sights + r) * states + k] = left[l][k] * right[r][k];
        }
      }
    }
  }

  /** P(symbols seen, state after the last of them = k). */
  private double[] arriving(MarkovChain chain, int[] symbols) {
    double[] law = chain.stationary();
    for (int symbol : symbols) {
      double[] next = new double[states];
      for (int i = 0; i < states; i++) {
        double seen = law[i] * masking.any(symbol, i, states);
        for (int j = 0; j < states && seen > 0; j++) {
          next[j] += seen * chain.probability(i, j);
        }
      }
      law = next;
    }
    return law;
  }

  /** P(symbols seen | state before the first of them = k). */
  private double[] leaving(MarkovChain chain, int[] symbols) {
    double[] chance = new double[states];
    Arrays.fill(chance, 1);
    for (int p = symbols.length - 1; p >= 0; p--) {
      double[] before = new double[states];
      for (int j = 0; j < states; j++) {
        double seen = chance[j] * masking.any(symbols[p], j, states);
        for (int i = 0; i < states && seen > 0; i++) {
          before[i] += chain.probability(i, j) * seen;
        }
      }
      chance = before;
    }
    return chance;
  }

  private int[] symbols(int sight) {
    int[] symbols = new int[halfWidth];
    int rest = sight;
    for (int p = halfWidth - 1; p >= 0; p--) {
      symbols[p] = rest % (states + 1);
      rest /= states + 1;
    }
    return symbols;
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
    return sights;
  }

  /** J[l,r,k]. */
  public double joint(int left, int right, int state) {
    return joint[(left * sights + right) * states + state];
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

  /** P(seen left and right, state = k, the middle shows this symbol | chosen), for all k. */
  double[] chosen(int left, int shown, int right) {
    double[] weights = new double[states];
    for (int k = 0; k < states; k++) {
      weights[k] = joint(left, right, k) * masking.chosen(shown, k, states);
    }
    return weights;
  }

  /** The first symbol that a chosen position may show; MASK when it shows nothing else. */
  int firstShown() {
    return masking.showsStates() ? 0 : states;
  }

  /** The 2w+1 symbols from left to right. */
  int[] window(int left, int shown, int right) {
    int[] window = Arrays.copyOf(symbols(left), 2 * halfWidth + 1);
    System.arraycopy(symbols(right), 0, window, halfWidth + 1, halfWidth);
    window[halfWidth] = shown;
    return window;
  }

  /** The least loss that a predictor of chosen states can reach, in nats. */
  public double bayesLoss() {
    double loss = 0;
    for (int l = 0; l < sights; l++) {
      for (int r = 0; r < sights; r++) {
        for (int c = firstShown(); c <= states; c++) {
          double[] cell = chosen(l, c, r);
          double weight = Arrays.stream(cell).sum();
          for (double p : cell) {
            loss -= p > 0 ? p * StrictMath.log(p / weight) : 0;
          }
        }
      }
    }
    return loss;
  }

  /** The contexts of all positions, chosen or not, with their probabilities. */
  public WeightedContexts contexts() {
    WeightedContexts.Collector collector = new WeightedContexts.Collector(states);
    for (int l = 0; l < sights; l++) {
      for (int r = 0; r < sights; r++) {
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

  /**
   * One chosen position, drawn from J by inversion on its flat index.
   *
   * @param symbols 2w+1 symbols shown, in 0..V
   * @param state in the middle, to be predicted
   */
  @SuppressWarnings("ArrayRecordComponent") // carries results, is never compared
  public record Draw(int[] symbols, int state) {}

  /**
   * A draw.
   *
   * @param key of {@link CounterRandom}
   * @param index of the draw; each is independent of the others
   */
  public Draw draw(long key, long index) {
    int cell = ChainSampler.place(cumulative, CounterRandom.uniform(key, 2 * index));
    int state = cell % states;
    int pair = cell / states;
    int shown = shown(state, CounterRandom.uniform(key, 2 * index + 1));
    return new Draw(window(pair / sights, shown, pair % sights), state);
  }

  private int shown(int state, double u) {
    if (u < masking.mask()) {
      return states;
    }
    double rest = u - masking.mask();
    return rest < masking.random()
        ? Math.min(states - 1, (int) (rest / masking.random() * states))
        : state;
  }
}
