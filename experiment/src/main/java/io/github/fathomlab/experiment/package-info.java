/**
 * From a YAML file to a finished run: reading, validating and resolving experiments, and running
 * them.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.experiment;
