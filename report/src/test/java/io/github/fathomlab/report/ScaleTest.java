package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScaleTest {

  private static List<String> labels(Scale scale) {
    return scale.ticks().stream().map(Scale.Tick::label).filter(label -> !label.isEmpty()).toList();
  }

  @Test
  void linearTicksAreMultiplesOfNiceSteps() {
    assertEquals(
        List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"), labels(Scale.Linear.covering(0, 1, 5)));
    assertEquals(List.of("\u22125", "0", "5", "10"), labels(Scale.Linear.covering(-3.2, 7.9, 5)));
    assertEquals(
        List.of("0.00", "0.05", "0.10", "0.15", "0.20"),
        labels(Scale.Linear.covering(0.01, 0.2, 5)));
    assertEquals(List.of("0", "500", "1000", "1500"), labels(Scale.Linear.between(0, 1700, 5)));
  }

  @Test
  void logarithmicTicksArePowersOfTen() {
    assertEquals(
        List.of("10\u207b\u00b3", "10\u207b\u00b2", "10\u207b\u00b9", "1", "10"),
        labels(Scale.Log.covering(2e-3, 4)));
    assertEquals(List.of("0.2", "0.5", "1", "2", "5"), labels(Scale.Log.covering(0.3, 4.5)));
    assertTrue(labels(Scale.Log.covering(1e-200, 1e200)).size() <= 9);
  }

  @Test
  void everyScaleCoversItsValues() {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      double a = random.nextGaussian() * Math.pow(10, random.nextInt(-12, 12));
      double b = i % 10 == 0 ? a : random.nextGaussian() * Math.pow(10, random.nextInt(-12, 12));
      Scale linear = Scale.Linear.covering(a, b, 5);
      double slack = 1e-6;
      assertTrue(
          linear.position(Math.min(a, b)) >= -slack && linear.position(Math.max(a, b)) <= 1 + slack,
          a + " " + b);
      assertTrue(linear.ticks().size() >= 2 && linear.ticks().size() <= 13, a + " " + b);
      double low = Math.min(Math.abs(a), Math.abs(b));
      double high = Math.max(Math.abs(a), Math.abs(b));
      Scale log = Scale.Log.covering(low, high);
      assertTrue(log.position(low) >= -slack && log.position(high) <= 1 + slack, low + " " + high);
      assertTrue(log.ticks().size() >= 2, low + " " + high);
    }
  }

  @Test
  void hopelessRangesStillGiveAnAxis() {
    for (Scale scale :
        List.of(
            Scale.Linear.covering(Double.NaN, Double.NaN, 5), Scale.Linear.covering(0, 0, 5),
            Scale.Linear.covering(-Double.MAX_VALUE, Double.MAX_VALUE, 5),
                Scale.Log.covering(Double.POSITIVE_INFINITY, 0),
            Scale.Log.covering(Double.MIN_VALUE, Double.MAX_VALUE), Scale.Log.covering(5, 5))) {
      assertTrue(
          scale.high() > scale.low() && Double.isFinite(scale.position(scale.high())),
          scale.toString());
      assertTrue(scale.ticks().size() >= 2 && scale.ticks().size() < 60, scale.toString());
    }
  }

  @Test
  void numbersAreWrittenForPeople() {
    assertEquals("\u22120.125", Numbers.show(-0.125));
    assertEquals("3.9\u00d710\u207b\u2079", Numbers.show(3.9e-9));
    assertEquals("1.235\u00d710\u00b3\u2070\u2070", Numbers.show(1.23456e300));
    assertEquals("0", Numbers.show(-0.0));
    assertEquals("no value", Numbers.show(Double.NaN));
    assertEquals("1\u202f234\u202f567", Numbers.count(1234567));
    assertEquals("-0.05", Numbers.coordinate(-0.0499));
    assertEquals("12.5", Numbers.coordinate(12.4999));
  }
}
