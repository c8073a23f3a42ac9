/**
 * What a network that reads blocks of an Ising chain makes of the chain's coupling: exact read-outs
 * over all configurations of a block, the same by sampling, the best thermometer, and the verdict
 * over seeds.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.renormalization.block;
