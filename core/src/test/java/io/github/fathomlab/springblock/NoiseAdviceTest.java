package io.github.fathomlab.springblock;

import static io.github.fathomlab.springblock.TiltedDiagrams.DROPOUT;
import static io.github.fathomlab.springblock.TiltedDiagrams.cell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.springblock.NoiseAdvice.Direction;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseAdviceTest {

  @ParameterizedTest
  @CsvSource({
    "0.10, 0.01, false, RAISE",
    "-0.10, 0.01, false, LOWER",
    "0.001, 0.001, false, KEEP",
    "0.02, 0.20, false, NONE",
    "0.10, 0.00, false, NONE", // a single replica
    "-0.10, 0.01, true, NONE"
  })
  void directionOfOneRun(double tilt, double error, boolean linear, Direction expected) {
    CurvePhase phase = cell(0, 0, tilt, error).phase();
    NoiseAdvice advice = NoiseAdvice.of(phase, linear);
    assertEquals(expected, advice.direction(), advice.reason());
    assertTrue(advice.zero().isEmpty());
    assertEquals(linear, advice.reason().contains("linear network"));
    if (expected == Direction.RAISE) {
      assertTrue(
          advice
              .reason()
              .startsWith(
                  "raise the noise (dropout, learning rate, smaller batch, data noise) or train longer: the loads grow with depth: tilt 0.100 in"),
          advice.reason());
    }
  }

  /** The tilts of the published network on Fashion-MNIST; where the secant was tried. */
  @Test
  void findsThePublishedZeros() {
    double[] noises = {0, 0.1, 0.3};
    PhaseDiagram diagram =
        TiltedDiagrams.of(
            DROPOUT,
            new double[] {0, 0.4, 1},
            noises,
            0.003,
            new double[] {0.215, 0.044, -0.086},
            new double[] {0.048, 0.017, -0.073},
            new double[] {-0.026, -0.011, -0.066});
    TiltZero relu = NoiseAdvice.ofRow(diagram, 0).zero().orElseThrow();
    assertEquals(0.168, relu.noise(), 5e-4);
    assertEquals(0.1, relu.from().noise());
    assertEquals(0.3, relu.to().noise());
    assertTrue(relu.decided());
    assertEquals(1, relu.crossings());
    NoiseAdvice leaky = NoiseAdvice.ofRow(diagram, 1);
    assertEquals(0.138, leaky.zero().orElseThrow().noise(), 5e-4);
    assertEquals(Direction.RAISE, leaky.direction());
    assertEquals(0, leaky.least().orElseThrow().noise());
    assertEquals(0.1, leaky.best().orElseThrow().noise());
    assertEquals(0.8, leaky.before().orElseThrow().accuracy(), 1e-12);
    assertEquals(0.72, leaky.after().orElseThrow().accuracy(), 1e-12);
    double error = 0.01 * Math.sqrt(10.0 / 4 / 5);
    assertEquals(error, leaky.best().orElseThrow().error().orElseThrow(), 1e-12);
    assertTrue(
        leaky.reason().contains("network.dropout 0; the tilt is zero at 0.138 (0.127 to 0.149)"),
        leaky.reason());
    assertTrue(
        leaky.reason().contains("accuracy 78.00 % +- 0.71 at the least noise"), leaky.reason());
    NoiseAdvice linear = NoiseAdvice.ofRow(diagram, 2);
    assertEquals(Direction.NONE, linear.direction());
    assertTrue(linear.zero().isEmpty());
    assertTrue(linear.reason().startsWith("no advice for a linear network"), linear.reason());
    assertThrows(IllegalArgumentException.class, () -> NoiseAdvice.ofRow(diagram, 3));
  }

  /** The secant of noisy tilts scatters by its error. */
  @Test
  void errorOfTheZero() {
    Random random = new Random(4);
    double error = 0.004;
    double[] noises = {0, 0.1, 0.3};
    double[] slopes = {0};
    double[] tilts = {0.2, 0.05, -0.08};
    int draws = 2000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double[] noisy = tilts.clone();
      for (int j = 0; j < 3; j++) {
        noisy[j] += error * random.nextGaussian();
      }
      PhaseDiagram diagram = TiltedDiagrams.of(DROPOUT, slopes, noises, error, noisy);
      double zero = NoiseAdvice.ofRow(diagram, 0).zero().orElseThrow().noise();
      sum += zero / draws;
      squares += zero * zero / draws;
    }
    TiltZero exact =
        NoiseAdvice.ofRow(TiltedDiagrams.of(DROPOUT, slopes, noises, error, tilts), 0)
            .zero()
            .orElseThrow();
    assertEquals(exact.noise(), sum, 4 * exact.error() / Math.sqrt(draws));
    assertEquals(exact.error(), Math.sqrt(squares - sum * sum), 0.06 * exact.error());
  }

  @ParameterizedTest
  @CsvSource({"training.batch, 2560, 160, 20", "optimizer.learning_rate, 1e-4, 1e-3, 1e-2"})
  void rateAndBatchAreLogarithmic(String key, double first, double second, double third) {
    PhaseDiagram diagram =
        TiltedDiagrams.of(
            key,
            new double[] {0},
            new double[] {first, second, third},
            0.002,
            new double[] {0.2, 0.06, -0.06});
    TiltZero zero = NoiseAdvice.ofRow(diagram, 0).zero().orElseThrow();
    assertEquals(Math.sqrt(second * third), zero.noise(), 1e-9 * third);
    boolean batch = key.equals("training.batch");
    assertEquals(batch, zero.low() > zero.high(), "the less noisy end comes first");
    assertTrue((zero.low() - zero.noise()) * (zero.noise() - zero.high()) > 0);
  }

  @Test
  void saysWhatItDoesNotKnow() {
    double[] noises = {0, 0.1, 0.2, 0.3};
    double[] slopes = {0, 0.2, 0.4, 0.6};
    PhaseDiagram diagram =
        TiltedDiagrams.of(
            DROPOUT,
            slopes,
            noises,
            0.01,
            new double[] {0.3, 0.2, 0.1, 0.1},
            new double[] {-0.1, -0.1, -0.2, -0.3},
            new double[] {0.1, 0.005, -0.005, -0.1},
            new double[] {0.1, -0.1, 0.1, -0.1});
    NoiseAdvice beyond = NoiseAdvice.ofRow(diagram, 0);
    assertEquals(Direction.RAISE, beyond.direction());
    assertTrue(beyond.limits().contains(bracketless("more")), beyond.limits().toString());
    NoiseAdvice below = NoiseAdvice.ofRow(diagram, 1);
    assertEquals(Direction.LOWER, below.direction());
    assertTrue(below.limits().contains(bracketless("less")), below.limits().toString());
    TiltZero vague = NoiseAdvice.ofRow(diagram, 2).zero().orElseThrow();
    assertFalse(vague.decided());
    assertTrue(vague.low() >= 0 && vague.high() <= 0.3);
    TiltZero wavy = NoiseAdvice.ofRow(diagram, 3).zero().orElseThrow();
    assertEquals(2, wavy.crossings());
    assertEquals(0.05, wavy.noise(), 1e-12);
  }

  private static String bracketless(String side) {
    return "no two measured noises bracket equal loads; measure at " + side + " noise";
  }

  @Test
  void leavesOutCellsWithoutLoads() {
    LoadCurve rising = LoadCurve.of(0, 1, 2, 3, 4, 5, 6, 7, 8);
    PhaseDiagram.Cell undefined = cell(0, 0.1, List.of(rising, rising, rising), List.of());
    PhaseDiagram.Cell lost = cell(0, 0.2, List.of(), List.of());
    List<PhaseDiagram.Cell> row =
        List.of(cell(0, 0, 0.1, 0.01), undefined, lost, cell(0, 0.3, -0.1, 0.01));
    double[] noises = {0, 0.1, 0.2, 0.3};
    PhaseDiagram diagram = TiltedDiagrams.of(DROPOUT, new double[] {0}, noises, List.of(row));
    NoiseAdvice advice = NoiseAdvice.ofRow(diagram, 0);
    assertEquals(0.15, advice.zero().orElseThrow().noise(), 1e-12);
    assertTrue(
        advice.limits().contains("2 of 4 cells have no usable loads or too few replicas"),
        advice.limits().toString());
    PhaseDiagram nothing =
        TiltedDiagrams.of(
            DROPOUT, new double[] {0}, new double[] {0.1, 0.2}, List.of(List.of(undefined, lost)));
    NoiseAdvice none = NoiseAdvice.ofRow(nothing, 0);
    assertEquals(Direction.NONE, none.direction());
    assertTrue(none.zero().isEmpty() && none.least().isEmpty() && none.best().isEmpty());
    assertFalse(none.reason().contains("NaN"), none.reason());
  }
}
