package io.github.fathomlab.training;

import org.jspecify.annotations.Nullable;

/**
 * Training samples, and held-out samples where there are any.
 *
 * @param train what is trained on; with a population a fixed sample of it, on which networks are
 *     evaluated
 * @param population what every step draws a fresh batch from, or null
 */
public record Split(Dataset train, @Nullable Dataset test, @Nullable Population population) {

  /** A training that goes through its samples. */
  public Split(Dataset train, @Nullable Dataset test) {
    this(train, test, null);
  }
}
