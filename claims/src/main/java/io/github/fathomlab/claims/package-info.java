/** The published claims with their criteria, nulls and documented verdicts. */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.claims;
