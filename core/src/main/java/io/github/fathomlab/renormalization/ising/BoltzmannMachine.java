package io.github.fathomlab.renormalization.ising;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * A restricted Boltzmann machine of spins ±1 without biases, and the flow of its reconstructions.
 *
 * <pre>
 *   P(v, h) ~ exp(Σ v_i W_ij h_j),   P(h_j | v) = 1/(1 + exp(-2 h_j Σ_i v_i W_ij)),   P(v_i | h) alike
 *   P(v) ~ Π_j 2 cosh(Σ_i v_i W_ij),   flow  v → h → v' → ...
 * </pre>
 *
 * <p>Symbols: v visible spins [W], h hidden spins [H], W_ij couplings in units of the temperature.
 * A pattern of spins is an integer whose bit i is set where spin i points down. The flow either
 * draws every layer given the last one, which has P(v) as its stationary law, or turns every spin
 * along its field.
 *
 * <p>Source: Iso, Shiba and Yokoo, arXiv:1801.07172, take such a flow for a renormalization; the
 * form without biases is our choice. Validity: up to {@value #MOST_VISIBLE} visible and {@value
 * #MOST_HIDDEN} hidden spins; probabilities of draws are exact to 2e-7. Cost: O(W H/5) per
 * reconstruction, O(2^W H) for a divergence.
 */
public final class BoltzmannMachine {
  static final int MOST_VISIBLE = 16;
  static final int MOST_HIDDEN = 30;

  private static final int HIDDEN_DRAWS = 0;
  private static final int VISIBLE_DRAWS = 1;

  private final int visible;
  private final int hidden;
  private final double[] weights;
  private final HeatBath upwards;
  private final HeatBath downwards;

  /**
   * A machine with given couplings.
   *
   * @param weights W_ij [visible x hidden], row-major; copied
   * @throws IllegalArgumentException when the sizes do not fit or are too large
   */
  public BoltzmannMachine(int visible, int hidden, double[] weights) {
    if (visible < 1 || visible > MOST_VISIBLE || hidden < 1 || hidden > MOST_HIDDEN) {
      throw new IllegalArgumentException(
          "a machine has 1 to %d visible and 1 to %d hidden spins, found %d and %d"
              .formatted(MOST_VISIBLE, MOST_HIDDEN, visible, hidden));
    }
    if (weights.length != visible * hidden) {
      throw new IllegalArgumentException(
          "%d visible and %d hidden spins have %d couplings, found %d"
              .formatted(visible, hidden, visible * hidden, weights.length));
    }
    this.visible = visible;
    this.hidden = hidden;
    this.weights = weights.clone();
    upwards = new HeatBath(visible, hidden);
    downwards = new HeatBath(hidden, visible);
    refresh();
  }

  /** A machine with independent normal couplings. */
  public static BoltzmannMachine random(int visible, int hidden, double deviation, long key) {
    double[] weights = new double[visible * hidden];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = deviation * CounterRandom.gaussian(key, k);
    }
    return new BoltzmannMachine(visible, hidden, weights);
  }

  /** Number of visible spins. */
  public int visible() {
    return visible;
  }

  /** Number of hidden spins. */
  public int hidden() {
    return hidden;
  }

  /** W_ij [visible x hidden]. */
  public double[] weights() {
    return weights.clone();
  }

  /** Adds to the couplings. */
  void add(double[] change) {
    for (int k = 0; k < weights.length; k++) {
      weights[k] += change[k];
    }
    refresh();
  }

  private void refresh() {
    upwards.set(weights, hidden, 1);
    downwards.set(weights, 1, hidden);
  }

  /** Draws h given v. */
  void drawHidden(int[] from, int[] to, long key) {
    upwards.draw(from, to, key);
  }

  /** Draws v given h. */
  void drawVisible(int[] from, int[] to, long key) {
    downwards.draw(from, to, key);
  }

  /**
   * One step of the flow, drawn.
   *
   * @param patterns v of every chain
   * @param key one per step
   */
  public int[] reconstruct(int[] patterns, long key) {
    int[] above = new int[patterns.length];
    int[] below = new int[patterns.length];
    drawHidden(patterns, above, CounterRandom.key(key, HIDDEN_DRAWS));
    drawVisible(above, below, CounterRandom.key(key, VISIBLE_DRAWS));
    return below;
  }

  /** One step of the flow with every spin along its field. */
  public int[] reconstructBySigns(int[] patterns) {
    int[] above = new int[patterns.length];
    int[] below = new int[patterns.length];
    upwards.follow(patterns, above);
    downwards.follow(above, below);
    return below;
  }

  /**
   * P(v) of every pattern.
   *
   * @return probabilities [2^W]
   */
  public double[] distribution() {
    double[] logarithms = new double[1 << visible];
    double largest = Double.NEGATIVE_INFINITY;
    for (int pattern = 0; pattern < logarithms.length; pattern++) {
      double sum = 0;
      for (double field : upwards.fields(pattern)) {
        double size = Math.abs(field);
        sum += size + StrictMath.log1p(StrictMath.exp(-2 * size));
      }
      logarithms[pattern] = sum;
      largest = Math.max(largest, sum);
    }
    double total = 0;
    for (int pattern = 0; pattern < logarithms.length; pattern++) {
      logarithms[pattern] = StrictMath.exp(logarithms[pattern] - largest);
      total += logarithms[pattern];
    }
    for (int pattern = 0; pattern < logarithms.length; pattern++) {
      logarithms[pattern] /= total;
    }
    return logarithms;
  }

  /**
   * Σ p ln(p/P(v)) in nats: what the machine still has to learn of a distribution.
   *
   * @param target p of every pattern [2^W]
   * @throws IllegalArgumentException when there are not 2^W probabilities
   */
  public double divergence(double[] target) {
    if (target.length != 1 << visible) {
      throw new IllegalArgumentException(
          "%d visible spins have %d patterns, found %d probabilities"
              .formatted(visible, 1 << visible, target.length));
    }
    double[] own = distribution();
    double sum = 0;
    for (int pattern = 0; pattern < own.length; pattern++) {
      double p = target[pattern];
      sum += p > 0 ? p * StrictMath.log(p / own[pattern]) : 0;
    }
    return sum;
  }
}
