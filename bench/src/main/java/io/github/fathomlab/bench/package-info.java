/**
 * Comparisons of Fathom with a Python peer and with itself, one process per measurement; see
 * docs/performance.md.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.bench;
