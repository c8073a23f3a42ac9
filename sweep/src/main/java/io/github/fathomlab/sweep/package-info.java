/** Grids of experiments: cells with content-hashed keys, trained side by side and resumable. */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.sweep;
