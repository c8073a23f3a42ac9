package io.github.fathomlab.cli;

import picocli.CommandLine.Option;

/** How many replicas are trained at the same time. */
final class WorkersOption {
  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Threads that train; without it one for each core. The numbers do not depend on it.")
  private int workers = Runtime.getRuntime().availableProcessors();

  int count() {
    if (workers < 1) {
      throw new UsageException("--workers: expected at least 1, found " + workers);
    }
    return workers;
  }
}
