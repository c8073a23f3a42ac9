package io.github.fathomlab.cli;

import picocli.CommandLine.Option;

/** The options that every command has. */
final class CommonOptions {
  static final String JSON = "--json";

  @Option(names = JSON, description = "Print the result as one JSON document.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  boolean help;
}
