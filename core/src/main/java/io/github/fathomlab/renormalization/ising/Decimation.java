package io.github.fathomlab.renormalization.ising;

import java.util.ArrayList;
import java.util.List;

/**
 * Decimation of the Ising chain: of every b spins one is kept and the others are summed out.
 *
 * <pre>
 *   T' = T^b = e^g T(K', h'),
 *   K' = ln(T'++ T'-- / T'+-²) / 4,   h' = ln(T'++ / T'--) / 2,   g = ln(T'++ T'-- T'+-²) / 4,
 *   without a field:   tanh K' = (tanh K)^b,   u' = b u with u = -ln tanh K
 * </pre>
 *
 * <p>Symbols: T transfer matrix [2 x 2]; K coupling, h field, g logarithm of the factor per coarse
 * bond, u inverse correlation length per site; b sites per block. Source: textbook;
 * arXiv:2212.00005 compares a network's output with its stable fixed point. Validity: b of at least
 * 2, any sign of K and h. T'++ T'-- - T'+-² is taken as (det T)^b, which keeps the digits of small
 * couplings. Cost: O(log b) per step.
 *
 * @param block b, sites per block
 */
public record Decimation(int block) {

  /**
   * A decimation.
   *
   * @throws IllegalArgumentException when the block has fewer than 2 sites
   */
  public Decimation {
    if (block < 2) {
      throw new IllegalArgumentException(
          "a decimation needs blocks of at least 2 sites, found " + block);
    }
  }

  /**
   * A fixed point of the coupling without a field.
   *
   * @param coupling K*, 0 or infinite
   * @param exponent y: a small departure grows as b^y; minus infinity where it vanishes faster than
   *     any power
   */
  public record FixedPoint(double coupling, double exponent) {

    /** Whether flows that come near end here. */
    public boolean stable() {
      return exponent < 0;
    }
  }

  /** K* = 0, which attracts every finite coupling, and K* = ∞, left with u' = b u. */
  public static List<FixedPoint> fixedPoints() {
    return List.of(
        new FixedPoint(0, Double.NEGATIVE_INFINITY), new FixedPoint(Double.POSITIVE_INFINITY, 1));
  }

  /** K' of a chain without a field; infinite couplings are allowed. */
  public double coupling(double coupling) {
    double next = ofRate(block * rate(Math.abs(coupling)));
    return coupling < 0 && block % 2 == 1 ? -next : next;
  }

  /** y = ln(u'/u) / ln b between a positive coupling and its K'; 1 up to rounding. */
  public double exponent(double coupling) {
    return StrictMath.log(rate(coupling(coupling)) / rate(coupling)) / StrictMath.log(block);
  }

  /** u = -ln tanh K = ln[(1 + e^-2K) / (1 - e^-2K)] for K of at least 0. */
  private static double rate(double coupling) {
    return StrictMath.log1p(2 * StrictMath.exp(-2 * coupling) / -StrictMath.expm1(-2 * coupling));
  }

  /** K = artanh e^-u. */
  private static double ofRate(double rate) {
    return 0.5 * StrictMath.log1p(2 * StrictMath.exp(-rate) / -StrictMath.expm1(-rate));
  }

  /** One step, with or without a field. */
  public Flow.Step step(IsingChain chain) {
    ScaledPower power = ScaledPower.of(chain).toThe(block);
    double up = StrictMath.log(power.up());
    double down = StrictMath.log(power.down());
    double off = StrictMath.log(power.off());
    double excess = power.determinant() / (power.off() * power.off());
    double coupling =
        Math.abs(excess) < 0.5 ? StrictMath.log1p(excess) / 4 : (up + down - 2 * off) / 4;
    double constant = (up + down + 2 * off) / 4 + power.logScale();
    return new Flow.Step(new IsingChain(coupling, (up - down) / 2), constant);
  }

  /**
   * The flow from a chain.
   *
   * @param steps how many, at least 0
   * @throws IllegalArgumentException when there are fewer than 0 steps
   */
  public Flow flow(IsingChain chain, int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("a flow needs at least 0 steps, found " + steps);
    }
    List<Flow.Step> flow = new ArrayList<>();
    flow.add(new Flow.Step(chain, 0));
    for (int n = 0; n < steps; n++) {
      flow.add(step(flow.getLast().chain()));
    }
    return new Flow(block, flow);
  }
}
