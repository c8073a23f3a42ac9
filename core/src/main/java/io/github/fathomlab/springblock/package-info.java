/** Data separation, load curves and their phase (arXiv:2407.19353, 2210.17020). */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.springblock;
