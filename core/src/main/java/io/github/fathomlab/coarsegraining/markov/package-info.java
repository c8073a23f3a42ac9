/**
 * Markov chains of known spectrum and the masked-token task on them, with its exact optimum: what a
 * network that coarse-grains is measured against.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.coarsegraining.markov;
