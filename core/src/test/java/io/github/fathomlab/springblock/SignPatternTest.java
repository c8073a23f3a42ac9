package io.github.fathomlab.springblock;

import static io.github.fathomlab.springblock.TiltedDiagrams.DROPOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.springblock.chain.ChainDiagram;
import io.github.fathomlab.springblock.chain.ChainSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignPatternTest {
  private static final double[] NOISES = {0, 0.1, 0.2, 0.3};
  private static final double[] AMPLITUDES = {0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064};

  private static SignPattern of(double error, double[]... rows) {
    double[] slopes = Arrays.copyOf(new double[] {0, 0.4, 1}, rows.length);
    return SignPattern.of(TiltedDiagrams.of(DROPOUT, slopes, NOISES, error, rows));
  }

  @Test
  void agreesWithThePicture() {
    SignPattern found =
        of(
            0.005,
            new double[] {0.2, 0.1, 0.04, -0.1},
            new double[] {0.1, 0.03, -0.03, -0.1},
            new double[] {-0.05, -0.06, -0.08, -0.12});
    assertEquals(Outcome.HOLDS, found.falls().outcome());
    assertEquals(8, found.falls().agreeing());
    assertEquals(1, found.rows().get(2).ties());
    assertEquals(Outcome.HOLDS, found.oneChange().outcome());
    assertEquals(3, found.oneChange().agreeing());
    assertEquals(Outcome.HOLDS, found.moves().outcome());
    assertEquals(3, found.moves().agreeing());
    assertEquals(0.2 + 0.1 * 4 / 14, found.rows().getFirst().zero().orElseThrow().noise(), 1e-12);
    assertTrue(
        found
            .moves()
            .sentence()
            .endsWith("(slope 0: 0.229, slope 0.4: 0.15, slope 1: below the least noise)"),
        found.moves().sentence());
  }

  /** The chain itself, with the friction in the place of the nonlinearity, keeps its rules. */
  @Test
  void theChainHasThePattern() {
    double[][] tilts = chain(0.032, 0.016, 0.008, 0.004);
    SignPattern found = ofChain(tilts);
    assertEquals(Outcome.HOLDS, found.falls().outcome(), found.falls().sentence());
    assertEquals(0, found.falls().against());
    assertEquals(Outcome.HOLDS, found.oneChange().outcome());
    assertEquals(Outcome.HOLDS, found.moves().outcome());
    assertEquals(6, found.moves().agreeing());
    Collections.reverse(Arrays.asList(tilts));
    SignPattern upsideDown = ofChain(tilts);
    assertEquals(Outcome.FAILS, upsideDown.moves().outcome());
    assertEquals(6, upsideDown.moves().against());
  }

  /** With slack springs at the wall noise first makes the loads more unequal. */
  @Test
  void strongFrictionBreaksTheFirstRule() {
    SignPattern found = ofChain(chain(0.32, 0.16));
    assertTrue(found.falls().against() > 0, found.falls().sentence());
    assertEquals(Outcome.HOLDS, found.oneChange().outcome());
  }

  private static double[][] chain(double... frictions) {
    ChainDiagram chain =
        ChainDiagram.of(ChainSpec.firstOrder(), 100, 4.0 / 3, frictions, AMPLITUDES, 1e-9);
    return Arrays.stream(chain.cells())
        .map(row -> Arrays.stream(row).mapToDouble(c -> c.statistics().tilt()).toArray())
        .toArray(double[][]::new);
  }

  private static SignPattern ofChain(double[][] tilts) {
    double[] slopes = Arrays.copyOf(new double[] {0, 0.3, 0.6, 0.9}, tilts.length);
    return SignPattern.of(TiltedDiagrams.of(DROPOUT, slopes, AMPLITUDES, 1e-6, tilts));
  }

  @Test
  void everyPredictionCanFail() {
    SignPattern found =
        of(0.005, new double[] {-0.2, 0.1, -0.1, 0.2}, new double[] {0.2, 0.2, 0.1, -0.2});
    assertEquals(Outcome.UNDECIDED, found.falls().outcome());
    assertEquals(3, found.falls().agreeing());
    assertEquals(2, found.falls().against());
    assertEquals(Outcome.FAILS, found.oneChange().outcome());
    assertEquals(3, found.rows().getFirst().changes());
    assertEquals(1, found.oneChange().against());
    assertEquals(Outcome.FAILS, found.moves().outcome());
    SignPattern rising = of(0.005, new double[] {-0.2, -0.1, 0.1, 0.2});
    assertEquals(Outcome.FAILS, rising.falls().outcome());
    assertEquals(Outcome.HOLDS, rising.oneChange().outcome());
    assertEquals(Outcome.UNDECIDED, rising.moves().outcome());
  }

  @Test
  void whatIsWithinTheErrorsCountsForNothing() {
    SignPattern found =
        of(0.1, new double[] {0.05, 0.02, -0.02, 0.03}, new double[] {0.01, -0.01, 0.02, -0.02});
    assertEquals(Outcome.UNDECIDED, found.falls().outcome());
    assertEquals(6, found.rows().stream().mapToInt(SignPattern.Row::ties).sum());
    assertEquals(Outcome.UNDECIDED, found.oneChange().outcome());
    assertEquals(Outcome.UNDECIDED, found.moves().outcome());
  }

  @Test
  void cellsOfOneReplicaAreLeftOut() {
    SignPattern found = of(0, new double[] {0.2, 0.1, -0.1, -0.2});
    SignPattern.Row row = found.rows().getFirst();
    assertEquals(4, row.unusable());
    assertEquals(0, row.falls() + row.rises() + row.ties());
    List<SignPattern.Prediction> all = List.of(found.falls(), found.oneChange(), found.moves());
    assertTrue(all.stream().allMatch(p -> p.outcome() == Outcome.UNDECIDED));
  }
}
