package io.github.fathomlab.experiment;

import io.github.fathomlab.claims.Documented;
import io.github.fathomlab.claims.DocumentedStudy;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.kernels.Engine;
import io.github.fathomlab.record.Provenance;
import io.github.fathomlab.record.Recorder;
import io.github.fathomlab.record.RunDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a study, from its readings to its verdict and report.
 *
 * <p>A study has no checkpoints. It is deterministic, so one that was killed is performed again
 * from its beginning, into the same directory and with the same readings.
 */
public final class StudyRun {
  private final DocumentedStudy documented;
  private final boolean quick;
  private final RunDirectory directory;
  private final @Nullable Recorder recorder;

  private StudyRun(
      DocumentedStudy documented,
      boolean quick,
      RunDirectory directory,
      @Nullable Recorder recorder) {
    this.documented = documented;
    this.quick = quick;
    this.directory = directory;
    this.recorder = recorder;
  }

  /**
   * A new run.
   *
   * @param quick the smaller study
   * @param out where it is written; null for {@code runs/<paper>-<statement>[-quick]}, numbered
   *     when that exists
   */
  public static StudyRun fresh(
      DocumentedStudy documented, boolean quick, @Nullable Path out, List<String> commandLine) {
    ResolvedStudy resolved = resolved(documented, quick);
    RunDirectory directory =
        RunDirectory.create(
            out == null ? RunDirectory.unused(Path.of("runs", resolved.runName())) : out);
    begin(resolved, directory, commandLine);
    return new StudyRun(documented, quick, directory, Recorder.start(directory));
  }

  /** Whether a study was performed in this directory, and not an experiment. */
  public static boolean isIn(RunDirectory directory) {
    return ResolvedStudy.of(directory).isPresent();
  }

  /**
   * Performs a killed study again; a finished one is only judged and reported again.
   *
   * @param known where to look for the study
   */
  public static StudyRun resumed(RunDirectory directory, List<Documented> known) {
    ResolvedStudy before =
        ResolvedStudy.of(directory)
            .orElseThrow(() ->
                new ExperimentException(directory.resolved() + ": expected a study, found none"));
    DocumentedStudy documented = find(before.study(), directory, known);
    Provenance provenance = Provenance.read(directory);
    if (provenance.ended() != null) {
      return new StudyRun(documented, before.quick(), directory, null);
    }
    Recorder recorder = Recorder.resume(directory, 0);
    begin(resolved(documented, before.quick()), directory, provenance.commandLine());
    return new StudyRun(documented, before.quick(), directory, recorder);
  }

  private static DocumentedStudy find(String id, RunDirectory directory, List<Documented> known) {
    for (Documented documented : known) {
      if (documented instanceof DocumentedStudy study && study.claim().id().equals(id)) {
        return study;
      }
    }
    throw new ExperimentException(
        "%s: no study \"%s\" in Fathom %s; resume it with the version that began it"
            .formatted(directory.resolved(), id, ExperimentRun.version()));
  }

  private static ResolvedStudy resolved(DocumentedStudy documented, boolean quick) {
    return new ResolvedStudy(documented.claim().id(), quick, ExperimentRun.version());
  }

  private static void begin(
      ResolvedStudy resolved, RunDirectory directory, List<String> commandLine) {
    resolved.write(directory);
    Provenance.begin(
            resolved.fathom(), Engine.describe(), List.of(), Map.of(), resolved.hash(), commandLine)
        .write(directory);
  }

  /** Performs the study, then judges and reports it. */
  public RunOutcome execute() {
    long began = System.nanoTime();
    if (recorder != null) {
      perform(recorder);
    }
    List<Verdict> verdicts = Judgement.write(directory, documented.claims());
    double seconds = (System.nanoTime() - began) / 1e9;
    if (recorder != null) {
      RunFiles.writeCost(directory, cost(seconds));
      Provenance.read(directory).end().write(directory);
    }
    RunReport.write(directory);
    return RunOutcome.ofStudy(directory, verdicts, seconds);
  }

  private void perform(Recorder into) {
    try (into) {
      documented
          .study()
          .perform(quick, (Reading reading) -> into.lane(reading.replica()).accept(reading));
      into.seal();
    }
  }

  private static SequencedMap<String, String> cost(double seconds) {
    SequencedMap<String, String> cost = new LinkedHashMap<>();
    cost.put("wall time", String.format(Locale.ROOT, "%.1f s", seconds));
    return cost;
  }

  public RunDirectory directory() {
    return directory;
  }
}
