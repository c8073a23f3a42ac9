package io.github.fathomlab.bench;

import java.util.List;

/** One row of the table: measures its sides in turns and compares them. */
interface Row {

  /** What the row is called on the command line. */
  String name();

  /** Finds out whether the row can be measured, before any row is. */
  default void prepare(Sides sides) {}

  /**
   * @param rounds how often each side gets its turn
   * @param chunksPercent share of the chunks within a turn
   */
  List<Comparison> measure(Sides sides, int rounds, int chunksPercent);
}
