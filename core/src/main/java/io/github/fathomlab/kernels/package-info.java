/**
 * Matrices, products, fused element-wise kernels and counter-based randomness: the only room that
 * knows floats from doubles.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.kernels;
