package io.github.fathomlab.cli;

import io.github.fathomlab.claims.DocumentedExperiment;
import io.github.fathomlab.experiment.ExperimentFile;
import io.github.fathomlab.experiment.ExperimentRun;
import io.github.fathomlab.experiment.RunFiles;
import io.github.fathomlab.experiment.RunOutcome;
import io.github.fathomlab.instrument.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom reproduce}. */
@Command(
    name = "reproduce",
    description = {
      "Runs the documented experiment of a claim and compares the verdict with the documented one.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  fathom reproduce bulk-boundary/ledger-balances",
      "  fathom reproduce spring-block --quick",
      "  fathom reproduce all --json",
      "",
      "Exit codes: 0 all verdicts are the documented ones; 3 a verdict differs; 1 failed; 130 interrupted."
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final String ALL = "all";

  private final Output output;
  private final List<Map<String, Object>> verdicts = new ArrayList<>();
  private final List<String> runs = new ArrayList<>();
  private double seconds;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private WorkersOption workers = new WorkersOption();

  @Parameters(paramLabel = "CLAIM|all", description = "A claim, a paper, or all.")
  private String claim = "";

  @Option(names = "--quick", description = "Run a smaller experiment.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Directory for the runs, one folder a claim; without it runs/NAME-HASH.")
  private @Nullable Path out;

  ReproduceCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    int worst = Main.DONE;
    for (DocumentedExperiment documented : chosen()) {
      int code = reproduce(documented);
      if (code == Main.INTERRUPTED) {
        return code;
      }
      worst = worst == Main.FAILED || code == Main.FAILED ? Main.FAILED : Math.max(worst, code);
    }
    if (common.json) {
      output.json(document());
    }
    return worst;
  }

  private List<DocumentedExperiment> chosen() {
    List<DocumentedExperiment> chosen =
        DocumentedExperiment.all().stream()
            .filter(documented ->
                claim.equals(ALL)
                    || claim.equals(documented.claim())
                    || claim.equals(documented.paper()))
            .toList();
    if (chosen.isEmpty()) {
      String known =
          DocumentedExperiment.all().stream()
              .map(DocumentedExperiment::claim)
              .collect(Collectors.joining(", "));
      throw new UsageException("no claim \"%s\"; there are: %s, and all".formatted(claim, known));
    }
    return chosen;
  }

  private int reproduce(DocumentedExperiment documented) {
    List<String> sets = quick ? documented.quick() : List.of();
    ExperimentFile file = ExperimentFile.read(documented.file(), documented.text(), sets);
    Path directory = out == null ? null : out.resolve(documented.claim().replace('/', '-'));
    ExperimentRun run = ExperimentRun.fresh(file, directory, workers.count(), output.commandLine());
    output.talk("reproducing %s in %s".formatted(documented.claim(), run.directory().path()));
    return new Execution(output).carryOut(run, outcome -> compare(documented, outcome));
  }

  private int compare(DocumentedExperiment documented, RunOutcome outcome) {
    runs.add(outcome.run().path().toString());
    seconds += outcome.seconds();
    List<Verdict> own =
        outcome.verdicts().stream()
            .filter(verdict -> verdict.claim().equals(documented.claim()))
            .toList();
    if (own.isEmpty()) {
      output.talk("fathom: " + documented.claim() + " was not judged");
      return Main.FAILED;
    }
    for (Verdict verdict : own) {
      Map<String, Object> fields = RunFiles.json(verdict);
      fields.put("run", outcome.run().path().toString());
      verdicts.add(fields);
      if (!common.json) {
        output.result(RunSummary.line(verdict));
        output.result(
            "%s; report %s"
                .formatted(
                    verdict.surprising()
                        ? "differs from the documented " + verdict.expected()
                        : "as documented",
                    outcome.run().report()));
      }
    }
    return own.stream().anyMatch(Verdict::surprising) ? Main.SURPRISING : Main.DONE;
  }

  private Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", runs.size() == 1 ? runs.getFirst() : runs);
    document.put("verdicts", verdicts);
    document.put("seconds", seconds);
    return document;
  }
}
