/** Sweeps cell by cell, for claims of all papers. */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.claims.cells;
