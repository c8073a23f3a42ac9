/**
 * The Ising model on a square torus: its exact energy, a cluster sampler checked against it, the
 * thermal exponent by Monte Carlo renormalization, and the correlations of numbers read from
 * blocks.
 *
 * <p>An extension of ours: the papers this room is about treat one dimension.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.renormalization.ising2d;
