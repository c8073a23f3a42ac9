package io.github.fathomlab.springblock.chain;

/**
 * A block that begins to slip, turns round or stops.
 *
 * @param time when, in the chain's unit of time
 * @param block which, l = 1..N counted from the wall
 * @param contact what it does from then on
 */
public record SlipEvent(double time, int block, Contact contact) {}
