package io.github.fathomlab.experiment;

/**
 * How much is trained.
 *
 * @param batch samples per step, 0 for the whole training set
 */
public record Training(int batch, Length length) {

  /** The length of a training. */
  public sealed interface Length {

    /** Passes through the training set. */
    record Epochs(long count) implements Length {}

    /** Steps of the optimizer. */
    record Steps(long count) implements Length {}
  }

  /** Steps of one pass through n samples; what is left at its end is a step too. */
  long stepsPerEpoch(int samples) {
    return batch == 0 ? 1 : (samples + batch - 1L) / batch;
  }

  /** Steps in all for n training samples. */
  long steps(int samples) {
    return switch (length) {
      case Length.Epochs(long count) -> Math.multiplyExact(count, stepsPerEpoch(samples));
      case Length.Steps(long count) -> count;
    };
  }

  /** Samples of the smallest batch that is met. */
  int smallestBatch(int samples) {
    if (batch == 0 || batch >= samples) {
      return samples;
    }
    int rest = samples % batch;
    return rest == 0 || steps(samples) < stepsPerEpoch(samples) ? batch : rest;
  }
}
