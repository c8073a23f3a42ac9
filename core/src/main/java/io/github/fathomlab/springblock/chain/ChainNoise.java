package io.github.fathomlab.springblock.chain;

/**
 * Random forces on the blocks.
 *
 * <pre>   second order: ε e^{-λt} dB_l;   first order, per step: force ε̄ e^{-λt} N(0,1) </pre>
 *
 * <p>Source: the code published with arXiv:2407.19353. In first order the amplitude is that of a
 * step of given length, the only parameter that keeps friction as the step shrinks; in second order
 * it is that of the white noise. A common noise is the same for all blocks and each block feels the
 * stated amplitude; the published second-order program adds N independent sources to every block,
 * which is common noise of amplitude √N ε.
 *
 * @param amplitude ε in force √time (second order), ε̄ in force (first order); zero or more
 * @param common whether all blocks feel the same noise
 * @param decay λ per unit of time, zero or more
 */
public record ChainNoise(double amplitude, boolean common, double decay) {

  public ChainNoise {
    if (!(amplitude >= 0 && Double.isFinite(amplitude) && decay >= 0 && Double.isFinite(decay))) {
      throw new IllegalArgumentException(
          "noise needs an amplitude >= 0 and a decay >= 0, found amplitude %s and decay %s"
              .formatted(amplitude, decay));
    }
  }

  /** No noise. */
  public static ChainNoise none() {
    return new ChainNoise(0, false, 0);
  }

  /** Independent noise of constant amplitude. */
  public static ChainNoise independent(double amplitude) {
    return new ChainNoise(amplitude, false, 0);
  }

  /** ε e^{-λt}. */
  public double at(double time) {
    return decay == 0 ? amplitude : amplitude * Math.exp(-decay * time);
  }
}
