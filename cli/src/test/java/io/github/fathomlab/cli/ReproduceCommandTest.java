package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Documented;
import io.github.fathomlab.claims.DocumentedExperiment;
import io.github.fathomlab.claims.DocumentedStudy;
import io.github.fathomlab.claims.bulkboundary.LedgerBalances;
import io.github.fathomlab.claims.springblock.LowNoiseConcave;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.HalvingStudy;
import io.github.fathomlab.instrument.HalvingStudy.Halves;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.kernels.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReproduceCommandTest {
  private static final DocumentedStudy AS_DOCUMENTED =
      study("halves", Outcome.HOLDS, new HalvingStudy());
  private static final DocumentedStudy SURPRISE =
      study("surprise", Outcome.FAILS, new HalvingStudy());
  private static final DocumentedStudy EMPTY = study("empty", Outcome.HOLDS, (_, _) -> {});
  private static final DocumentedStudy BROKEN =
      study(
          "broken",
          Outcome.HOLDS,
          (_, sink) -> {
            sink.accept(Reading.ofNetwork("split.half", 0, 0, 1));
            throw new IllegalStateException("the lattice has no sites");
          });

  @TempDir private Path folder = Path.of("");

  private static DocumentedStudy study(String statement, Outcome documented, Study study) {
    return new DocumentedStudy(new Halves("bulk-boundary/" + statement, documented), study);
  }

  private Invocation reproduce(List<Documented> documented, Object... words) {
    Object[] command =
        Stream.of(Stream.of("reproduce"), Stream.of(words), Stream.of("--out", folder))
            .flatMap(part -> part)
            .toArray();
    return Invocation.with(documented, command);
  }

  @Test
  void reproducesTheDocumentedExperiments() {
    List<Documented> experiments =
        Documented.all().stream().filter(DocumentedExperiment.class::isInstance).toList();
    JsonNode document = reproduce(experiments, "all", "--quick", "--json").ends(0).json();
    assertTrue(document.path("verdicts").size() >= experiments.size());
    for (JsonNode verdict : document.path("verdicts")) {
      assertEquals(verdict.path("expected"), verdict.path("verdict"));
    }
  }

  @Test
  void aStudyIsPerformedReadAndReported() {
    Invocation done = reproduce(List.of(AS_DOCUMENTED), "bulk-boundary/halves", "--quick").ends(0);
    assertTrue(done.out().contains("HOLDS      bulk-boundary/halves  The last of 20"), done.out());
    assertTrue(done.out().contains("as documented; report "), done.out());
    Path run = folder.resolve("bulk-boundary-halves");
    assertTrue(done.err().contains("reproducing bulk-boundary/halves in " + run), done.err());
    assertTrue(Invocation.of("readings", run).ends(0).out().contains("split.half"));
    assertEquals(
        5,
        Invocation.of(
                "readings", run, "--quantity", "split.half", "--layer", 1, "--replica", 0, "--json")
            .ends(0)
            .json()
            .size());
    assertTrue(Invocation.of("report", run).ends(0).out().contains("report.html"));
    assertTrue(Invocation.of("cite", run).ends(0).out().contains("2511.02003"));
  }

  @Test
  void theWholeStudyIsPerformedWithoutQuick() {
    assertTrue(
        reproduce(List.of(AS_DOCUMENTED), "bulk-boundary").ends(0).out().contains("last of 36"));
  }

  @Test
  void jsonIsOneDocumentOfTheContract() {
    JsonNode one = reproduce(List.of(AS_DOCUMENTED), "all", "--json").ends(0).json();
    String run = folder.resolve("bulk-boundary-halves").toString();
    assertEquals(run, one.path("run").asString());
    assertTrue(one.path("seconds").isNumber());
    JsonNode verdict = one.path("verdicts").path(0);
    assertEquals(run, verdict.path("run").asString());
    assertEquals("bulk-boundary/halves", verdict.path("claim").asString());
    assertEquals("HOLDS", verdict.path("verdict").asString());
    assertEquals("HOLDS", verdict.path("expected").asString());
    assertEquals("arithmetic", verdict.path("source").asString());
    assertEquals(36, verdict.path("evidence").path("readings").asInt());
  }

  @Test
  void aVerdictThatDiffersEndsWithThree() {
    Invocation differs = reproduce(List.of(SURPRISE), "bulk-boundary/surprise").ends(3);
    assertTrue(differs.out().contains("differs from the documented FAILS"), differs.out());
  }

  @Test
  void oneSurpriseAmongManyEndsWithThreeAndEveryRunIsListed() {
    JsonNode document =
        reproduce(List.of(SURPRISE, AS_DOCUMENTED), "bulk-boundary", "--json").ends(3).json();
    assertEquals(2, document.path("verdicts").size());
    assertEquals(2, document.path("run").size());
  }

  @Test
  void aStudyThatIsNotJudgedFailsAndTheOthersAreStillPerformed() {
    Invocation failed = reproduce(List.of(EMPTY, SURPRISE), "all").ends(1);
    assertTrue(failed.err().contains("bulk-boundary/empty was not judged"), failed.err());
    assertTrue(failed.out().contains("bulk-boundary/surprise"), failed.out());
  }

  @Test
  void aStudyThatBreaksIsOneSentenceAndCanBeResumed() {
    Invocation broken = reproduce(List.of(BROKEN), "all").ends(1);
    assertTrue(broken.err().contains("the lattice has no sites"), broken.err());
    assertFalse(broken.err().contains("\tat "), broken.err());
    Path run = folder.resolve("bulk-boundary-broken");
    Invocation.of("report", run).ends(0);
    List<Documented> mended = List.of(study("broken", Outcome.HOLDS, new HalvingStudy()));
    Invocation resumed = Invocation.with(mended, "resume", run).ends(0);
    assertTrue(resumed.err().contains("performing the study again in " + run), resumed.err());
    assertTrue(resumed.out().contains("HOLDS      bulk-boundary/broken"), resumed.out());
    assertFalse(resumed.out().contains("instruments"), resumed.out());
    JsonNode again = Invocation.with(mended, "resume", run, "--json").ends(0).json();
    assertEquals("HOLDS", again.path("verdicts").path(0).path("verdict").asString());
    assertTrue(Invocation.of("resume", run).ends(2).err().contains("no study"));
  }

  @Test
  void refusesADirectoryThatIsThere() {
    reproduce(List.of(AS_DOCUMENTED), "all").ends(0);
    assertTrue(reproduce(List.of(AS_DOCUMENTED), "all").ends(2).err().contains("already exists"));
  }

  @Test
  void oneExperimentIsTrainedOnceForSeveralClaims() throws Exception {
    List<Documented> both =
        List.of(
            new DocumentedExperiment(
                List.of(new LedgerBalances(Precision.FLOAT64), new LowNoiseConcave()),
                "bulkboundary/ledger-balances.yaml",
                List.of("training.steps=20", "replicas=1")));
    Path all = folder.resolve("all");
    Path one = folder.resolve("one");
    assertEquals(
        List.of("bulk-boundary/ledger-balances", "spring-block/low-noise-concave"),
        judged(Invocation.with(both, "reproduce", "all", "--quick", "--json", "--out", all)));
    try (Stream<Path> runs = Files.list(all)) {
      assertEquals(1, runs.count());
    }
    assertEquals(
        List.of("spring-block/low-noise-concave"),
        judged(
            Invocation.with(both, "reproduce", "spring-block", "--quick", "--json", "--out", one)));
  }

  private static List<String> judged(Invocation reproduced) {
    return reproduced
        .json()
        .path("verdicts")
        .valueStream()
        .map(verdict -> verdict.path("claim").asString())
        .toList();
  }

  @Test
  void listsTheClaimsOneALine() {
    List<Documented> all = Documented.all();
    List<String> lines = Invocation.of("reproduce", "--list").ends(0).out().lines().toList();
    assertEquals(1 + all.stream().mapToInt(each -> each.claims().size()).sum(), lines.size());
    for (Documented each : all) {
      for (Claim claim : each.claims()) {
        assertTrue(
            lines.stream()
                .anyMatch(line ->
                    line.startsWith(claim.id())
                        && line.contains(each.kind())
                        && line.endsWith(claim.statement())),
            claim.id());
      }
    }
    assertEquals(lines, Invocation.of("reproduce").ends(0).out().lines().toList());
    Documented experiment =
        all.stream().filter(DocumentedExperiment.class::isInstance).findFirst().orElseThrow();
    List<Documented> mixed = List.of(experiment, SURPRISE);
    Invocation one =
        Invocation.with(mixed, "reproduce", "--list", "bulk-boundary/surprise").ends(0);
    assertEquals(2, one.out().lines().count(), one.out());
    int studyAt = experiment.claims().size();
    JsonNode claims =
        Invocation.with(mixed, "reproduce", "--list", "--json").ends(0).json().path("claims");
    assertEquals("experiment", claims.path(0).path("kind").asString());
    assertEquals("study", claims.path(studyAt).path("kind").asString());
    assertEquals("arithmetic", claims.path(studyAt).path("source").asString());
  }
}
