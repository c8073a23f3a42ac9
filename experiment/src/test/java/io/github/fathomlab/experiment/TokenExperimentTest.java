package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.coarsegraining.markov.ChainFamily;
import io.github.fathomlab.coarsegraining.markov.Masking;
import io.github.fathomlab.data.MaskedTokens;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.TokenSpec;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Experiments on masked tokens, and ranks of any network, from the file to the readings. */
class TokenExperimentTest {
  private static final String TOKENS =
      """
      name: tokens
      data: {kind: markov, family: hier, states: 4, correlation_length: 2, draws: 50}
      network: {kind: tokens, width: 8, blocks: 2, inner: 16}
      optimizer: {kind: adam}
      training: {batch: full, steps: 40}
      replicas: 2
      precision: float64
      measure: {separation: false, ledger: false, learning_curve: false, rank: {times: 4, pooled: true}}
      checkpoint: {every: 15}
      """;
  private static final String DIGITS =
      """
      name: ranks
      data: {kind: digits, train: 60, test: 30}
      network: {depth: 3, width: 10}
      training: {batch: 20, steps: 9}
      measure: {separation: false, ledger: false, learning_curve: false, rank: {times: 3, held_out: true, uncentred: true}}
      """;

  @TempDir Path folder;

  @Test
  void defaultsAreThoseOfTheSpecification() {
    Experiment experiment =
        Reading.of("{data: {kind: markov}, network: {kind: tokens}, training: {batch: full}}");
    assertEquals(
        new MaskedTokens(new ChainFamily.Hierarchical(8, 2, 1), Masking.plain(0.15), 1, 300, 0, 0),
        experiment.data());
    assertEquals(
        new TokenSpec(
            3,
            10,
            32,
            6,
            128,
            8,
            new Activation.Gelu(),
            true,
            true,
            0.15,
            new Initialisation.Pytorch()),
        experiment.network().between(30, 8));
  }

  @Test
  void familiesAndMaskingsAreNamed() {
    assertEquals(
        new ChainFamily.Block(12, 3, 7),
        family("{family: block, states: 12, groups: 3, correlation_length: 7}"));
    assertEquals(new ChainFamily.Independent(5), family("{family: iid, states: 5}"));
    assertEquals(new ChainFamily.Dirichlet(8, 1, 1000), family("{family: dir}"));
    assertEquals(new ChainFamily.Dirichlet(8, 1, 3), family("{family: dir, seed: 3}"));
    for (String name : List.of("sticky", "block", "hier", "heat", "ring", "cyc", "db", "dir")) {
      assertTrue(family("{family: " + name + "}").label().startsWith(name));
    }
    assertEquals(
        Masking.bert(0.2),
        ((MaskedTokens) Reading.of("{data: {markov: {masking: bert, mask_rate: 0.2}}}").data())
            .masking());
  }

  private static ChainFamily family(String yaml) {
    return ((MaskedTokens) Reading.of("{data: {markov: " + yaml + "}}").data()).family();
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of(
            "data: {kind: markov, family: bloc}", "x.yaml:1: data.family: expected \"iid\","),
        Arguments.of(
            "data: {kind: markov, family: sticky, groups: 2}",
            "x.yaml:1: data.groups: only block and hier have groups"),
        Arguments.of(
            "data: {kind: markov, seed: 2}", "x.yaml:1: data.seed: only dir draws its rows"),
        Arguments.of(
            "data: {kind: markov, family: iid, correlation_length: 2}",
            "x.yaml:1: data.correlation_length: independent states have no correlation length"),
        Arguments.of(
            "data: {kind: markov, groups: 3}",
            "x.yaml:1: data: expected at least 2 groups of equal size"),
        Arguments.of(
            "data: {kind: markov, correlation_length: 0}",
            "x.yaml:1: data.correlation_length: expected a number > 0, found 0"),
        Arguments.of(
            "data: {kind: markov, mask_rate: 1}",
            "x.yaml:1: data.mask_rate: expected a number > 0 and < 1, found 1"),
        Arguments.of("data: {kind: markov, window: 3}", "x.yaml:1: data: a window of half-width 3"),
        Arguments.of(
            "data: {kind: markov, window: 3, sequence: 6}",
            "x.yaml:1: data: sequences of 6 positions"),
        Arguments.of(
            "data: {kind: markov, draws: 0, sequence: 6}",
            "x.yaml:1: data: draws: 0 is the exact gradient"),
        Arguments.of(
            "network: {kind: tokens, norm: batch}",
            "x.yaml:1: network.norm: expected \"layer\" or \"none\""),
        Arguments.of("network: {kind: tokens, dropout: 0.1}", "x.yaml:1: network.dropout: "));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void whatIsWrongIsNamedWithItsPlace(String yaml, String sentence) {
    List<String> problems = Reading.problems(yaml);
    assertTrue(
        problems.stream().anyMatch(problem -> problem.startsWith(sentence)), problems::toString);
  }

