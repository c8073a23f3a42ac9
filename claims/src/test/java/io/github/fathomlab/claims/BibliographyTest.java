package io.github.fathomlab.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BibliographyTest {

  @Test
  void everySubjectHasAnEntry() {
    for (String subject : Bibliography.subjects()) {
      for (String key : Bibliography.keys(subject)) {
        assertTrue(Bibliography.entries().containsKey(key), subject + " cites " + key);
      }
    }
  }

  @Test
  void entriesAreWholeAndSayWhereToFindTheWork() {
    Bibliography.entries()
        .forEach((key, entry) -> {
          assertEquals(
              entry.chars().filter(c -> c == '{').count(),
              entry.chars().filter(c -> c == '}').count(),
              key);
          assertTrue(entry.contains("title = {") && entry.contains("year = {"), key);
        });
  }

  @Test
  void citesWhatWasUsedOnceAndFathomFirst() {
    String bibtex =
        Bibliography.of(List.of("ledger.dissipation", "ledger.current", "separation", "digits"));
    assertTrue(bibtex.startsWith("@software{fathom,"), bibtex);
    assertEquals(1, count(bibtex, "2511.02003"));
    assertEquals(1, count(bibtex, "10.1103/ys4n-2tj3"));
    assertEquals(1, count(bibtex, "2210.17020"));
    assertEquals(1, count(bibtex, "10.24432/C50P49"));
    assertFalse(bibtex.contains("1708.07747"), bibtex);
  }

  @Test
  void claimsAndKeysAreSubjectsTooAndUnknownNamesAddNothing() {
    assertEquals(
        Bibliography.of(List.of("bulk-boundary")),
        Bibliography.of(List.of("bulk-boundary/ledger-balances", "mixture", "my.npz")));
    assertTrue(Bibliography.of(List.of("xiao2017fashion")).contains("1708.07747"));
  }

  @Test
  void everyKindOfReadingOfTheDecompositionCitesItsPaper() {
    for (String prefix :
        List.of(
            "ledger", "midpoint", "injection", "split", "continuity", "field", "bulk", "edge")) {
      String bibtex = Bibliography.of(List.of(prefix + ".some_quantity"));
      assertEquals(1, count(bibtex, "{2511.02003}"), prefix);
      assertEquals(prefix.equals("bulk") ? 1 : 0, count(bibtex, "{1611.01232}"), prefix);
      assertEquals(prefix.equals("edge") ? 1 : 0, count(bibtex, "{2103.00065}"), prefix);
    }
  }

  @Test
  void readingsOfTheRenormalizationStudiesCiteTheirPapers() {
    assertEquals(1, count(Bibliography.of(List.of("stack.correlation")), "{2212.00005}"));
    String flow = Bibliography.of(List.of("rbm.below"));
    assertEquals(1, count(flow, "{2212.00005}"));
    assertEquals(1, count(flow, "{1801.07172}"));
    assertEquals(1, count(Bibliography.of(List.of("renormalization/x")), "{2606.00157}"));
  }

  @Test
  void theSquareIsingModelCitesItsSolutionAndItsSamplers() {
    String bibtex =
        Bibliography.of(List.of("ising2d.energy", "renormalization/wolff-matches-kaufman"));
    for (String doi :
        List.of("PhysRev.65.117", "PhysRev.76.1232", "PhysRevLett.62.361", "PhysRevLett.42.859")) {
      assertEquals(1, count(bibtex, "{10.1103/" + doi + "}"), doi);
    }
    assertEquals(1, count(bibtex, "{2212.00005}"));
    assertEquals(1, count(bibtex, "eprint = {2606.00157}"));
  }

  @Test
  void readingsOfTheResidualStreamCiteTheirMeasuresAndTheirPaper() {
    for (String prefix : List.of("rank", "drift", "tokens", "information", "relevance")) {
      String bibtex = Bibliography.of(List.of(prefix + ".some_quantity"));
      assertEquals(1, count(bibtex, "{2606.10324}"), prefix);
      assertEquals(prefix.equals("rank") ? 1 : 0, count(bibtex, "@inproceedings{roy2007"), prefix);
      assertEquals(prefix.equals("drift") ? 1 : 0, count(bibtex, "{1905.00414}"), prefix);
      assertEquals(prefix.equals("drift") ? 1 : 0, count(bibtex, "@article{fisher1929"), prefix);
    }
  }

  @Test
  void withNothingUsedOnlyFathomIsCited() {
    assertEquals(1, count(Bibliography.of(List.of()), "@"));
    assertEquals(Bibliography.entries().size(), count(Bibliography.all(), "\n@") + 1);
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
