package io.github.fathomlab.cli;

import io.github.fathomlab.experiment.RunReport;
import io.github.fathomlab.record.RunDirectory;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom report}. */
@Command(
    name = "report",
    description = {
      "Writes the report of a run anew, also of a killed one, and prints its path.",
      ""
    },
    footer = {"", "Examples:", "  fathom report runs/first-light-1a2b3c4d"})
final class ReportCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "RUN", description = "Directory of the run.")
  private Path run = Path.of("");

  ReportCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    String report = RunReport.write(RunDirectory.open(run)).toString();
    if (common.json) {
      output.json(Map.of("report", report));
    } else {
      output.result(report);
    }
    return Main.DONE;
  }
}
