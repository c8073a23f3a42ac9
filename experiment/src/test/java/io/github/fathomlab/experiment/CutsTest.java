package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.coarsegraining.CutAdvice;
import io.github.fathomlab.coarsegraining.CutAdvice.Part;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Advice on layers by masked positions, and by all where masked ones are all alike. */
class CutsTest {
  private static final List<String> NAMES =
      List.of("input", "embedding", "block 1", "block 2", "block 3", "output");
  private static final double[] DRIFTS = {0.9, 0.2, 0.001, 0.08, 0.7};

  /** Readings in the order in which they were added. */
  private static final class Rows implements Readings {
    private final List<Reading> rows = new ArrayList<>();

    @Override
    public List<String> quantities() {
      return rows.stream().map(Reading::quantity).distinct().sorted().toList();
    }

    @Override
    public List<Reading> of(String quantity) {
      return rows.stream().filter(row -> row.quantity().equals(quantity)).toList();
    }

    private void add(String quantity, long step, int l, int replica, double value, Status status) {
      String name = l < 0 ? "" : NAMES.get(l);
      rows.add(new Reading(quantity, step, l, name, replica, value, status, Double.NaN));
    }

    /** Drifts and updates of one view, trained and untrained, all multiplied by a factor. */
    private void view(String view, double factor, Status status) {
      for (long step : new long[] {0, 9}) {
        for (int replica = 0; replica < 2; replica++) {
          for (int l = 0; l < NAMES.size(); l++) {
            add(view + "rank.effective_rank", step, l, replica, 2, status);
            if (l < DRIFTS.length) {
              double drift = factor * (step > 0 ? DRIFTS[l] : 0.1);
              double value = status == Status.OK ? drift : Double.NaN;
              add(view + "drift.kernel_drift", step, l, replica, value, status);
              add(view + "drift.relative_update", step, l, replica, factor / 4, Status.OK);
            }
          }
        }
      }
    }
  }

  private static Rows tokens(int window, Status masked) {
    Rows rows = new Rows();
    for (int replica = 0; replica < 2; replica++) {
      rows.add("rank.stream_first", 0, -1, replica, 1, Status.OK);
      rows.add("rank.stream_last", 0, -1, replica, 4, Status.OK);
      rows.add("tokens.window", 0, -1, replica, window, Status.OK);
    }
    rows.view("", 1, masked);
    rows.view("all.", 0.5, Status.OK);
    return rows;
  }

  @Test
  void maskedPositionsAreTheUsualView() {
    CutAdvice advice = Cuts.of(tokens(1, Status.OK)).orElseThrow();
    assertEquals(3, advice.layers().size());
    Part second = advice.layers().get(1);
    assertEquals(0.001, second.drift());
    assertEquals(0.25, second.update());
    assertTrue(advice.sentence().startsWith("could be cut: block 2 ("), advice.sentence());
    assertFalse(advice.sentence().contains("all positions"), advice.sentence());
  }

  @Test
  void withoutNeighboursAllNumbersAreOfAllPositionsAndTheSentenceSaysSo() {
    CutAdvice advice = Cuts.of(tokens(0, Status.TOO_FEW_SAMPLES)).orElseThrow();
    Part second = advice.layers().get(1);
    assertEquals("block 2", second.layer().name());
    assertEquals(0.0005, second.drift());
    assertEquals(0.125, second.update());
    assertEquals(1.0 / 3, second.untrained(), 1e-12);
    assertTrue(second.candidate());
    assertTrue(advice.sentence().startsWith("could be cut: block 2 ("), advice.sentence());
    assertTrue(advice.sentence().contains("; measured at all positions, since masked"));
    String last = Cuts.lines(advice).getLast();
    assertTrue(last.startsWith("Could be cut: ") && last.endsWith("no neighbour."), last);
  }

  @Test
  void whatCannotBeMeasuredInItsViewIsSaid() {
    String sentence = Cuts.of(tokens(1, Status.TOO_FEW_SAMPLES)).orElseThrow().sentence();
    assertEquals(
        "no advice on layers: the drift from embedding to the next layer was not measured: "
            + Status.TOO_FEW_SAMPLES.explanation(),
        sentence);
    assertTrue(Cuts.of(new Rows()).isEmpty(), "no stream");
  }
}