  private static String refused(String yaml, String... sets) {
    Experiment experiment = Reading.of(yaml, sets);
    return String.valueOf(
        assertThrows(
                ExperimentException.class, () -> experiment.requireSound(experiment.data().load()))
            .getMessage());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertTrue(refused(TOKENS, "loss=squared_error").startsWith("loss: masked tokens"));
    assertTrue(refused(TOKENS, "training.batch=32").startsWith("training.batch: a step counts"));
    assertTrue(refused(TOKENS, "measure.separation={}").startsWith("measure.separation: "));
    assertTrue(refused(TOKENS, "measure.rank.held_out=true").startsWith("measure.rank.held_out"));
    assertTrue(refused(TOKENS, "measure.rank.position=0").startsWith("measure.rank.position"));
    assertTrue(refused("network: {kind: tokens}").startsWith("network.kind: a network of tokens"));
    assertTrue(refused(DIGITS, "data.test=0").startsWith("measure.rank.held_out: "));
  }

  private Path run(String name, String yaml, int workers, String... sets) throws Exception {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(file, yaml);
    ExperimentRun run =
        ExperimentRun.fresh(
            ExperimentFile.read(file, List.of(sets)), folder.resolve(name), workers, List.of());
    run.execute();
    return run.directory().path();
  }

  private static List<io.github.fathomlab.instrument.Reading> of(Path run, String quantity) {
    try (RecordedReadings readings = RecordedReadings.open(RunDirectory.open(run))) {
      return readings.of(quantity);
    }
  }

  private static double[] values(Path run, String quantity) {
    return of(run, quantity).stream()
        .filter(reading -> reading.status() == Status.OK)
        .mapToDouble(io.github.fathomlab.instrument.Reading::value)
        .toArray();
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() throws Exception {
    Path one = run("one", TOKENS, 1);
    Path two = run("two", TOKENS, 2);
    for (String quantity :
        List.of(
            "rank.effective_rank",
            "all.drift.kernel_drift",
            "rank.effective_rank.pooled",
            "information.captured",
            "relevance.other_variance")) {
      assertTrue(values(one, quantity).length > 0, quantity);
      assertArrayEquals(values(one, quantity), values(two, quantity), quantity);
    }
    double[] captured = values(one, "information.captured");
    assertTrue(Arrays.stream(captured).max().orElseThrow() > 0.02);
    assertTrue(Arrays.stream(values(one, "information.excess")).allMatch(excess -> excess > 0));
  }

  @Test
  void exactGradientsAndSequencesAreTrainedOn() throws Exception {
    double drawn = last(run("drawn", TOKENS, 2));
    double exact = last(run("exact", TOKENS, 2, "data.draws=0"));
    double sequences = last(run("sequences", TOKENS, 2, "data.sequence=12", "data.window=2"));
    double blind = last(run("blind", TOKENS, 2, "data.sequence=12", "data.window=0"));
    assertNotEquals(drawn, exact);
    for (double loss : new double[] {drawn, exact, sequences, blind}) {
      assertTrue(loss > 0.5 && loss < 1.6, "near ln 4: " + loss);
    }
  }

  private static double last(Path run) {
    double[] losses = values(run, "information.loss");
    return losses[losses.length - 1];
  }

  @Test
  void theLedgerBalancesOnTokens() throws Exception {
    Path run = run("ledger", TOKENS, 2, "measure.ledger={every: 5, audit: 5, secant: 1}");
    List<String> judged =
        Instruments.claims(ExperimentFile.reopen(RunDirectory.open(run).resolved())).stream()
            .map(claim -> {
              try (RecordedReadings readings = RecordedReadings.open(RunDirectory.open(run))) {
                return claim.judge(readings);
              }
            })
            .filter(verdict -> verdict.claim().startsWith("bulk-boundary/"))
            .map(verdict -> {
              assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
              return verdict.claim();
            })
            .toList();
    assertTrue(judged.contains("bulk-boundary/ledger-balances"), judged::toString);
  }

  @Test
  void ranksAreMeasuredOnAnyNetwork() throws Exception {
    Path run = run("digits", DIGITS, 1);
    for (String quantity :
        List.of(
            "rank.effective_rank",
            "held_out.rank.effective_rank",
            "rank.effective_rank.uncentred",
            "held_out.rank.stable_rank.uncentred",
            "drift.kernel_drift",
            "held_out.drift.top_share",
            "rank.collapse_ratio",
            "rank.stream_last")) {
      assertTrue(values(run, quantity).length > 0, quantity);
    }
    assertEquals(0, of(run, "drift.kernel_drift.uncentred").size());
    Path image =
        run(
            "image",
            DIGITS,
            1,
            "network={kind: convolution, channels: [3, 3]}",
            "measure.rank={times: 2, pooled: true, position: 5}");
    assertTrue(values(image, "rank.effective_rank.pooled").length > 0);
    assertTrue(values(image, "rank.effective_rank.position_5").length > 0);
  }

  @Test
  void aKilledRunGoesOnToTheSameBits() throws Exception {
    Path whole = run("whole", TOKENS, 2);
    Path file = folder.resolve("part.yaml");
    Files.writeString(file, TOKENS);
    ExperimentRun part =
        ExperimentRun.fresh(
            ExperimentFile.read(file, List.of()), folder.resolve("part"), 2, List.of());
    part.stop();
    part.execute();
    ExperimentRun.resumed(folder.resolve("part"), 2).execute();
    assertArrayEquals(
        values(whole, "rank.effective_rank"),
        values(folder.resolve("part"), "rank.effective_rank"));
  }
}
