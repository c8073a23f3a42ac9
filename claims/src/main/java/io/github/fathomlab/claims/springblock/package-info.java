/** Claims of the spring-block theory (arXiv:2407.19353). */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.claims.springblock;
