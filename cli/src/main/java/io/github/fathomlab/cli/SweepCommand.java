package io.github.fathomlab.cli;

import io.github.fathomlab.claims.Documented;
import io.github.fathomlab.claims.DocumentedSweep;
import io.github.fathomlab.experiment.Grid;
import io.github.fathomlab.sweep.SweepRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom sweep}. */
@Command(
    name = "sweep",
    description = {
      "Trains a grid of experiments side by side, draws its phase diagram and judges the claims about it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  fathom sweep examples/phase-dropout.yaml",
      "  fathom sweep examples/phase-batch.yaml --set training.steps=2000    as many steps for every batch size",
      "  fathom sweep examples/phase-dropout.yaml --set replicas=3 --set 'axes=[{key: network.dropout, values: [0, 0.1, 0.3]}]'",
      "",
      "Exit codes: 0 done; 1 failed; 2 bad input; 4 some cells failed, the others are there; 130 interrupted."
    })
final class SweepCommand implements Callable<Integer> {
  private final Output output;
  private final List<Documented> documented;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private WorkersOption workers = new WorkersOption();

  @Parameters(paramLabel = "GRID.yaml", description = "An experiment with axes or cases.")
  private Path grid = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "New directory for the sweep; without it runs/NAME-HASH.")
  private @Nullable Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one key of all experiments, such as training.epochs=20, or the axes.")
  private List<String> sets = new ArrayList<>();

  SweepCommand(Output output, List<Documented> documented) {
    this.output = output;
    this.documented = documented;
  }

  @Override
  public Integer call() {
    Grid cells = Grid.read(grid, sets);
    SweepRun sweep =
        SweepRun.fresh(
            cells, DocumentedSweep.claims(documented), out, workers.count(), output.commandLine());
    output.talk("sweeping %s in %s".formatted(cells.description(), sweep.directory().path()));
    return new Execution(output)
        .carryOut(sweep, outcome -> SweepSummary.show(outcome, output, common.json));
  }
}
