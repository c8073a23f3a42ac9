package io.github.fathomlab.cli;

import picocli.CommandLine.Option;

/** How far a flow goes. */
final class FlowOptions {
  private static final int MOST_STEPS = 1000;

  @Option(
      names = "--block",
      paramLabel = "B",
      description = "Sites that become one; without it ${DEFAULT-VALUE}.")
  private int block = 2;

  @Option(names = "--steps", paramLabel = "N", description = "Steps; without it ${DEFAULT-VALUE}.")
  private int steps = 5;

  int block() {
    if (block < 2) {
      throw new UsageException("--block: expected at least 2, found " + block);
    }
    return block;
  }

  int steps() {
    if (steps < 0 || steps > MOST_STEPS) {
      throw new UsageException("--steps: expected 0 to %d, found %d".formatted(MOST_STEPS, steps));
    }
    return steps;
  }
}
