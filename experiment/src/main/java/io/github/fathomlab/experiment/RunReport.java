package io.github.fathomlab.experiment;

import io.github.fathomlab.claims.bulkboundary.BooksClose;
import io.github.fathomlab.claims.bulkboundary.LedgerBalances;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.record.Provenance;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.report.Figures;
import io.github.fathomlab.report.Report;
import io.github.fathomlab.report.ReportInput;
import io.github.fathomlab.training.Divergence;
import io.github.fathomlab.training.OptimizerRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Gathers what a run directory holds and writes its {@code report.html}: for finished, killed and
 * diverged runs alike.
 */
public final class RunReport {
  private RunReport() {}

  /** Writes the report anew and returns its path. */
  public static Path write(RunDirectory run) {
    try (RecordedReadings readings = RecordedReadings.open(run)) {
      ReportInput input = input(run, readings);
      List<Verdict> verdicts = RunFiles.verdicts(run);
      String html;
      if (StudyRun.isIn(run)) {
        html = Report.ofStudy(input, readings, verdicts);
      } else if (Grid.isIn(run.resolved())) {
        html = Report.ofSweep(input, readings, verdicts);
      } else {
        html = Report.html(input, readings, verdicts);
      }
      run.writeAtomically(
          run.report().getFileName().toString(), html.getBytes(StandardCharsets.UTF_8));
    }
    return run.report();
  }

  /** The figures of a run. */
  public static Figures figures(RunDirectory run, Readings readings) {
    return new Figures(input(run, readings), readings);
  }

  private static ReportInput input(RunDirectory run, Readings readings) {
    Subject subject = Subject.of(run);
    List<Divergence> divergences = RunFiles.divergences(run);
    return new ReportInput(
        run.path().toAbsolutePath().normalize().getFileName().toString(),
        subject.title(),
        RunFiles.text(run.resolved()),
        provenance(run, subject),
        RunFiles.cost(run),
        RunFiles.text(run.citations()),
        layerNames(readings),
        parameterCounts(readings),
        subject.memoryless(),
        LedgerBalances.tolerance(subject.precision()),
        BooksClose.tolerance(subject.precision()),
        divergences.isEmpty() ? null : diverged(divergences.getFirst()),
        advice(run, readings),
        subject.kind().equals("experiment") ? ChainBeside.of(readings).orElse(null) : null);
  }

  /** What noise to choose, and of a single run which layers could be cut. */
  private static List<String> advice(RunDirectory run, Readings readings) {
    List<String> lines = new ArrayList<>(Advice.headlines(Advice.of(run, readings)));
    if (!Grid.isIn(run.resolved())) {
      Cuts.of(run, readings).ifPresent(cuts -> lines.addAll(Cuts.lines(cuts)));
    }
    return lines;
  }

  /**
   * What a run is about.
   *
   * @param kind experiment or study
   * @param memoryless whether the optimizer keeps no momentum
   */
  private record Subject(String kind, String title, Precision precision, boolean memoryless) {
    static Subject of(RunDirectory run) {
      Optional<ResolvedStudy> study = ResolvedStudy.of(run);
      if (study.isPresent()) {
        return new Subject("study", study.get().study(), Precision.FLOAT64, false);
      }
      Experiment experiment = ExperimentFile.base(run.resolved());
      boolean memoryless = experiment.optimizer().rule() instanceof OptimizerRule.Sgd;
      String kind = Grid.isIn(run.resolved()) ? "sweep" : "experiment";
      return new Subject(kind, experiment.name(), experiment.precision(), memoryless);
    }
  }

  private static ReportInput.Diverged diverged(Divergence first) {
    return new ReportInput.Diverged(
        first.step(), first.layer(), first.layerName(), first.replica());
  }

  /** Of every layer, or nothing when no ledger was kept. */
  private static List<Long> parameterCounts(Readings readings) {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    for (Reading reading : readings.of("ledger.parameters")) {
      counts.put(reading.layer(), (long) reading.value());
    }
    return List.copyOf(counts.values());
  }

  /** Names by depth, from whatever was recorded over layers. */
  private static List<String> layerNames(Readings readings) {
    TreeMap<Integer, String> names = new TreeMap<>();
    for (String quantity :
        List.of("ledger.parameters", "ledger.audit_residual", "separation.log")) {
      for (Reading reading : readings.of(quantity)) {
        names.putIfAbsent(reading.layer(), reading.layerName());
      }
      if (!names.isEmpty()) {
        break;
      }
    }
    return List.copyOf(names.values());
  }

  private static SequencedMap<String, String> provenance(RunDirectory run, Subject subject) {
    Provenance from = Provenance.read(run);
    SequencedMap<String, String> table = new LinkedHashMap<>();
    table.put("Fathom", from.fathom());
    table.put(subject.kind(), from.experiment());
    from.data().forEach((part, hash) -> table.put("data, " + part + " (SHA-256)", hash));
    table.put("engine", from.engine());
    table.put("Java", from.jvm());
    table.put("system", from.os());
    table.put("processor", from.cpu() + ", " + from.cores() + " cores");
    if (!from.seeds().isEmpty()) {
      table.put("replica seeds", from.seeds().toString());
    }
    table.put("command", String.join(" ", from.commandLine()));
    table.put("started", from.started().toString());
    Instant ended = from.ended();
    table.put("ended", ended == null ? "not yet, or killed" : ended.toString());
    return table;
  }
}
