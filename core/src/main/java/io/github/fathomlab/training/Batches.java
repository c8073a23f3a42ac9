package io.github.fathomlab.training;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * Which samples step k sees, with their noise: a new permutation each epoch, the last batch of an
 * epoch being what is left; or a fresh draw from a population, whose batches all have one size.
 *
 * <p>Everything follows from the replica's seed and the step, so a resumed training continues with
 * the same batches. A full batch is not permuted.
 */
final class Batches {
  private static final long ORDER = 1;
  private static final long LABELS = 2;
  private static final long INPUTS = 3;
  private static final long FRESH = 4;

  private final Samples samples;
  private final @Nullable Population population;
  private final Noise noise;
  private final int batch;
  private final long seed;
  private long epoch = -1;
  private int[] order = new int[0];

  /**
   * @param samples that are gone through, or a sample of the population
   * @param population to draw from, or null
   */
  Batches(Samples samples, @Nullable Population population, TrainingPlan plan, long seed) {
    this.samples = samples;
    this.population = population;
    noise = plan.noise();
    if (noise.labels() > 0 && !(samples.dataset().targets() instanceof Targets.Classes)) {
      throw new IllegalArgumentException(
          "label noise needs class labels, but the targets of data set %s are numbers; set it to 0"
              .formatted(samples.dataset().name()));
    }
    int full = population == null ? samples.size() : population.fullBatch(samples.size());
    int asked = plan.batch() == 0 ? full : plan.batch();
    batch = population == null ? Math.min(asked, samples.size()) : asked;
    this.seed = seed;
  }

  /** Steps per epoch. */
  static long perEpoch(int samples, int batch) {
    return batch == 0 ? 1 : (samples + batch - 1L) / batch;
  }

  private long position(long step) {
    return step % perEpoch(samples.size(), batch);
  }

  /** Number of samples in the batch of a step. */
  int size(long step) {
    if (population != null) {
      return batch;
    }
    return (int) Math.min(batch, samples.size() - position(step) * batch);
  }

  /** Fills input [features x B] and targets [outputs x B]. */
  void load(long step, Matrix input, Matrix targets) {
    if (population == null) {
      int[] selected = indices(step, input.columns());
      input.gather(samples.inputs(), selected);
      targets.gather(samples.targets(), selected);
    } else {
      population.draw(CounterRandom.key(seed, FRESH, step), input, targets);
    }
    if (noise.inputs() > 0) {
      addInputNoise(CounterRandom.key(seed, INPUTS, step), input);
    }
    if (noise.labels() > 0) {
      replaceLabels(CounterRandom.key(seed, LABELS, step), targets);
    }
  }

  private int[] indices(long step, int size) {
    long current = step / perEpoch(samples.size(), batch);
    if (current != epoch) {
      epoch = current;
      order = permutation(current);
    }
    int start = (int) position(step) * batch;
    int[] selected = new int[size];
    System.arraycopy(order, start, selected, 0, size);
    return selected;
  }

  private int[] permutation(long ofEpoch) {
    if (batch < samples.size()) {
      return CounterRandom.permutation(CounterRandom.key(seed, ORDER, ofEpoch), samples.size());
    }
    int[] natural = new int[samples.size()];
    for (int i = 0; i < natural.length; i++) {
      natural[i] = i;
    }
    return natural;
  }

  private void addInputNoise(long key, Matrix input) {
    double deviation = noise.inputs() * samples.inputDeviation();
    for (int r = 0; r < input.rows(); r++) {
      for (int j = 0; j < input.columns(); j++) {
        long index = (long) r * input.columns() + j;
        input.set(r, j, input.get(r, j) + deviation * CounterRandom.gaussian(key, index));
      }
    }
  }

  private void replaceLabels(long key, Matrix targets) {
    int size = targets.columns();
    int[] shuffled = CounterRandom.permutation(key, size);
    for (int i = 0; i < (int) (noise.labels() * size); i++) {
      int drawn = CounterRandom.below(key, (long) size + i, targets.rows());
      for (int c = 0; c < targets.rows(); c++) {
        targets.set(c, shuffled[i], c == drawn ? 1 : 0);
      }
    }
  }

  /** Whether every step sees the same numbers, so that they need to be loaded only once. */
  boolean constant() {
    return population == null
        && batch == samples.size()
        && noise.inputs() == 0
        && noise.labels() == 0;
  }
}
