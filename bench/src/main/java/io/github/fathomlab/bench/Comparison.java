package io.github.fathomlab.bench;

/**
 * One line of the table.
 *
 * @param row number and name of the row
 * @param measured Fathom's side
 * @param against what it is compared with
 * @param reference that side
 * @param note what else was measured
 */
record Comparison(
    String row,
    Unit unit,
    Spread measured,
    String against,
    Spread reference,
    Bound bound,
    String note) {

  Spread ratio() {
    return measured.over(reference);
  }

  String verdict() {
    return bound.verdict(ratio());
  }
}
