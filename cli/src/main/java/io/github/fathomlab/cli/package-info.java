/** The command line: picocli commands and nothing else. */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.cli;
