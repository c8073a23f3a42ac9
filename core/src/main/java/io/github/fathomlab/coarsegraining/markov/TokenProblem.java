package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Population;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.util.ArrayList;
import java.util.List;

/**
 * Masked tokens of a chain as something to train on.
 *
 * <p>Where windows can be enumerated, every context is a column of a batch and the optimum is
 * exact; with sequences and neighbours, windows are drawn and show PAD beyond the ends.
 *
 * @param halfWidth w, positions seen on either side
 * @param draws chosen positions that one step counts; 0 for the exact gradient of the population
 * @param sequence positions of the sequences that draws come from, or 0 for independent windows
 * @param shuffle share of targets drawn from π whatever is seen: 1 is the null
 */
public record TokenProblem(
    ChainFamily family, Masking masking, int halfWidth, int draws, int sequence, double shuffle) {
  private static final int MOST_CONTEXTS = 8192;
  private static final int FEWEST_MASKED = 50;

  /** Sequences on which a network is evaluated when windows are not enumerated. */
  static final int SEQUENCES = 64;

  static final long EVALUATED = 0x746f6b656eL;

  /**
   * A problem.
   *
   * @throws IllegalArgumentException when it cannot be trained on, and why
   */
  public TokenProblem {
    double contexts = Math.pow(family.states() + 1.0, 2.0 * halfWidth + 1);
    if (sequence == 0 && contexts > MOST_CONTEXTS) {
      throw new IllegalArgumentException(
          "a window of half-width %d over %d states has %.0f contexts, more than the %d that are enumerated; draw them from sequences"
              .formatted(halfWidth, family.states(), contexts, MOST_CONTEXTS));
    }
    if (sequence > 0 && sequence <= 2 * halfWidth) {
      throw new IllegalArgumentException(
          "sequences of %d positions have none with %d on either side"
              .formatted(sequence, halfWidth));
    }
    if (draws == 0 && sequence > 0) {
      throw new IllegalArgumentException(
          "the exact gradient needs independent windows, found sequences of %d positions"
              .formatted(sequence));
    }
    double masked = SEQUENCES * (double) sequence * masking.rate();
    if (sequence > 0 && halfWidth > 0 && masked < FEWEST_MASKED) {
      throw new IllegalArgumentException(
          "%d sequences of %d positions, on which networks are evaluated, hold %.3g masked ones at a rate of %s, fewer than %d; take longer ones or a higher rate"
              .formatted(SEQUENCES, sequence, masked, masking.rate(), FEWEST_MASKED));
    }
    if (sequence > 0 && halfWidth > 0 && shuffle > 0 && shuffle < 1) {
      throw new IllegalArgumentException(
          "the optimum of windows from sequences is known for shares of shuffled targets of 0 and 1, found "
              + shuffle);
    }
  }

  /** Whether every context is known with its probability. */
  boolean enumerated() {
    return sequence == 0 || halfWidth == 0;
  }

  /** The exact law of a window, of an enumerated problem. */
  WindowTask task() {
    return new WindowTask(family.chain(), masking, halfWidth, shuffle);
  }

  OneHot features() {
    return new OneHot(2 * halfWidth + 1, family.states());
  }

  /** What is trained on; the loss of the test set is that over the population, or over a sample. */
  public Split split() {
    if (!enumerated()) {
      Dataset sample = sample();
      return new Split(sample, sample, population());
    }
    WindowTask task = task();
    Dataset whole = WindowPopulation.whole(task);
    if (draws == 0) {
      return new Split(whole, whole);
    }
    return new Split(whole, whole, sequence > 0 ? population() : new WindowPopulation(task, draws));
  }

  private Population population() {
    return new SequencePopulation(family.chain(), masking, halfWidth, sequence, draws, shuffle);
  }

  /** Chosen positions of the sequences on which networks are evaluated. */
  private Dataset sample() {
    List<int[]> windows = new ArrayList<>();
    List<Integer> states = new ArrayList<>();
    for (ChainText text : texts(SEQUENCES, sequence)) {
      for (int t = 0; t < text.length(); t++) {
        if (text.chosen()[t]) {
          windows.add(text.window(t, halfWidth, features().pad()));
          states.add(text.states()[t]);
        }
      }
    }
    double[] targets = new double[states.size() * family.states()];
    for (int i = 0; i < states.size(); i++) {
      targets[i * family.states() + states.get(i)] = 1;
    }
    return new Dataset(
        "sequences",
        features().features(),
        features().samples(windows),
        new Targets.Values(targets, family.states()));
  }

  /** Fixed sequences, the same for every training. */
  List<ChainText> texts(int count, int length) {
    ChainSampler sampler = new ChainSampler(family.chain());
    List<ChainText> texts = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      long key = CounterRandom.key(EVALUATED, s);
      texts.add(ChainText.of(sampler, masking, family.states(), key, length));
    }
    return texts;
  }
}
