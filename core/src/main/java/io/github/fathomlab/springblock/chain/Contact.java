package io.github.fathomlab.springblock.chain;

/** How a block stands to its ground. */
public enum Contact {
  /** At rest, held by static friction. */
  STICK,
  /** Moving towards the pulled end. */
  SLIP_RIGHT,
  /** Moving towards the wall. */
  SLIP_LEFT
}
