package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Held-out data and batch statistics stand beside the training samples where they were measured.
 */
class LoadCurveFigureTest {
  private static final Pattern LEGEND = Pattern.compile("class=\"entry\"[^>]*>([^<]*)<");

  private static SyntheticRun run(String... prefixes) {
    SyntheticRun run = SyntheticRun.empty();
    for (int step = 0; step <= 40; step += 20) {
      for (int l = 0; l < 4; l++) {
        for (String prefix : prefixes) {
          run.add(prefix + "separation.log", step, l, 0, prefix.length() + 3 - l, Status.OK);
        }
      }
    }
    return run;
  }

  private static Figure figure(SyntheticRun run) {
    return new Figures(run.input(), run).named("load-curve-log").orElseThrow();
  }

  private static List<String> legend(Figure figure) {
    List<String> entries = new ArrayList<>();
    Matcher matcher = LEGEND.matcher(figure.standalone());
    while (matcher.find()) {
      entries.add(matcher.group(1));
    }
    return entries;
  }

  @Test
  void aRunWithoutOtherViewsIsDrawnAsBefore() {
    Figure figure = figure(run(""));
    assertEquals(List.of("trained, step 40", "untrained (null)"), legend(figure));
    assertFalse(figure.method().contains("Held-out"));
    assertFalse(figure.method().contains("Batch statistics"));
  }

  @Test
  void everyMeasuredViewHasItsCurve() {
    assertEquals(
        List.of("trained, step 40", "held-out data", "untrained (null)"),
        legend(figure(run("", "held_out."))));
    assertEquals(
        List.of("trained, step 40", "batch statistics", "untrained (null)"),
        legend(figure(run("", "batch."))));
    Figure all = figure(run("", "held_out.", "batch."));
    assertEquals(
        List.of("trained, step 40", "held-out data", "batch statistics", "untrained (null)"),
        legend(all));
    assertTrue(all.method().contains("Held-out data: "));
    assertTrue(all.method().contains("Batch statistics: "));
    Map<?, ?> frames = assertInstanceOf(Map.class, all.data().get("frames"));
    assertEquals(3, assertInstanceOf(List.class, frames.get("series")).size());
  }

  @Test
  void aViewThatEndsEarlierSaysAtWhichStep() {
    SyntheticRun run = run("").add("held_out.separation.log", 20, 0, 0, 5, Status.OK);
    assertTrue(legend(figure(run)).contains("held-out data, step 20"));
  }
}
