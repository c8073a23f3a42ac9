package io.github.fathomlab.coarsegraining.markov;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.Vectors;
import io.github.fathomlab.instrument.Status;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The data part of the rank-collapse vectors, at the tolerance stated there. */
class MarkovVectorsTest {
  private static final double REFERENCE = 1e-10;

  static Stream<JsonNode> chains() {
    return vectors("chains");
  }

  static Stream<JsonNode> families() {
    return chains().filter(vector -> !Vectors.field(vector, "config").isNull());
  }

  static Stream<JsonNode> corrupted() {
    return vectors("bert_80_10_10");
  }

  static Stream<JsonNode> taskRanks() {
    return vectors("task_ranks");
  }

  private static Stream<JsonNode> vectors(String name) {
    return Vectors.field(Vectors.load("rank-collapse-chains"), name).valueStream();
  }

  @ParameterizedTest
  @MethodSource("families")
  void familiesHaveTheirMatrices(JsonNode vector) {
    ChainFamily family = family(Vectors.field(vector, "config"));
    double[][] found = family.transition();
    JsonNode rows = Vectors.field(vector, "P");
    if (rows.isNull()) {
      assertArrayEquals(Vectors.numbers(Vectors.field(vector, "P_row0")), found[0], REFERENCE);
    } else {
      double[][] expected = Vectors.matrix(rows);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], found[i], REFERENCE);
      }
    }
    assertEquals(Vectors.number(vector, "lambda2"), family.secondEigenvalue(), REFERENCE);
    assertEquals(Vectors.number(vector, "xi"), family.correlationLength(), REFERENCE);
  }

  @ParameterizedTest
  @MethodSource("chains")
  void stationaryDistributionAndEntropies(JsonNode vector) {
    MarkovChain chain = chain(vector);
    double[] stationary = Vectors.numbers(Vectors.field(vector, "stationary"));
    assertArrayEquals(stationary, chain.stationary(), REFERENCE);
    double[] entropies = Vectors.numbers(Vectors.field(vector, "h_n_1_to_8"));
    assertArrayEquals(entropies, chain.conditionalEntropies(8), REFERENCE);
    assertEquals(Vectors.number(vector, "h_inf"), chain.entropy(), REFERENCE);
  }

  @ParameterizedTest
  @MethodSource("chains")
  void spectra(JsonNode vector) {
    ChainSpectrum spectrum = ChainSpectrum.of(chain(vector));
    assertEquals(Status.OK, spectrum.status());
    double second = Vectors.number(vector, "lambda2");
    JsonNode moduli = Vectors.field(vector, "eig_moduli");
    if (moduli.isNull()) {
      // a defective matrix: three digits are all there are, and the error must say so
      assertEquals(second, spectrum.second(), 1e-3);
      assertTrue(spectrum.error() > 1e-8, "error " + spectrum.error());
      assertTrue(Math.abs(second - spectrum.second()) <= spectrum.error());
      return;
    }
    assertEquals(second, spectrum.second(), REFERENCE);
    assertTrue(spectrum.error() < 1e-12, "error " + spectrum.error());
    assertEquals(Vectors.number(vector, "xi"), spectrum.correlationLength(), REFERENCE);
    double[] expected = Vectors.numbers(moduli);
    double[] found = spectrum.moduli().clone();
    Arrays.sort(expected);
    Arrays.sort(found);
    assertArrayEquals(expected, found, REFERENCE);
  }

  @ParameterizedTest
  @MethodSource("chains")
  void bayesLosses(JsonNode vector) {
    MarkovChain chain = chain(vector);
    MaskedLoss loss = new MaskedLoss(chain, Vectors.number(vector, "mask_rate"));
    double inWindow = Vectors.number(vector, "bayes_loss_window_w1");
    assertEquals(inWindow, loss.window(1, 1), REFERENCE);
    assertEquals(inWindow, task(vector).bayesLoss(), REFERENCE);
    assertEquals(Vectors.number(vector, "bayes_loss_window_w2"), loss.window(2, 2), REFERENCE);
    assertEquals(Vectors.number(vector, "bayes_loss_T16"), loss.sequence(16), REFERENCE);
    assertEquals(Vectors.number(vector, "bayes_loss_T64"), loss.sequence(64), REFERENCE);
  }

  @ParameterizedTest
  @MethodSource("chains")
  void posteriorsWeightsAndTaskRanks(JsonNode vector) {
    WindowTask task = task(vector);
    int mask = task.states();
    double[] both = Vectors.numbers(Vectors.field(vector, "posterior_left0_right1"));
    double[] left = Vectors.numbers(Vectors.field(vector, "posterior_left0_maskedright"));
    assertArrayEquals(both, task.posterior(0, 1), REFERENCE);
    assertArrayEquals(left, task.posterior(0, mask), REFERENCE);
    assertEquals(Vectors.number(vector, "weight_left0_right1"), task.weight(0, 1), REFERENCE);
    assertEquals(
        Vectors.number(vector, "weight_left0_maskedright"), task.weight(0, mask), REFERENCE);
    assertEquals(Vectors.number(vector, "weight_both_masked"), task.weight(mask, mask), REFERENCE);
    RelevantSubspace relevant = RelevantSubspace.of(task);
    assertEquals(Vectors.number(vector, "task_rank_logit_erank_sv"), relevant.rank(), REFERENCE);
    assertEquals(Vectors.number(vector, "task_rank_logit_pr"), relevant.participation(), REFERENCE);
  }

  @ParameterizedTest
  @MethodSource("corrupted")
  void lossesWhereStatesAreShownInPlaceOfMasks(JsonNode vector) {
    Masking masking = Masking.bert(Vectors.number(vector, "mask_rate"));
    WindowTask task = new WindowTask(family(vector).chain(), masking, 1);
    assertEquals(Vectors.number(vector, "bayes_loss_window_w1"), task.bayesLoss(), REFERENCE);
  }

  @ParameterizedTest
  @MethodSource("taskRanks")
  void taskRanksAndGainsOfTheExperiments(JsonNode vector) {
    MarkovChain chain = family(vector).chain();
    WindowTask task = new WindowTask(chain, Masking.plain(0.15), 1);
    assertEquals(Vectors.number(vector, "task_rank"), RelevantSubspace.of(task).rank(), REFERENCE);
    assertEquals(Vectors.number(vector, "gain"), chain.entropy() - task.bayesLoss(), REFERENCE);
  }

  private static WindowTask task(JsonNode vector) {
    Masking masking = Masking.plain(Vectors.number(vector, "mask_rate"));
    return new WindowTask(chain(vector), masking, 1);
  }

  private static MarkovChain chain(JsonNode vector) {
    JsonNode rows = Vectors.field(vector, "P");
    return rows.isNull()
        ? family(Vectors.field(vector, "config")).chain()
        : MarkovChain.of(Vectors.matrix(rows));
  }

  private static ChainFamily family(JsonNode config) {
    int states = config.has("V") ? config.get("V").intValue() : 8;
    int groups = config.has("nb") ? config.get("nb").intValue() : 0;
    double xi = config.has("xi") ? Vectors.number(config, "xi") : Double.NaN;
    String name = Vectors.field(config, "family").stringValue();
    return switch (name) {
      case "iid" -> new ChainFamily.Independent(states);
      case "sticky" -> new ChainFamily.Sticky(states, xi);
      case "block" -> new ChainFamily.Block(states, groups, xi);
      case "hier" -> new ChainFamily.Hierarchical(states, groups, xi);
      case "heat" -> new ChainFamily.Heat(states, xi);
      case "ring" -> new ChainFamily.Ring(states, xi);
      case "cyc" -> new ChainFamily.Cyclic(states, xi);
      case "db" -> new ChainFamily.DeBruijn(states, xi);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
