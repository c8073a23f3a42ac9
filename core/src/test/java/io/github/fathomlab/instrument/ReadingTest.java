package io.github.fathomlab.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which steps are due, and which readings exist. */
class ReadingTest {

  @Test
  void everyCountsFromZero() {
    assertEquals(List.of(0L, 4L, 8L, 12L), due(new Rhythm.Every(4)));
    assertEquals(15, due(new Rhythm.Every(1)).size());
    assertEquals(List.of(), due(new Rhythm.Every(0)), "never");
    assertTrue(new Rhythm.Every(1_000_000_007L).due(3_000_000_021L), "beyond int");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Rhythm.Every(-1));
    assertEquals("an interval cannot be negative, found -1", refused.getMessage());
  }

  @Test
  void atIsASet() {
    assertEquals(
        List.of(0L, 3L, 14L), due(new Rhythm.At(new TreeSet<>(List.of(14L, 0L, 3L, 99L)))));
    assertEquals(List.of(), due(new Rhythm.At(new TreeSet<>())));
  }

  private static List<Long> due(Rhythm rhythm) {
    return LongStream.range(0, 15).filter(rhythm::due).boxed().toList();
  }

  @Test
  void aReadingWithoutANumberSaysWhy() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Reading("q", 3, 1, "hidden 1", 0, Double.NaN, Status.OK, Double.NaN));
    Reading missing =
        new Reading("q", 3, 1, "hidden 1", 0, Double.NaN, Status.ONE_CLASS, Double.NaN);
    assertTrue(Double.isNaN(missing.value()));
  }

  @Test
  void readingsOfTheNetworkKnowWhetherTheyAreFinite() {
    Reading loss = Reading.ofNetwork("loss", 7, 2, 0.5);
    assertEquals(new Reading("loss", 7, -1, "", 2, 0.5, Status.OK, Double.NaN), loss);
    for (double bad : List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)) {
      Reading reading = Reading.ofNetwork("loss", 7, 2, bad);
      assertEquals(Status.NOT_FINITE, reading.status());
      assertTrue(Double.isNaN(reading.value()));
    }
  }

  @Test
  void everyStatusExplainsItself() {
    for (Status status : Status.values()) {
      assertTrue(status.explanation().length() > 5, status.name());
    }
  }

  @Test
  void onlyADocumentedOutcomeCanSurprise() {
    for (Verdict.Outcome outcome : Verdict.Outcome.values()) {
      assertFalse(verdict(outcome, null).surprising());
      assertFalse(verdict(outcome, outcome).surprising());
    }
    assertTrue(verdict(Verdict.Outcome.FAILS, Verdict.Outcome.HOLDS).surprising());
    assertTrue(verdict(Verdict.Outcome.UNDECIDED, Verdict.Outcome.HOLDS).surprising());
  }

  private static Verdict verdict(Verdict.Outcome outcome, Verdict.@Nullable Outcome expected) {
    return new Verdict("paper/claim", outcome, "", expected, Map.of(), "");
  }
}
