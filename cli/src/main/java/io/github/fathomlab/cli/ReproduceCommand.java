package io.github.fathomlab.cli;

import io.github.fathomlab.claims.Documented;
import io.github.fathomlab.claims.DocumentedExperiment;
import io.github.fathomlab.claims.DocumentedStudy;
import io.github.fathomlab.claims.DocumentedSweep;
import io.github.fathomlab.experiment.ExperimentFile;
import io.github.fathomlab.experiment.ExperimentRun;
import io.github.fathomlab.experiment.Grid;
import io.github.fathomlab.experiment.RunFiles;
import io.github.fathomlab.experiment.RunOutcome;
import io.github.fathomlab.experiment.StudyRun;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.sweep.SweepRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom reproduce}. */
@Command(
    name = "reproduce",
    description = {
      "Does what a claim was documented on, an experiment, a study or a sweep, and compares the verdict with the documented one.",
      "Without a claim it lists them.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  fathom reproduce --list",
      "  fathom reproduce bulk-boundary/ledger-balances",
      "  fathom reproduce spring-block --quick",
      "  fathom reproduce all --json",
      "",
      "Exit codes: 0 all verdicts are the documented ones; 3 a verdict differs; 1 failed; 130 interrupted."
    })
final class ReproduceCommand implements Callable<Integer> {
  private final Output output;
  private final List<Documented> documented;
  private final List<Map<String, Object>> verdicts = new ArrayList<>();
  private final List<String> runs = new ArrayList<>();
  private double seconds;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private WorkersOption workers = new WorkersOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "CLAIM|PAPER|all",
      description = "A claim, a paper for all its claims, or all.")
  private @Nullable String word;

  @Option(names = "--list", description = "List the claims; nothing is run.")
  private boolean list;

  @Option(names = "--quick", description = "Run a smaller experiment, study or sweep.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Directory for the runs, one folder a run; without it runs/NAME.")
  private @Nullable Path out;

  ReproduceCommand(Output output, List<Documented> documented) {
    this.output = output;
    this.documented = documented;
  }

  @Override
  public Integer call() {
    ClaimSelection selection =
        new ClaimSelection(word == null ? ClaimSelection.ALL : word, documented);
    List<Documented> chosen = selection.chosen();
    if (list || word == null) {
      show(chosen, selection);
      return Main.DONE;
    }
    int worst = Main.DONE;
    for (Documented each : chosen) {
      int code = reproduce(each, each.claims().stream().filter(selection::includes).toList());
      if (code == Main.INTERRUPTED) {
        return code;
      }
      worst = worse(worst, code);
    }
    if (common.json) {
      output.json(document());
    }
    return worst;
  }

  private static int worse(int one, int other) {
    return one == Main.FAILED || other == Main.FAILED ? Main.FAILED : Math.max(one, other);
  }

  private void show(List<Documented> chosen, ClaimSelection selection) {
    List<Map<String, Object>> claims = new ArrayList<>();
    TextTable table = new TextTable("claim", "kind", "statement");
    for (Documented each : chosen) {
      for (Claim claim : each.claims().stream().filter(selection::includes).toList()) {
        table.add(claim.id(), each.kind(), claim.statement());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("claim", claim.id());
        fields.put("kind", each.kind());
        fields.put("statement", claim.statement());
        fields.put("source", claim.source());
        claims.add(fields);
      }
    }
    if (common.json) {
      output.json(Map.of("claims", claims));
    } else {
      table.lines().forEach(output::result);
    }
  }

  private int reproduce(Documented what, List<Claim> wanted) {
    String folder = what.claims().getFirst().id().replace('/', '-');
    Path directory = out == null ? null : out.resolve(folder);
    Execution execution = new Execution(output);
    return switch (what) {
      case DocumentedExperiment experiment -> {
        List<String> sets = quick ? experiment.quick() : List.of();
        ExperimentFile file = ExperimentFile.read(experiment.file(), experiment.text(), sets);
        ExperimentRun run =
            ExperimentRun.fresh(file, directory, workers.count(), output.commandLine());
        announce(wanted, run.directory().path());
        yield execution.carryOut(run, outcome -> compare(wanted, outcome));
      }
      case DocumentedStudy study -> {
        StudyRun run = StudyRun.fresh(study, quick, directory, output.commandLine());
        announce(wanted, run.directory().path());
        yield execution.carryOut(run, outcome -> compare(wanted, outcome));
      }
      case DocumentedSweep sweep -> {
        List<String> sets = quick ? sweep.quick() : List.of();
        Grid grid = Grid.read(sweep.file(), sweep.text(), sets);
        SweepRun run =
            SweepRun.fresh(grid, what.claims(), directory, workers.count(), output.commandLine());
        announce(wanted, run.directory().path());
        yield execution.carryOut(
            run, outcome -> compare(wanted, outcome.run(), outcome.verdicts(), outcome.seconds()));
      }
    };
  }

  private void announce(List<Claim> wanted, Path directory) {
    String names = String.join(", ", wanted.stream().map(Claim::id).toList());
    output.talk("reproducing %s in %s".formatted(names, directory));
  }

  private int compare(List<Claim> wanted, RunOutcome outcome) {
    return compare(wanted, outcome.run(), outcome.verdicts(), outcome.seconds());
  }

  private int compare(
      List<Claim> wanted, RunDirectory run, List<Verdict> found, double secondsTaken) {
    runs.add(run.path().toString());
    seconds += secondsTaken;
    int worst = Main.DONE;
    for (Claim claim : wanted) {
      worst = worse(worst, compare(claim, run, found));
    }
    return worst;
  }

  private int compare(Claim claim, RunDirectory run, List<Verdict> found) {
    Optional<Verdict> judged =
        found.stream().filter(verdict -> verdict.claim().equals(claim.id())).findFirst();
    if (judged.isEmpty()) {
      output.talk("fathom: " + claim.id() + " was not judged");
      return Main.FAILED;
    }
    Verdict verdict = judged.get();
    Map<String, Object> fields = RunFiles.json(verdict);
    fields.put("run", run.path().toString());
    verdicts.add(fields);
    if (!common.json) {
      output.result(RunSummary.line(verdict));
      String against =
          verdict.surprising()
              ? "differs from the documented " + verdict.expected()
              : "as documented";
      output.result("%s; report %s".formatted(against, run.report()));
    }
    return verdict.surprising() ? Main.SURPRISING : Main.DONE;
  }

  private Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", runs.size() == 1 ? runs.getFirst() : runs);
    document.put("verdicts", verdicts);
    document.put("seconds", seconds);
    return document;
  }
}
