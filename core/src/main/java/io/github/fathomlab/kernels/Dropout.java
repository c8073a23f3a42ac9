package io.github.fathomlab.kernels;

/**
 * A dropout mask as a pure function: entry (row, column) is kept with probability 1-p and scaled by
 * 1/(1-p).
 *
 * <p>The mask is never stored. Forward, backward, tangent and secant of one step hash the same key
 * and so see the same mask; 32 bits per entry by the two-round multiply-xorshift hash "lowbias32"
 * over (row key + column).
 *
 * @param rate p in [0, 1)
 * @param key one per step and layer
 */
public record Dropout(double rate, long key) {

  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("the dropout rate must lie in [0, 1), found " + rate);
    }
  }

  /** Factor 1/(1-p) of the entries that are kept. */
  public double scale() {
    return 1 / (1 - rate);
  }

  /** Whether the entry is kept. */
  public boolean keeps(int row, int column) {
    return hash(column * STEP + rowKey(row)) >= threshold();
  }

  static final int STEP = 0x9E3779B1;

  int rowKey(int row) {
    return (int) CounterRandom.bits(key, row);
  }

  /** Hashes below this (signed) value are dropped. */
  int threshold() {
    return (int) ((long) (rate * 0x1.0p32) + Integer.MIN_VALUE);
  }

  private static int hash(int u) {
    u = (u ^ (u >>> 16)) * 0x7FEB352D;
    u = (u ^ (u >>> 15)) * 0x846CA68B;
    return u ^ (u >>> 16);
  }
}
