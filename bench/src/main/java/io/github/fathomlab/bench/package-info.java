/** Measurements side by side with the Python peer; see docs/performance.md. */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.bench;
