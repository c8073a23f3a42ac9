package io.github.fathomlab.report;

import static io.github.fathomlab.report.RankFiguresTest.changed;
import static io.github.fathomlab.report.RankFiguresTest.count;
import static io.github.fathomlab.report.RankFiguresTest.only;
import static io.github.fathomlab.report.RankFiguresTest.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was learned of what there is to learn, in a run and in a sweep. */
class InformationFiguresTest {
  private static final SyntheticRun SWEEP = SyntheticRanks.sweep();
  private static final SyntheticRun RUN = SyntheticRanks.run(6);

  @Test
  void aCellWithNothingAvailableSaysSo() {
    String body = only(SWEEP, "information-captured").body();
    assertEquals(5, count(body, ">nothing available<"));
    assertTrue(body.contains(">gate 0.95<"));
    assertTrue(body.contains("<title>hier2, \u03be = 1\ncaptured 0.9"), body);
    assertTrue(body.contains("NOT_APPLICABLE in "));
    String run = only(RUN, "information-captured").body();
    assertTrue(run.contains("<title>step 3000\ncaptured share: 0.9") && run.contains("gate 0.95"));
    Readings nothing =
        changed(
            RUN,
            r ->
                r.quantity().equals("information.captured")
                    ? with(r, "", Double.NaN, Status.NOT_APPLICABLE)
                    : r);
    String bare = only(nothing, "information-captured").body();
    assertTrue(bare.contains("excess over the exact optimum") && !bare.contains("captured share"));
  }

  /** Losses over drawn sequences are not those of the whole population. */
  @Test
  void captionsSayWhatTheLossIsOf() {
    String population = "Exact loss of the whole population.";
    String drawn = "Loss over 256 fixed sequences, beside the exact optimum";
    for (SyntheticRun run : List.of(RUN, SWEEP)) {
      for (int sequence : new int[] {0, 12}) {
        for (int window : new int[] {0, 1}) {
          SyntheticRun kind = windows(run, window);
          run.of("tokens.window")
              .forEach(r -> kind.add("tokens.sequence", 0, -1, r.replica(), sequence, Status.OK));
          String method = only(kind, "information-captured").method();
          boolean enumerated = sequence == 0 || window == 0;
          assertEquals(enumerated, method.contains(population), method);
          assertEquals(!enumerated, method.contains(drawn), method);
        }
      }
    }
    SyntheticRun mixed = windows(SWEEP, 1);
    SWEEP
        .of("tokens.window")
        .forEach(r ->
            mixed.add("tokens.sequence", 0, -1, r.replica(), r.replica() < 6 ? 12 : 0, Status.OK));
    String method = only(mixed, "information-captured").method();
    assertTrue(method.contains("enumerated: " + population), method);
    assertTrue(method.contains("On sequences with neighbours: " + drawn), method);
  }

  private static SyntheticRun windows(SyntheticRun run, int window) {
    return changed(
        run, r -> r.quantity().equals("tokens.window") ? with(r, "", window, Status.OK) : r);
  }
}
