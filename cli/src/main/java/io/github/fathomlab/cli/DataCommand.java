package io.github.fathomlab.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fathom data}. */
@Command(
    name = "data",
    synopsisSubcommandLabel = "COMMAND",
    description = {"Lists, fetches and shows data sets.", ""},
    footer = {
      "",
      "Examples:",
      "  fathom data list",
      "  fathom data fetch fashion-mnist",
      "  fathom data show examples/own-data.yaml"
    })
final class DataCommand implements Runnable {
  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public void run() {
    throw new UsageException("expected list, fetch or show; see fathom data --help");
  }
}
