/**
 * Exact renormalization flows, and couplings measured against them (arXiv:2212.00005, 2606.00157).
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.renormalization;
