/** Training as renormalization: arXiv:2212.00005 and 2606.00157. */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.claims.renormalization;
