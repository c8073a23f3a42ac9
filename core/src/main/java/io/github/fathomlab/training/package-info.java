/**
 * Data in memory, optimizers, sources of noise, replicas, ensembles and the snapshots they give.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.training;
