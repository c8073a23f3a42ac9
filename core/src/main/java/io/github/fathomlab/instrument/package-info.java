/** What measures and what is measured: instruments, readings, claims and verdicts. */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.instrument;
