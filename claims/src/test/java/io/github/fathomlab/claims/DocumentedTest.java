package io.github.fathomlab.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.springblock.PhaseDiagramClaims;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.HalvingStudy;
import io.github.fathomlab.instrument.HalvingStudy.Halves;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentedTest {

  private static Claim claim(String id) {
    return new Halves(id, Outcome.HOLDS);
  }

  @Test
  void everyClaimIsDocumentedOnceAndCitesItsPaper() {
    List<Claim> claims =
        Documented.all().stream().flatMap(documented -> documented.claims().stream()).toList();
    assertEquals(claims.size(), claims.stream().map(Claim::id).distinct().count());
    for (Claim claim : claims) {
      assertFalse(claim.statement().isBlank() || claim.statement().contains("\n"), claim.id());
      assertFalse(Bibliography.keys(Documented.paper(claim)).isEmpty(), claim.id());
    }
  }

  @Test
  void everyExperimentHasItsFile() {
    for (Documented documented : Documented.all()) {
      if (documented instanceof DocumentedExperiment experiment) {
        assertTrue(experiment.text().contains("name: "), experiment.file());
      }
    }
  }

  @Test
  void everySweepHasItsGridAndItsClaims() {
    List<Documented> all = Documented.all();
    List<Claim> judged = new ArrayList<>();
    for (Documented documented : all) {
      if (documented instanceof DocumentedSweep sweep) {
        assertEquals("sweep", sweep.kind());
        assertTrue(sweep.text().matches("(?s).*\\n(axes|cases):.*"), sweep.file());
        judged.addAll(sweep.claims());
      }
    }
    assertTrue(judged.containsAll(PhaseDiagramClaims.all()));
    assertEquals(judged, DocumentedSweep.claims(all));
    assertEquals(
        List.of(),
        DocumentedSweep.claims(List.of(new DocumentedStudy(claim("p/s"), new HalvingStudy()))));
  }

  @Test
  void refusesASweepForNothing() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new DocumentedSweep(List.of(), "none.yaml", List.of()));
    List<Claim> missing = List.of(claim("p/s"));
    assertThrows(
        NullPointerException.class,
        () -> new DocumentedSweep(missing, "none.yaml", List.of()).text());
  }

  @Test
  void refusesAnExperimentForNothing() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new DocumentedExperiment(List.of(), "none.yaml", List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "paper", "paper/", "/statement", "a/b/c", "Paper/a", "../a", "a/b c"})
  void refusesAnIdentifierThatIsNoneOrNoFolder(String id) {
    Claim claim = claim(id);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new DocumentedStudy(claim, new HalvingStudy()));
    assertTrue(refused.toString().contains("paper/statement"), refused.toString());
  }
}
