package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Documented;
import io.github.fathomlab.claims.DocumentedExperiment;
import io.github.fathomlab.claims.DocumentedStudy;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.HalvingStudy;
import io.github.fathomlab.instrument.HalvingStudy.Halves;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.record.Provenance;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRunTest {
  private static final Claim CLAIM = new Halves("bulk-boundary/halves", Outcome.HOLDS);
  private static final DocumentedStudy STUDY = new DocumentedStudy(CLAIM, new HalvingStudy());
  private static final List<Documented> KNOWN = List.of(STUDY);

  @TempDir private Path place = Path.of("");

  private RunOutcome perform(String name, boolean quick) {
    return StudyRun.fresh(STUDY, quick, place.resolve(name), List.of("reproduce")).execute();
  }

  private static List<Reading> performed(boolean quick) {
    List<Reading> readings = new ArrayList<>();
    new HalvingStudy().perform(quick, readings::add);
    return readings.stream().sorted((a, b) -> Long.compare(a.step(), b.step())).toList();
  }

  private static List<Reading> recorded(RunDirectory run) {
    try (RecordedReadings readings = RecordedReadings.open(run)) {
      return readings.of("split.half");
    }
  }

  @Test
  void leavesADirectoryLikeThatOfAnExperiment() throws Exception {
    RunOutcome outcome = perform("run", false);
    RunDirectory run = RunDirectory.open(outcome.run().path());
    assertEquals(performed(false), recorded(run));
    assertTrue(Files.exists(run.readings().resolve("part-00000.parquet")));
    Verdict verdict = outcome.verdicts().getFirst();
    assertEquals(verdict.sentence(), RunFiles.verdicts(run).getFirst().sentence());
    assertEquals(Outcome.HOLDS, verdict.outcome());
    assertEquals(36L, verdict.evidence().get("readings"));
    assertFalse(outcome.interrupted() || !outcome.divergences().isEmpty());
    assertTrue(Files.readString(run.citations()).contains("2511.02003"));
    assertFalse(Files.exists(run.experiment()));
    String report = Files.readString(run.report());
    assertTrue(report.contains("bulk-boundary/halves") && report.contains("split.half"));
    assertFalse(report.contains("replica seeds") || report.contains("instruments"), "no training");
  }

  @Test
  void saysWhatWasDoneWithItsHash() throws Exception {
    RunDirectory run = perform("run", true).run();
    String[] lines = Files.readString(run.resolved()).split("\n", 2);
    assertEquals(
        "study: bulk-boundary/halves\nquick: true\nfathom: \"%s\"\n"
            .formatted(ExperimentRun.version()),
        lines[1]);
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(lines[1].getBytes(StandardCharsets.UTF_8));
    String hash = HexFormat.of().formatHex(digest);
    assertEquals("# sha256 of what follows: " + hash, lines[0]);
    Provenance provenance = Provenance.read(run);
    assertEquals(hash, provenance.experiment());
    assertEquals(List.of(), provenance.seeds());
    assertEquals(Map.of(), provenance.data());
    assertEquals(List.of("reproduce"), provenance.commandLine());
    assertNotNull(provenance.ended());
  }

  @Test
  void theQuickStudyIsAnother() {
    assertEquals(performed(true), recorded(perform("quick", true).run()));
    assertTrue(performed(true).size() < performed(false).size());
  }

  @Test
  void aDirectoryIsNamedAfterTheClaimAndNumberedWhenItIsThere() throws IOException {
    ResolvedStudy quick = new ResolvedStudy("bulk-boundary/halves", true, "1");
    assertEquals("bulk-boundary-halves-quick", quick.runName());
    Path wanted = place.resolve("bulk-boundary-halves");
    assertEquals(wanted, RunDirectory.unused(wanted));
    Files.createDirectory(wanted);
    assertEquals(place.resolve("bulk-boundary-halves-2"), RunDirectory.unused(wanted));
    Files.createDirectory(place.resolve("bulk-boundary-halves-2"));
    assertEquals(place.resolve("bulk-boundary-halves-3"), RunDirectory.unused(wanted));
  }

  @Test
  void aKilledStudyIsPerformedAgainToTheSameReadings() throws IOException {
    RunDirectory whole = perform("whole", true).run();
    DocumentedStudy dying =
        new DocumentedStudy(
            CLAIM,
            (quick, sink) -> {
              performed(quick).stream().limit(7).forEach(sink);
              throw new IllegalStateException("killed");
            });
    Path out = place.resolve("killed");
    StudyRun run = StudyRun.fresh(dying, true, out, List.of("reproduce"));
    assertThrows(IllegalStateException.class, run::execute);
    RunDirectory killed = RunDirectory.open(out);
    assertEquals(7, recorded(killed).size());
    assertNull(Provenance.read(killed).ended());
    RunReport.write(killed);
    assertTrue(Files.readString(killed.report()).contains("not yet, or killed"));

    RunOutcome resumed = StudyRun.resumed(killed, KNOWN).execute();
    assertEquals(recorded(whole), recorded(killed));
    assertArrayEquals(
        Files.readAllBytes(whole.resolved()), Files.readAllBytes(killed.resolved()), "quick");
    assertEquals(Outcome.HOLDS, resumed.verdicts().getFirst().outcome());
    assertArrayEquals(Files.readAllBytes(whole.verdicts()), Files.readAllBytes(killed.verdicts()));
    assertNotNull(Provenance.read(killed).ended());
  }

  @Test
  void aFinishedStudyIsOnlyJudgedAgain() throws IOException {
    RunDirectory run = perform("run", false).run();
    Provenance before = Provenance.read(run);
    Files.delete(run.verdicts());
    Files.delete(run.report());
    DocumentedStudy unperformed =
        new DocumentedStudy(
            CLAIM,
            (_, _) -> {
              throw new AssertionError("performed again");
            });
    RunOutcome again = StudyRun.resumed(run, List.of(unperformed)).execute();
    assertEquals(Outcome.HOLDS, again.verdicts().getFirst().outcome());
    assertTrue(Files.exists(run.verdicts()) && Files.exists(run.report()));
    assertEquals(before, Provenance.read(run));
  }

  @Test
  void aStudyThatMeasuresNothingIsNotJudged() {
    DocumentedStudy empty = new DocumentedStudy(CLAIM, (_, _) -> {});
    RunOutcome outcome = StudyRun.fresh(empty, false, place.resolve("empty"), List.of()).execute();
    assertEquals(List.of(), outcome.verdicts());
    assertTrue(Files.exists(outcome.run().report()));
  }

  @Test
  void anUnknownStudyOrADamagedFileIsOneSentence() throws IOException {
    RunDirectory run = perform("run", false).run();
    assertTrue(
        assertThrows(ExperimentException.class, () -> StudyRun.resumed(run, List.of()))
            .toString()
            .contains("no study \"bulk-boundary/halves\" in Fathom"));
    Files.writeString(run.resolved(), "study: bulk-boundary/halves\nquick: perhaps\n");
    String said =
        assertThrows(ExperimentException.class, () -> StudyRun.resumed(run, KNOWN)).toString();
    assertTrue(said.contains("quick: true or false") && said.contains("perhaps"), said);
    assertThrows(ExperimentException.class, () -> RunReport.write(run));
  }

  @Test
  void everyDocumentedExperimentJudgesItsClaims() {
    for (Documented documented : Documented.all()) {
      if (documented instanceof DocumentedExperiment experiment) {
        Experiment full =
            ExperimentFile.read(experiment.file(), experiment.text(), List.of()).experiment();
        Experiment quick =
            ExperimentFile.read(experiment.file(), experiment.text(), experiment.quick())
                .experiment();
        List<String> wanted = experiment.claims().stream().map(Claim::id).toList();
        for (Experiment each : List.of(full, quick)) {
          List<String> judged = Instruments.claims(each).stream().map(Claim::id).toList();
          assertTrue(judged.containsAll(wanted), wanted + " of " + judged);
        }
      }
    }
  }
}
