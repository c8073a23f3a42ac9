package io.github.fathomlab.renormalization.block;

import java.util.function.IntToDoubleFunction;

/**
 * All 2^W configurations of W consecutive spins of the infinite Ising chain with their exact
 * probabilities.
 *
 * <pre>
 *   p(s) ~ exp(K sum s s' + h sum s),  w_c = u(s_1) exp(K E_c + h (M_c - (s_1 + s_W)/2)) u(s_W) / l_1^(W-1)
 *   D = sqrt(sinh^2 h + exp(-4K)),  l_1 = e^K (cosh h + D),  u(+-)^2 = (1 +- sinh h / D)/2
 * </pre>
 *
 * <p>Symbols: K coupling, h field (both times inverse temperature), E_c sum of s s' over the W - 1
 * bonds, M_c sum of the spins, l_1 and u largest eigenvalue and unit eigenvector of the transfer
 * matrix, l_2 its other eigenvalue. Without a field w_c = exp(K E_c)/(2 (2 cosh K)^(W-1)), and a
 * configuration and its complement have the same bits. Spin i (0 is the left one) of configuration
 * c is -1 where bit i of c is set.
 *
 * <p>Two blocks side by side know of each other only through the spins that face each other: with
 * the edge function psi(s) = v_2(s)/u(s), Cov(f, g) = (l_2/l_1) E[f psi(s_W)] E[g psi(s_1)].
 * Without a field psi is the spin itself and l_2/l_1 = tanh K.
 *
 * <p>Source: textbook transfer matrix; the theorem on blocks is our own (summed out explicitly in
 * the tests). Valid for |K|, |h| <= 100 and 1 <= W <= 14. Cost: O(2^W).
 */
public final class Window {
  /** The widest window that is enumerated. */
  public static final int WIDEST = 14;

  /** Beyond this the rarer spin's probability leaves the range of a double. */
  private static final double STRONGEST = 100;

  private final int width;
  private final double coupling;
  private final double field;
  private final double contraction;
  private final double upPsi;
  private final double downPsi;
  private final double logLargest;
  private final double[] ends;
  private final double[] weights;

  private Window(int width, double coupling, double field) {
    if (width < 1 || width > WIDEST) {
      throw new IllegalArgumentException(
          "a window that is enumerated has 1 to %d spins, found %d".formatted(WIDEST, width));
    }
    if (!(Math.abs(coupling) <= STRONGEST && Math.abs(field) <= STRONGEST)) {
      throw new IllegalArgumentException(
          "a coupling and a field lie in [-%1$s, %1$s], found K = %2$s, h = %3$s"
              .formatted(STRONGEST, coupling, field));
    }
    this.width = width;
    this.coupling = coupling;
    this.field = field;
    double sinh = Math.sinh(field);
    double bond = Math.exp(-2 * coupling);
    double root = Math.hypot(sinh, bond);
    double sum = Math.cosh(field) + root;
    contraction = field == 0 ? Math.tanh(coupling) : -Math.expm1(-4 * coupling) / (sum * sum);
    double minority = 0.5 * (bond / root) * (bond / (root + Math.abs(sinh)));
    double majority = 0.5 * (1 + Math.abs(sinh) / root);
    double up = Math.sqrt(field >= 0 ? majority : minority);
    double down = Math.sqrt(field >= 0 ? minority : majority);
    upPsi = down / up;
    downPsi = -up / down;
    weights = new double[1 << width];
    logLargest = coupling + Math.log(sum);
    ends = new double[] {up * up, up * down, down * down};
    for (int c = 0; c < weights.length; c++) {
      weights[c] = ends(c) * Math.exp(logBonds(c));
    }
  }

  private double ends(int c) {
    return ends[1 - (first(c) + last(c)) / 2];
  }

  private double logBonds(int c) {
    double sites = spinSum(c) - 0.5 * (first(c) + last(c));
    return coupling * bondSum(c) + field * sites - (width - 1) * logLargest;
  }

  /** A window of the chain without a field. */
  public static Window of(int width, double coupling) {
    return new Window(width, coupling, 0);
  }

  /** A window of the chain in a field. */
  public static Window inField(int width, double coupling, double field) {
    return new Window(width, coupling, field);
  }

  /** W. */
  public int width() {
    return width;
  }

  /** K. */
  public double coupling() {
    return coupling;
  }

  /** h. */
  public double field() {
    return field;
  }

  /** l_2/l_1, by which a bond passes on what one spin knows: tanh K without a field. */
  public double contraction() {
    return contraction;
  }

  /** 2^W. */
  public int count() {
    return weights.length;
  }

  /** w_c, the probability of a configuration. */
  public double weight(int c) {
    return weights[c];
  }

  /** ln w_c, also where w_c is too small for a double. */
  public double logWeight(int c) {
    return Math.log(ends(c)) + logBonds(c);
  }

  /** The spin, +1 or -1, at a site 0..W-1. */
  public static int spin(int c, int site) {
    return 1 - 2 * (c >>> site & 1);
  }

  /** s_1, the spin at the left edge. */
  public int first(int c) {
    return spin(c, 0);
  }

  /** s_W, the spin at the right edge. */
  public int last(int c) {
    return spin(c, width - 1);
  }

  /** The configuration with every spin flipped. */
  public int complement(int c) {
    return weights.length - 1 - c;
  }

  /** E_c: satisfied minus unsatisfied bonds. */
  public int bondSum(int c) {
    int unsatisfied = Integer.bitCount((c ^ (c >>> 1)) & ((1 << (width - 1)) - 1));
    return width - 1 - 2 * unsatisfied;
  }

  /** M_c: spins up minus spins down. */
  public int spinSum(int c) {
    return width - 2 * Integer.bitCount(c);
  }

  /** psi(s_1): what the left neighbour block can know of this configuration. */
  public double leftEdge(int c) {
    return first(c) > 0 ? upPsi : downPsi;
  }

  /** psi(s_W): what the right neighbour block can know of this configuration. */
  public double rightEdge(int c) {
    return last(c) > 0 ? upPsi : downPsi;
  }

  /** The values of a function over all configurations, in their order. */
  public double[] tabulate(IntToDoubleFunction function) {
    double[] values = new double[count()];
    for (int c = 0; c < values.length; c++) {
      values[c] = function.applyAsDouble(c);
    }
    return values;
  }

  /**
   * E[f], a configuration and its complement added first: exactly 0 for odd f without a field. The
   * sum is compensated, since few different weights round the same way thousands of times.
   */
  public double mean(double[] values) {
    requireOnePerConfiguration(values.length);
    double sum = 0;
    double lost = 0;
    for (int c = 0; c < values.length / 2; c++) {
      int flipped = complement(c);
      double term = weights[c] * values[c] + weights[flipped] * values[flipped] - lost;
      double next = sum + term;
      lost = (next - sum) - term;
      sum = next;
    }
    return sum;
  }

  void requireOnePerConfiguration(int found) {
    if (found != weights.length) {
      throw new IllegalArgumentException(
          "a function of a window of %d spins has %d values, found %d"
              .formatted(width, weights.length, found));
    }
  }
}
