package io.github.fathomlab.claims.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Bibliography;
import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdict on the chain's diagram, on the small study and on readings spoilt on purpose. */
class ChainTopologyTest {
  private static final ChainTopology CLAIM = new ChainTopology();
  private static final Recorded STUDY = new Recorded();

  @BeforeAll
  static void perform() {
    new ChainTopologyStudy().perform(true, STUDY::add);
  }

  private static double evidence(Verdict verdict, String key) {
    return (Double) verdict.evidence().getOrDefault(key, Double.NaN);
  }

  private static Reading valued(Reading r, double value, double error) {
    Status status = Double.isNaN(value) ? Status.NOT_FINITE : Status.OK;
    return new Reading(
        r.quantity(), r.step(), r.layer(), r.layerName(), r.replica(), value, status, error);
  }

  /** One cell with another value. */
  private static Recorded with(String quantity, int row, int column, double value) {
    return STUDY.changed(r ->
        r.quantity().equals(quantity) && r.step() == row && r.replica() == column
            ? valued(r, value, r.standardError())
            : r);
  }

  private static Recorded mapped(String quantity, DoubleUnaryOperator value) {
    return STUDY.changed(r ->
        r.quantity().equals(quantity)
            ? valued(r, value.applyAsDouble(r.value()), r.standardError())
            : r);
  }

  private static Recorded without(String quantity) {
    return STUDY.changed(r -> r.quantity().equals(quantity) ? null : r);
  }

  private static double value(String quantity, int row, int column) {
    return STUDY.of(quantity).stream()
        .filter(r -> r.step() == row && r.replica() == column)
        .mapToDouble(Reading::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void theStudyHolds() {
    assertTrue(CLAIM.appliesTo(STUDY));
    Verdict verdict = CLAIM.judge(STUDY);
    assertEquals(Outcome.HOLDS, verdict.outcome(), verdict.sentence());
    assertEquals("spring-block/chain-topology", verdict.claim());
    assertFalse(verdict.surprising());
    for (String order : List.of("first_", "second_")) {
      assertTrue(evidence(verdict, order + "highest_null") <= 1e-6, order);
      assertTrue(evidence(verdict, order + "smallest_rise") >= -1e-6, order);
      assertTrue(evidence(verdict, order + "sampled_deviation") < 0.01, order);
      for (String phase : List.of("concave", "linear", "convex")) {
        Object cells = verdict.evidence().get(order + "cells_" + phase);
        assertTrue(cells instanceof Long count && count > 0, order + phase);
      }
    }
  }

  /** Known numbers of the mean field. */
  @ParameterizedTest
  @CsvSource({
    "first, 1, 1, -0.019561",
    "first, 4, 4, -0.106568",
    "first, 5, 5, -0.133775",
    "first, 6, 8, 0.319850",
    "second, 3, 3, -0.000593",
    "second, 5, 4, -0.075047",
    "second, 5, 5, 0.068216"
  })
  void curvaturesAreThoseOfTheTable(String order, int row, int column, double c) {
    assertEquals(c, value("chain." + order + "_curvature", row, column), 1e-5);
  }

  @Test
  void theStudyIsAPureFunctionAndCitesThePaper() {
    Recorded again = new Recorded();
    new ChainTopologyStudy().perform(true, again::add);
    for (String quantity : STUDY.quantities()) {
      assertEquals(STUDY.of(quantity), again.of(quantity));
    }
    String bibtex = Bibliography.of(STUDY.quantities());
    assertTrue(bibtex.contains("10.1103/ys4n-2tj3"), bibtex);
  }

  @ParameterizedTest
  @CsvSource({
    "chain.first_curvature, 2, 5, -0.05, falls with noise",
    "chain.second_curvature, 4, 2, 0.3, falls with noise",
    "chain.first_curvature, 0, 0, 0.00001, not negative",
    "chain.first_curvature_sampled, 4, 4, -0.08, off its mean field",
    "chain.second_curvature_sampled, 3, 4, 0.04, off its mean field"
  })
  void anotherCellFailsIt(String quantity, int row, int column, double value, String said) {
    Verdict verdict = CLAIM.judge(with(quantity, row, column, value));
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains(said), verdict.sentence());
    assertTrue(verdict.sentence().contains(quantity), verdict.sentence());
    assertTrue(verdict.surprising());
  }

  /** Equal friction in place of the diagram, and a chain that never turns convex. */
  @ParameterizedTest
  @ValueSource(strings = {"first", "second"})
  void loadsThatStayConcaveFailIt(String order) {
    String quantity = "chain." + order + "_curvature";
    Recorded symmetric =
        STUDY.changed(r ->
            r.quantity().equals(quantity)
                ? valued(
                    r, value(quantity + "_equal", (int) r.step(), r.replica()), r.standardError())
                : r);
    Verdict verdict = CLAIM.judge(symmetric);
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("not positive"), verdict.sentence());
    assertEquals(Outcome.FAILS, CLAIM.judge(mapped(quantity, c -> -c)).outcome());
  }

  /** Rows in the opposite order: each is as it should be, but the line runs the wrong way. */
  @Test
  void aLineThatRunsTheWrongWayFailsIt() {
    String quantity = "chain.second_curvature";
    int last = STUDY.of("chain.second_friction").size() - 1;
    Recorded reversed =
        STUDY.changed(r ->
            r.quantity().equals(quantity)
                ? valued(r, value(quantity, last - (int) r.step(), r.replica()), Double.NaN)
                : r);
    Verdict verdict = CLAIM.judge(reversed);
    assertEquals(Outcome.FAILS, verdict.outcome());
    assertTrue(verdict.sentence().contains("does not move"), verdict.sentence());
  }

  @Test
  void nullsWithADiagramOfTheirOwnAreUndecided() {
    Verdict convex = CLAIM.judge(with("chain.first_curvature_equal", 3, 8, 0.02));
    assertEquals(Outcome.UNDECIDED, convex.outcome());
    assertTrue(convex.sentence().contains("reaches 0.02000"), convex.sentence());
    Verdict bent = CLAIM.judge(with("chain.second_curvature_frictionless", 0, 1, -0.01));
    assertEquals(Outcome.UNDECIDED, bent.outcome());
    assertTrue(bent.sentence().contains("relaxing"), bent.sentence());
  }

  @Test
  void simulationsThatKnowTooLittleAreUndecided() {
    Recorded vague =
        STUDY.changed(
            r -> r.quantity().equals("chain.first_curvature_sampled") ? valued(r, 0, 0.02) : r);
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(vague).outcome());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first_curvature",
        "second_curvature",
        "second_curvature_equal",
        "first_curvature_frictionless",
        "second_curvature_sampled",
        "first_noise",
        "second_friction"
      })
  void missingReadingsAreUndecided(String name) {
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(without("chain." + name)).outcome());
    int column = STUDY.of("chain." + name).getFirst().replica();
    int row = (int) STUDY.of("chain." + name).getFirst().step();
    if (!name.endsWith("friction")) {
      Recorded hole = with("chain." + name, row, column, Double.NaN);
      assertEquals(Outcome.UNDECIDED, CLAIM.judge(hole).outcome(), name);
    }
  }

  @Test
  void nothingIsUndecided() {
    assertFalse(CLAIM.appliesTo(new Recorded()));
    assertEquals(Outcome.UNDECIDED, CLAIM.judge(new Recorded()).outcome());
  }
}
