package io.github.fathomlab.data;

import io.github.fathomlab.training.Split;

/** A description of data that can be turned into a training set and a test set. */
public sealed interface DataSource permits Digits, Idx, Npz, Mixture, ChainBlocks, MaskedTokens {

  /**
   * Reads or generates the samples: the same description gives the same bits everywhere.
   *
   * @throws DataException when the data are missing, damaged or unfit for training
   */
  Split load();

  /** One line for people. */
  String description();

  /** Which samples are trained on and which are held out. */
  Selection selection();
}
