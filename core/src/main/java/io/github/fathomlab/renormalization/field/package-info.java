/**
 * Continuous fields under exact renormalization: Gaussian chains, the modes of a window, the even
 * family of single-site laws and the quartic chain by its transfer operator.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.renormalization.field;
