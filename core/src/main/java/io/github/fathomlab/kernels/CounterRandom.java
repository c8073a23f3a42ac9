package io.github.fathomlab.kernels;

/**
 * Random numbers as a pure function of a key and a counter, so that no draw depends on order,
 * threads or company.
 *
 * <p>{@code bits(key, i) = mix(key + (i+1)·φ)} with the 64-bit finaliser of SplitMix64 (Steele, Lea
 * and Flood, OOPSLA 2014) and φ = 0x9E3779B97F4A7C15. Keys are derived with {@link #key}: one per
 * seed, purpose and index, never shared. All functions use only exactly rounded operations or
 * {@link StrictMath}, so their bits are the same everywhere.
 */
public final class CounterRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long CHAIN = 0xD1B54A32D192ED03L;

  private CounterRandom() {}

  /**
   * A key for one purpose: the chain key := bits(mix(key ^ ψ), part) over the parts, begun with
   * mix(seed + φ), where ψ = 0xD1B54A32D192ED03. The order of the parts matters, and no key of a
   * chain is a draw from the one before it.
   */
  public static long key(long seed, long... parts) {
    long key = mix(seed + GOLDEN);
    for (long part : parts) {
      key = bits(mix(key ^ CHAIN), part);
    }
    return key;
  }

  /** 64 random bits. */
  public static long bits(long key, long index) {
    return mix(key + (index + 1) * GOLDEN);
  }

  /** Uniform in [0, 1) with 53 random bits. */
  public static double uniform(long key, long index) {
    return (bits(key, index) >>> 11) * 0x1.0p-53;
  }

  /** Uniform integer in 0..bound-1; the bias is below bound/2^63. */
  public static int below(long key, long index, int bound) {
    return (int) Math.unsignedMultiplyHigh(bits(key, index), bound);
  }

  /** Standard normal by the Box-Muller transform; draws 2i and 2i+1 share one pair of uniforms. */
  public static double gaussian(long key, long index) {
    long pair = index & ~1L;
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(key, pair)));
    double angle = 2 * Math.PI * uniform(key, pair + 1);
    return radius * ((index & 1) == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
  }

  /** Fills an array with {@code gaussian(key, i)} of its indices i: a logarithm per two numbers. */
  public static void gaussians(long key, double[] into) {
    for (int i = 0; i < into.length; i += 2) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(key, i)));
      double angle = 2 * Math.PI * uniform(key, i + 1);
      into[i] = radius * StrictMath.cos(angle);
      if (i + 1 < into.length) {
        into[i + 1] = radius * StrictMath.sin(angle);
      }
    }
  }

  /** A uniformly random permutation of 0..n-1 (Fisher-Yates). */
  public static int[] permutation(long key, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = below(key, i, i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
