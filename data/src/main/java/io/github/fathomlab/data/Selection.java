package io.github.fathomlab.data;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses training and test samples by a seeded permutation.
 *
 * <p>Of a pool of n samples in the order π = permutation(seed) the first {@code train} are trained
 * on and the next {@code test} are held out, so that more test samples never change the training
 * set. Where all n are taken their order in the file is kept.
 *
 * @param train number of training samples; null takes all that are not held out
 * @param test number of held-out samples, 0 for none; null takes what the source says
 * @param seed of the permutation, and of the shuffled labels
 * @param shuffleLabels permute the training labels among the training samples: the null of every
 *     claim about learning
 */
public record Selection(
    @Nullable Integer train, @Nullable Integer test, long seed, boolean shuffleLabels) {

  /** All samples, each source with its own share of test samples, split seed 0. */
  public static final Selection ALL = new Selection(null, null, 0, false);

  private static final long DATA = 0x64617461L;
  private static final long TRAIN = 1;
  private static final long TEST = 2;
  private static final long LABELS = 3;

  public Selection {
    if (train != null && train < 1) {
      throw new DataException("data.train must be at least 1, found " + train + ".");
    }
    if (test != null && test < 0) {
      throw new DataException("data.test must be 0 (no test samples) or more, found " + test + ".");
    }
  }

  public static Selection of(int train, int test, long seed) {
    return new Selection(train, test, seed, false);
  }

  /** Divides one pool; without any wish {@code usualTest} samples are held out. */
  Split divide(Dataset pool, int usualTest) {
    int n = pool.size();
    int testCount;
    if (test != null) {
      testCount = test;
    } else if (train != null) {
      testCount = Math.max(0, n - train);
    } else {
      testCount = usualTest;
    }
    int trainCount = train != null ? train : n - testCount;
    if (trainCount < 1 || (long) trainCount + testCount > n) {
      throw new DataException(
          "%s has %d samples, but %s training and %d test samples were asked for; lower data.train or data.test."
              .formatted(pool.name(), n, train != null ? train : "1 or more", testCount));
    }
    int[] order = order(n, trainCount, TRAIN);
    Dataset trainSet = pool.select(pool.name(), Arrays.copyOf(order, trainCount));
    Dataset testSet =
        testCount == 0
            ? null
            : pool.select(
                pool.name() + " (test)",
                Arrays.copyOfRange(order, trainCount, trainCount + testCount));
    return DatasetValidation.checked(new Split(shuffled(trainSet), testSet));
  }

  /** Training indices out of a separate file of n training samples. */
  int[] trainIndices(String name, int n) {
    return choose(name, n, train, TRAIN, "training");
  }

  /** Test indices out of a separate file of n test samples. */
  int[] testIndices(String name, int n) {
    return choose(name, n, test, TEST, "test");
  }

  /** The training set with permuted targets where the null was asked for. */
  Dataset shuffled(Dataset trainSet) {
    if (!shuffleLabels) {
      return trainSet;
    }
    int[] order = CounterRandom.permutation(CounterRandom.key(seed, DATA, LABELS), trainSet.size());
    String name = trainSet.name() + " (shuffled labels)";
    return new Dataset(
        name, trainSet.features(), trainSet.inputs(), trainSet.select(name, order).targets());
  }

  /** The words of this selection, for {@link DataSource#description}. */
  String words() {
    return "%s%ssplit seed %d%s"
        .formatted(
            train == null ? "" : "train " + train + ", ",
            test == null ? "" : "test " + test + ", ",
            seed,
            shuffleLabels ? ", shuffled training labels" : "");
  }

  private int[] choose(String name, int n, @Nullable Integer asked, long purpose, String kind) {
    int count = asked != null ? asked : n;
    if (count > n) {
      throw new DataException(
          "%s has %d %s samples, but %d were asked for; lower data.%s."
              .formatted(name, n, kind, count, purpose == TRAIN ? "train" : "test"));
    }
    return Arrays.copyOf(order(n, count, purpose), count);
  }

  private int[] order(int n, int count, long purpose) {
    return count == n
        ? IntStream.range(0, n).toArray()
        : CounterRandom.permutation(CounterRandom.key(seed, DATA, purpose), n);
  }
}
