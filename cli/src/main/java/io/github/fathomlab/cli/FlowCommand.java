package io.github.fathomlab.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fathom flow}. */
@Command(
    name = "flow",
    synopsisSubcommandLabel = "COMMAND",
    description = {"Exact renormalization flows of chains, with their fixed points.", ""},
    footer = {
      "",
      "Examples:",
      "  fathom flow ising --coupling 1.5 --block 2 --steps 5",
      "  fathom flow ising --coupling 0.8 --field 0.1 --block 3",
      "  fathom flow ar1 --phi 0.9 --map shell --block 2",
      "  fathom flow phi4 --theta2 -1 --theta4 0.5 --coupling 0.6"
    })
final class FlowCommand implements Runnable {
  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public void run() {
    throw new UsageException("expected ising, ar1 or phi4; see fathom flow --help");
  }
}
