/**
 * The field over depth of the bulk-boundary decomposition: a residual network as the lattice of a
 * field theory, and the homogeneous random bulk.
 *
 * <p>{@code ResidualLattice} carries states and adjoints through depth, {@code DepthField} moves
 * them in time, {@code DepthCollapse} compares lattices of different depth. Version 1 of
 * arXiv:2511.02003 announces a field formulation whose equations could not be seen; those used here
 * are Fathom's derivation.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.bulkboundary.field;
