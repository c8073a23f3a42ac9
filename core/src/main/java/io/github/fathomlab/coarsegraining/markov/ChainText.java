package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;

/**
 * Sequences of a chain with positions chosen to be predicted, as windows.
 *
 * <p>Sequence and mask are functions of the key. Cost: O(length) per sequence.
 *
 * @param states x_t of the chain
 * @param shown what stands at every position: x_t, or what the masking shows
 * @param chosen whether it is to be predicted
 */
@SuppressWarnings("ArrayRecordComponent") // carries results, is never compared
record ChainText(int[] states, int[] shown, boolean[] chosen) {
  private static final long CHAIN = 1;
  private static final long CHOICE = 2;
  private static final long SHOWN = 3;

  static ChainText of(ChainSampler sampler, Masking masking, int symbols, long key, int length) {
    int[] states = sampler.sample(CounterRandom.key(key, CHAIN), length);
    int[] shown = states.clone();
    boolean[] chosen = new boolean[length];
    long choice = CounterRandom.key(key, CHOICE);
    long appearance = CounterRandom.key(key, SHOWN);
    for (int t = 0; t < length; t++) {
      chosen[t] = CounterRandom.uniform(choice, t) < masking.rate();
      if (chosen[t]) {
        shown[t] = masking.shown(states[t], symbols, CounterRandom.uniform(appearance, t));
      }
    }
    return new ChainText(states, shown, chosen);
  }

  int length() {
    return states.length;
  }

  /** The 2w+1 symbols around a position; PAD beyond the ends. */
  int[] window(int t, int halfWidth, int pad) {
    int[] window = new int[2 * halfWidth + 1];
    Arrays.fill(window, pad);
    for (int o = 0; o < window.length; o++) {
      int s = t - halfWidth + o;
      if (s >= 0 && s < shown.length) {
        window[o] = shown[s];
      }
    }
    return window;
  }
}
