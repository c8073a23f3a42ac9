package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.training.Population;

/**
 * An endless supply of chosen positions of sequences: those of one sequence after another, until a
 * batch is full.
 *
 * <p>Chosen positions of one sequence are not independent, so gradients are noisier than those of
 * {@link WindowPopulation} for a chain that remembers. A window of half-width w shows PAD beyond
 * the ends of its sequence. Without neighbours, w = 0, there is one context for every symbol that a
 * chosen position can show, and a batch counts them as {@link WindowPopulation} does. Source:
 * rank-collapse specification, section 4, variants A and S; there the number of chosen positions in
 * a batch is random, here it is fixed. Cost: O(log V) per position.
 */
final class SequencePopulation implements Population {
  private final ChainSampler sampler;
  private final Masking masking;
  private final OneHot features;
  private final int length;
  private final int draws;
  private final double shuffle;
  private final double[] marginal;

  SequencePopulation(
      MarkovChain chain, Masking masking, int halfWidth, int length, int draws, double shuffle) {
    sampler = new ChainSampler(chain);
    this.masking = masking;
    features = new OneHot(2 * halfWidth + 1, chain.states());
    this.length = length;
    this.draws = draws;
    this.shuffle = shuffle;
    marginal = ChainSampler.cumulative(chain.stationary());
  }

  @Override
  public int fullBatch(int samples) {
    return features.positions() == 1 ? samples : draws;
  }

  @Override
  public void draw(long key, Matrix input, Matrix targets) {
    input.fill(0);
    targets.fill(0);
    int columns = input.columns();
    boolean counted = features.positions() == 1;
    int first = features.mask() + 1 - columns;
    for (int c = 0; c < columns && counted; c++) {
      features.show(new int[] {first + c}, input, c);
    }
    int drawn = 0;
    for (int s = 0; drawn < draws; s++) {
      long own = CounterRandom.key(key, s);
      ChainText text = ChainText.of(sampler, masking, features.states(), own, length);
      for (int t = 0; t < length && drawn < draws; t++) {
        if (text.chosen()[t]) {
          int column = counted ? text.shown()[t] - first : drawn;
          if (!counted) {
            features.show(text.window(t, features.positions() / 2, features.pad()), input, column);
          }
          int target = target(text.states()[t], own, t);
          targets.set(target, column, targets.get(target, column) + (double) columns / draws);
          drawn++;
        }
      }
    }
  }

  private int target(int state, long key, int t) {
    return shuffle > 0 && CounterRandom.uniform(key, 2L * t) < shuffle
        ? ChainSampler.place(marginal, CounterRandom.uniform(key, 2L * t + 1))
        : state;
  }
}
