package io.github.fathomlab.coarsegraining;

/** What the states of the samples are measured from when their directions are counted. */
public enum Origin {
  /** The weighted mean over the samples: the directions in which samples differ. */
  MEAN,
  /** The zero of the features: the common part of all samples counts as a direction. */
  ZERO
}
