package io.github.fathomlab.cli;

import io.github.fathomlab.experiment.ExperimentFile;
import io.github.fathomlab.experiment.ExperimentRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom run}. */
@Command(
    name = "run",
    description = {
      "Trains the networks of an experiment, watches every layer, judges and reports.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  fathom run",
      "  fathom run examples/mixture-sgd.yaml --out runs/mine",
      "  fathom run --set replicas=3 --set training.epochs=20 --workers 2",
      "  fathom run examples/fashion.yaml --json > outcome.json",
      "",
      "Exit codes: 0 done; 1 a replica diverged or the run cannot be written; 2 bad input; 130 interrupted."
    })
final class RunCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private WorkersOption workers = new WorkersOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "EXPERIMENT.yaml",
      defaultValue = ExperimentFile.FIRST,
      description = "Experiment file; without it the built-in ${DEFAULT-VALUE}.")
  private String experiment = ExperimentFile.FIRST;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "New directory for the run; without it runs/NAME-HASH.")
  private @Nullable Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one key of the experiment, such as optimizer.learning_rate=0.01.")
  private List<String> sets = new ArrayList<>();

  RunCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    ExperimentFile file = ExperimentFile.open(experiment, sets);
    ExperimentRun run = ExperimentRun.fresh(file, out, workers.count(), output.commandLine());
    output.talk("running %s in %s".formatted(file.experiment().name(), run.directory().path()));
    return new Execution(output).carryOut(run, new Conclusion(output, common.json));
  }
}
