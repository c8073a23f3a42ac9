/**
 * Tasks whose optimum is a renormalization quantity, set to networks that read blocks of a chain:
 * samples without end, the exact optimum of each task, and the instrument that compares the two.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.renormalization.task;
