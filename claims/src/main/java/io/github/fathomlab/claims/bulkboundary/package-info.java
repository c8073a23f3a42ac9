/** Claims of the bulk-boundary decomposition (arXiv:2511.02003). */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.claims.bulkboundary;
