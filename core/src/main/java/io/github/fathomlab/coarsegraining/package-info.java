/**
 * Coarse graining over depth: how many directions a representation uses and how its kernel moves
 * from layer to layer.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.coarsegraining;
