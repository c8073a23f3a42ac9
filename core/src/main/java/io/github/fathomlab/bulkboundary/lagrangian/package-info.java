/**
 * The training of a small network as mechanics in continuous time: its Lagrangian, the split into
 * bulk and boundary, and the energy that flows through depth (arXiv:2511.02003).
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.bulkboundary.lagrangian;
