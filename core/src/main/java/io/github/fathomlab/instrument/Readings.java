package io.github.fathomlab.instrument;

import java.util.List;

/** The recorded numbers of one run, as claims and reports see them. */
public interface Readings {

  /** The names of all recorded quantities, sorted. */
  List<String> quantities();

  /**
   * Every reading of one quantity, ordered by step, replica and layer; empty when it was not
   * recorded.
   */
  List<Reading> of(String quantity);
}
