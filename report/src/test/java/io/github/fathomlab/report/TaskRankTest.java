package io.github.fathomlab.report;

import static io.github.fathomlab.report.RankFiguresTest.among;
import static io.github.fathomlab.report.RankFiguresTest.changed;
import static io.github.fathomlab.report.RankFiguresTest.count;
import static io.github.fathomlab.report.RankFiguresTest.ids;
import static io.github.fathomlab.report.RankFiguresTest.only;
import static io.github.fathomlab.report.RankFiguresTest.wellFormed;
import static io.github.fathomlab.report.RankFiguresTest.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The collapse against the rank of the task, and which chains it counts. */
class TaskRankTest {
  private static final SyntheticRun SWEEP = SyntheticRanks.sweep();

  /** The line and the rank correlation that were put in are found. */
  @Test
  void theTaskRankHasTheLineThatWasPutIn() {
    Readings exact =
        changed(
            SWEEP,
            r -> {
              if (r.quantity().equals(RankCell.RATIO)) {
                double rank =
                    SWEEP.of("tokens.task_rank").stream()
                        .filter(t -> t.replica() == r.replica())
                        .findFirst()
                        .orElseThrow()
                        .value();
                return with(r, "", 0.25 + 0.125 * rank, Status.OK);
              }
              return r;
            });
    String body = only(exact, "task-rank").body();
    assertTrue(body.contains("\u03c1 = 0.25 + 0.125 \u00d7 task rank, R\u00b2 = 1 "), body);
    assertTrue(body.contains("with task rank 1, with \u03be "), body);
    assertTrue(body.contains("over 21 of 22 chains"), "neither nulls nor other networks");
    assertTrue(only(SWEEP, "task-rank").body().contains(">untrained (null)<"));
    assertTrue(only(SWEEP, "task-rank").showsNot().contains("seven predictors"));
    assertFalse(ids(SyntheticRanks.sweep(2)).contains("task-rank"));
    assertTrue(ids(SyntheticRanks.sweep(3)).contains("task-rank"));
  }

  /** One chain of the table captured 0.882 only. */
  @Test
  void chainsOffTheGateAreHollowAndNotCounted() {
    Figure figure = only(SWEEP, "task-rank");
    String body = figure.body();
    assertTrue(body.contains("over 21 of 22 chains<"), body);
    assertTrue(body.contains(">\u03be = 0.5, off the gate<"), body);
    String hollow = "<title>hier2, \u03be = 0.5, task rank 1.09, captured 0.88";
    assertTrue(body.contains(hollow), body);
    assertEquals(2, count(body, "class=\"mark hollow\""), "the chain and its entry");
    assertTrue(figure.method().contains("captured at least 0.95 of the available information"));
    assertEquals(remark(SWEEP), remark(ofLength(0.5, 77)));
    assertNotEquals(remark(SWEEP), remark(ofLength(14, 77)));
  }

  @Test
  void everyConditionOfTheGateCounts() {
    assertEquals("21 of 22", judged(SWEEP));
    assertEquals("21 of 22", judged(one("information.captured", 0.9301)));
    assertEquals("20 of 22", judged(one("information.captured", 0.9299)));
    assertEquals("20 of 22", judged(one("information.captured", Double.NaN)));
    assertEquals("20 of 22", judged(one("information.excess", -1.1e-6)));
    assertEquals("21 of 22", judged(one("information.excess", -0.9e-6)));
    assertEquals("20 of 22", judged(one(RankCell.RATIO, Double.NaN)));
    assertEquals("21 of 22", judged(among(SWEEP, r -> r.replica() > 0)), "five seeds");
    assertEquals("20 of 22", judged(among(SWEEP, r -> r.replica() > 1)), "four seeds");
    Readings low =
        changed(
            SWEEP,
            r -> r.quantity().equals("information.captured") ? with(r, "", 0.949, r.status()) : r);
    assertEquals("0 of 22", judged(low));
    String body = only(low, "task-rank").body();
    assertTrue(body.contains(">no line and no rank correlation: 0 of 22 chains pass the gate<"));
    assertFalse(body.contains("class=\"law\"") || body.contains("Spearman"));
  }

  private static String remark(Readings readings) {
    Figure figure = only(readings, "task-rank");
    wellFormed(figure);
    return Pattern.compile(">([^<]*[0-9]+ of [0-9]+ chains[^<]*)<")
        .matcher(figure.body())
        .results()
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static String judged(Readings readings) {
    return remark(readings).replaceAll(".*?([0-9]+ of [0-9]+) chains.*", "$1");
  }

  /** The sweep with another number of its first trained network. */
  private static Readings one(String quantity, double value) {
    Status status = Double.isNaN(value) ? Status.NOT_CONVERGED : Status.OK;
    return changed(
        SWEEP,
        r ->
            r.quantity().equals(quantity) && r.replica() == 0 && r.step() > 0
                ? with(r, "", value, status)
                : r);
  }

  /** The sweep with another collapse ratio of the chains of one length. */
  private static Readings ofLength(double length, double ratio) {
    List<Integer> replicas =
        SWEEP.of("tokens.correlation_length").stream()
            .filter(r -> r.value() == length)
            .map(Reading::replica)
            .toList();
    return changed(
        SWEEP,
        r ->
            r.quantity().equals(RankCell.RATIO) && replicas.contains(r.replica())
                ? with(r, "", ratio, Status.OK)
                : r);
  }

  /** A tenth of the targets shuffled is another task, but no null. */
  @Test
  void onlyTargetsThatAreAllShuffledAreANull() {
    for (double shuffle : new double[] {0, 0.1, 1}) {
      Readings shuffled =
          changed(
              SyntheticRanks.sweep(4),
              r -> r.quantity().equals("tokens.shuffle") ? with(r, "", shuffle, Status.OK) : r);
      RankPanel first = RankPanel.of(RankCell.of(new Recorded(shuffled, List.of()))).getFirst();
      RankPanel.Kind kind = shuffle == 1 ? RankPanel.Kind.NULLS : RankPanel.Kind.FAMILY;
      assertEquals(kind, first.kind());
      assertEquals(shuffle == 0, ids(shuffled).contains("task-rank"));
    }
  }
}
