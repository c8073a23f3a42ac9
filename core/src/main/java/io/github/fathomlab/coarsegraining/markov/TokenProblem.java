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
  private static final double MOST_POSITIONS = 1e6;

  /** Sequences on which a network is evaluated when windows are not enumerated. */
  static final int SEQUENCES = 256;

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
          "a window of half-width %d over %d states has %.0f contexts, more than the %d that are enumerated; set sequence to a length, so that they are drawn"
              .formatted(halfWidth, family.states(), contexts, MOST_CONTEXTS));
    }
    if (sequence > 0 && sequence <= 2 * halfWidth) {
      throw new IllegalArgumentException(
          "sequences of %d positions have none with %d on either side; set sequence to more than twice the window"
              .formatted(sequence, halfWidth));
    }
    if (draws == 0 && sequence > 0) {
      throw new IllegalArgumentException(
          "draws: 0 is the exact gradient and needs independent windows, found sequences of %d positions; delete sequence or set draws to a number"
              .formatted(sequence));
    }
    double masked = SEQUENCES * (double) sequence * masking.rate();
    if (sequence > 0 && halfWidth > 0 && masked < FEWEST_MASKED) {
      throw new IllegalArgumentException(
          "%d sequences of %d positions, on which networks are evaluated, hold %.3g masked ones at a rate of %s, fewer than %d; take longer ones or a higher rate"
              .formatted(SEQUENCES, sequence, masked, masking.rate(), FEWEST_MASKED));
    }
    double positions = draws / masking.rate();
    if (sequence > 0 && positions > MOST_POSITIONS) {
      throw new IllegalArgumentException(
          "a step of %d draws at a mask rate of %s goes through %.2g positions, more than %.0g; take fewer draws or a higher mask_rate"
              .formatted(draws, masking.rate(), positions, MOST_POSITIONS));
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

  /** Chosen positions of the sequences on which networks are evaluated, with their exact law. */
  private Dataset sample() {
    SequenceContexts contexts = SequenceContexts.of(this, texts(SEQUENCES, sequence));
    List<int[]> windows = new ArrayList<>();
    double[] targets = new double[contexts.chosenCount() * family.states()];
    for (int i = 0; i < contexts.windows().size(); i++) {
      if (contexts.chosen()[i]) {
        System.arraycopy(
            contexts.laws().get(i), 0, targets, windows.size() * family.states(), family.states());
        windows.add(contexts.windows().get(i));
      }
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
