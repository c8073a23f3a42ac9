package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Evidence of cells is a table, and nothing of it is left in the list. */
class CellTableTest {

  static List<Verdict> verdicts() {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("cells", 3L);
    double[][] numbers = {
      {.4409, .4411, .0024, .146, 61, 9e-5},
      {.1944, .1950, .0026, .177, 68, 9e-5},
      {.0378, .0391, .0030, .081, 27, 1.6e-4}
    };
    String[] words = {"PASS", "PASS", "NOT_CONVERGED"};
    int[] windows = {2, 4, 8};
    for (int i = 0; i < 3; i++) {
      String cell = "cell/K = 0.8, b = " + windows[i] + "/";
      evidence.put(cell + "word", words[i]);
      evidence.put(cell + "seeds", 10L);
      evidence.put(cell + "prediction", numbers[i][0]);
      evidence.put(cell + "mean", numbers[i][1]);
      evidence.put(cell + "rms", numbers[i][2]);
      evidence.put(cell + "null_rms", numbers[i][3]);
      evidence.put(cell + "ratio", numbers[i][4]);
      evidence.put(cell + "p", numbers[i][5]);
      evidence.put(cell + "bound", numbers[i][2] * 0.8);
      evidence.put(cell + "excess", i == 2 ? .0071 : 4e-4);
      evidence.put(cell + "tolerance", .02);
    }
    return List.of(
        new Verdict(
            "renormalization/environment-decimates",
            Verdict.Outcome.UNDECIDED,
            "Two of three cells hit the decimated chain and one did not reach its optimum.",
            Verdict.Outcome.HOLDS,
            evidence,
            "arXiv:2212.00005, abstract; the task, the prediction and the rule are this project's own."),
        SyntheticRun.verdicts().getFirst());
  }

  @Test
  void cellsAreATableBelowTheCardWithTheirWords() {
    String html = VerdictCards.of(verdicts());
    assertTrue(html.contains("<span class=\"finer\">2 PASS, 1 NOT_CONVERGED</span>"));
    assertEquals(1, html.split("class=\"verdict undecided wide\"", -1).length - 1);
    assertTrue(html.contains("<th scope=\"row\">K = 0.8, b = 4</th>"));
    assertTrue(html.contains("<td class=\"number\">0.194</td><td class=\"number\">0.195</td>"));
    assertTrue(html.contains("<td class=\"word open\">NOT_CONVERGED</td>"));
    assertFalse(html.contains("cell/"), "a raw name is left in the evidence");
    assertTrue(html.contains("<th scope=\"row\">cells</th><td>3</td>"));
    assertTrue(html.contains("class=\"verdict holds\""), "a verdict without cells is as before");
  }

  @Test
  void labelsMayHoldSlashesAndWhatIsMissingStaysEmpty() {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("cell/16/8 <modes>/rms", 5e-4);
    evidence.put("cell/16/8 <modes>/word", "FAIL");
    evidence.put("cell/16/4/p", Double.NaN);
    evidence.put("cell//x", 1L);
    evidence.put("cells", 2L);
    CellTable table = CellTable.of(evidence).orElseThrow();
    String html = table.html();
    assertEquals("1 FAIL", table.words());
    assertTrue(html.contains("<th scope=\"row\">16/8 &lt;modes&gt;</th>"));
    assertTrue(html.contains("no value") && html.contains("<td class=\"number\"></td>"));
    assertFalse(html.contains(">prediction<"), "a column that no cell has is not drawn");
    assertFalse(
        CellTable.isCell("cells") || CellTable.isCell("cell/p") || CellTable.isCell("cell//x"));
    assertTrue(CellTable.of(Map.of("tolerance", 0.1)).isEmpty());
  }

  @Test
  void aSingleCellGivesItsWordAlone() {
    assertEquals("PASS", CellTable.of(Map.of("cell/all/word", "PASS")).orElseThrow().words());
  }

  static List<Verdict> rankVerdicts() {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("spearman", .95);
    double[][] numbers = {
      {2.077, .976, 14.18, 5.57, .392, .025, 1.35, .867, .939, .36, .61, .5, 325, .3, .8, 1.2, 90},
      {5.253, .993, 14.04, 12.2, .868, .05, 1.32, .65, .81, .36, .61, .2, 94, .3, .7, 1.1, 30}
    };
    List<String> fields =
        List.of(
            "task_rank",
            "captured",
            "first",
            "last",
            "collapse",
            "collapse_sd",
            "untrained",
            "top1",
            "top2",
            "untrained_top1",
            "untrained_top2",
            "plateau",
            "other_growth",
            "other_share_first",
            "other_share_last",
            "untrained_other_growth",
            "relevant_growth");
    for (int i = 0; i < 2; i++) {
      String cell = "cell/hier2, xi = " + (i == 0 ? 1 : 7) + "/";
      evidence.put(cell + "word", i == 0 ? "PASS" : "FAIL");
      evidence.put(cell + "seeds", 10L);
      for (int f = 0; f < fields.size(); f++) {
        evidence.put(cell + fields.get(f), numbers[i][f]);
      }
      evidence.put(cell + "monotone", i == 0 ? 10L : 4L);
      evidence.put(cell + "with_plateau", i == 0 ? 9L : 3L);
    }
    return List.of(
        new Verdict(
            "rank/collapse-is-selective",
            Verdict.Outcome.HOLDS,
            "The short chain loses rank and the long one does not.",
            Verdict.Outcome.HOLDS,
            evidence,
            "arXiv:2606.10324, abstract; chains and bounds are this project's own."));
  }

  @Test
  void cellsOfRanksHaveTheirColumnsInOrderAndSayWhatIsTheAbstracts() {
    String html = VerdictCards.of(rankVerdicts());
    List<String> headings =
        Pattern.compile("<abbr[^>]*>([^<]*)<")
            .matcher(html)
            .results()
            .map(m -> m.group(1))
            .toList();
    assertEquals(
        List.of(
            "seeds",
            "task rank",
            "captured",
            "first",
            "last",
            "\u03c1",
            "sd \u03c1",
            "\u03c1\u2080",
            "monotone",
            "top1",
            "top2",
            "top1\u2080",
            "top2\u2080",
            "plateau",
            "with plateau",
            "other first",
            "other last",
            "other \u00d7",
            "other \u00d7\u2080",
            "relevant \u00d7"),
        headings);
    assertTrue(html.contains("with plateau: seeds that have a plateau;"));
    assertTrue(html.contains("<span class=\"finer\">1 PASS, 1 FAIL</span>"));
    assertTrue(html.contains("<td class=\"number\">0.392</td><td class=\"number\">0.025</td>"));
    assertTrue(
        html.contains("The abstract\u2019s: effective rank and kernel drift. Ours: all else"));
    assertFalse(html.contains("prediction, T and the rule") || html.contains("cell/"));
    String other = VerdictCards.of(verdicts());
    assertTrue(other.contains("Ours: prediction, T and the rule. T: root mean"));
    assertFalse(other.contains("The abstract\u2019s"));
  }
}
