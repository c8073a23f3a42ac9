/**
 * The chain of blocks and springs that stands for the layers of a network (arXiv:2407.19353): its
 * motion with dry friction, without noise exactly and with noise in many copies, its mean fields
 * and its phase diagram, and what a recorded motion, a few looks at it or a row of measured tilts
 * say about its parameters.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.springblock.chain;
