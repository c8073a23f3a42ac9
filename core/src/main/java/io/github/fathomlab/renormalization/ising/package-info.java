/**
 * The Ising chain: decimation, exact samples, block rules and the coupling read back from spins.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.renormalization.ising;
