package io.github.fathomlab.claims.renormalization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.fathomlab.renormalization.block.SeedVerdict;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeedEvidenceTest {

  @Test
  void aCellCarriesTheNumbersOfItsVerdict() {
    SeedVerdict.Criterion criterion = new SeedVerdict.Criterion(0.5, 1);
    double[] deviations = {0.25, -0.25, 0.25, 0.75};
    double[] nulls = {3, 4, 3, 4};
    double[] excess = {0.125, 0, 0, 0};
    SeedVerdict verdict = SeedVerdict.of(criterion, deviations, nulls, excess);
    Map<String, Object> evidence = new LinkedHashMap<>();
    SeedEvidence.put(evidence, "K = 1, b = 2", 1.5, criterion, verdict);
    assertEquals("FAIL", evidence.get("cell/K = 1, b = 2/word"));
    assertEquals(4L, evidence.get("cell/K = 1, b = 2/seeds"));
    assertEquals(1.5, evidence.get("cell/K = 1, b = 2/prediction"));
    assertEquals(1.75, evidence.get("cell/K = 1, b = 2/mean"));
    assertEquals(Math.sqrt(0.75 / 4), evidence.get("cell/K = 1, b = 2/rms"));
    assertEquals(Math.sqrt(12.5), evidence.get("cell/K = 1, b = 2/null_rms"));
    assertEquals(verdict.ratio(), evidence.get("cell/K = 1, b = 2/ratio"));
    assertEquals(verdict.p(), evidence.get("cell/K = 1, b = 2/p"));
    assertEquals(verdict.equivalenceBound(), evidence.get("cell/K = 1, b = 2/bound"));
    assertEquals(0.125, evidence.get("cell/K = 1, b = 2/excess"));
    assertEquals(0.5, evidence.get("cell/K = 1, b = 2/tolerance"));
    assertEquals(11, evidence.size());
  }

  @Test
  void whatIsNoNumberIsLeftOut() {
    SeedVerdict.Criterion criterion = new SeedVerdict.Criterion(0.5, 1);
    double[] none = {0, 0};
    SeedVerdict verdict = SeedVerdict.of(criterion, none, new double[] {1, 1}, none);
    Map<String, Object> evidence = new LinkedHashMap<>();
    SeedEvidence.put(evidence, "x", 0, criterion, verdict);
    assertFalse(evidence.containsKey("cell/x/ratio"));
    assertEquals(0.0, evidence.get("cell/x/rms"));
  }
}
