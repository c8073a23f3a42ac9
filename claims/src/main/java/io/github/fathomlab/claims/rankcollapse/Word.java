package io.github.fathomlab.claims.rankcollapse;

/** What the seeds of one cell say. */
enum Word {
  /** They meet the criterion. */
  PASS("meets the criterion"),
  /** They miss it. */
  FAIL("misses the criterion"),
  /** They pass the gate, and nothing is asked of the cell alone. */
  MEASURED("is measured"),
  /** They did not learn enough of what there is to learn. */
  NOT_CONVERGED("not converged"),
  /** Too few seeds have transitions at which the kernel stands still. */
  NO_PLATEAU("fewer than " + Gate.FEWEST_SEEDS + " seeds have a plateau"),
  /** A loss lies below that of the exact optimum. */
  WRONG_YARDSTICK("a loss below the optimum"),
  /** Too few of them. */
  FEW_SEEDS("too few seeds"),
  /** A seed lacks a number. */
  UNREAD("numbers missing");

  private final String words;

  Word(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** PASS or FAIL; UNREAD when one of the numbers that were compared is none. */
  static Word of(boolean passes, double... compared) {
    for (double number : compared) {
      if (Double.isNaN(number)) {
        return UNREAD;
      }
    }
    return passes ? PASS : FAIL;
  }

  static Word atMost(double number, double bound) {
    return of(number <= bound, number);
  }

  static Word atLeast(double number, double bound) {
    return of(number >= bound, number);
  }

  /** Whether the cell was good enough to be judged or compared. */
  boolean usable() {
    return this == PASS || this == FAIL || this == MEASURED;
  }
}
