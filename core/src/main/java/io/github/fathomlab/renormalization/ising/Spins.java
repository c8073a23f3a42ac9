package io.github.fathomlab.renormalization.ising;

/** What every count of spins asks of them. */
final class Spins {
  private Spins() {}

  /** Refuses values other than 1 and -1. */
  static void check(byte[] spins) {
    int wrong = 0;
    for (byte spin : spins) {
      wrong |= spin * spin ^ 1;
    }
    if (wrong != 0) {
      int i = 0;
      while (Math.abs(spins[i]) == 1) {
        i++;
      }
      throw new IllegalArgumentException(
          "spins are 1 or -1, found %d at site %d".formatted(spins[i], i));
    }
  }
}
