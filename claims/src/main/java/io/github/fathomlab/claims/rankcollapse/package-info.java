/** Rank collapse over depth and what decides it: arXiv:2606.10324. */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.claims.rankcollapse;
