package io.github.fathomlab.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.TrainingCase;
import io.github.fathomlab.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the loss ledger records, seen through its readings alone. */
class SecantLedgerTest {
  private static final int STEPS = 200;

  static Stream<TrainingCase> doubles() {
    return LedgerCase.everyKind(Precision.FLOAT64, STEPS);
  }

  static Stream<TrainingCase> floats() {
    return LedgerCase.everyKind(Precision.FLOAT32, STEPS).filter(c -> c.seed() % 3 == 0);
  }

  /** E_K - E_0 is what went in and out, and ℓ + Σ𝒫 is the loss that a forward pass finds. */
  @ParameterizedTest
  @MethodSource("doubles")
  void theBooksOfARunClose(TrainingCase c) {
    List<Reading> readings = record(c, 1, 10);
    assertEquals(STEPS, of(readings, "ledger.balance").size());
    assertBelow(1e-12, of(readings, "ledger.balance"));
    assertEquals(STEPS / 10, of(readings, "ledger.secant_residual").size());
    assertBelow(1e-12, of(readings, "ledger.secant_residual"));
    assertSplitsAddUp(readings, 1e-12);
  }

  @ParameterizedTest
  @MethodSource("floats")
  void theBooksOfARunCloseInFloat32(TrainingCase c) {
    List<Reading> readings = record(c, 1, 10);
    assertBelow(1e-5, of(readings, "ledger.balance"));
    assertBelow(1e-5, of(readings, "ledger.secant_residual"));
    assertSplitsAddUp(readings, 1e-5);
  }

  /** Three yes-or-no outputs in place of three classes. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void theBooksOfALogisticRunClose(Precision precision) {
    double bound = precision == Precision.FLOAT64 ? 1e-12 : 1e-5;
    for (int rule = 0; rule < TrainingCase.RULES.size(); rule++) {
      TrainingCase c = LedgerCase.of(rule, TrainingCase.RULES.get(rule), rule, precision, STEPS);
      TrainingPlan p = c.plan();
      TrainingPlan logistic =
          new TrainingPlan(
              new Loss.Logistic(),
              p.rule(),
              p.learningRate(),
              p.schedule(),
              p.l2(),
              p.clipNorm(),
              p.batch(),
              p.steps(),
              p.noise());
      List<Reading> readings =
          record(new TrainingCase(c.spec(), precision, logistic, c.split(), c.seed()), 1, 10);
      assertEquals(STEPS, of(readings, "ledger.balance").size());
      assertBelow(bound, of(readings, "ledger.balance"));
      assertBelow(bound, of(readings, "ledger.secant_residual"));
      assertSplitsAddUp(readings, bound);
    }
  }

  private static void assertBelow(double bound, List<Reading> readings) {
    for (Reading reading : readings) {
      assertEquals(Status.OK, reading.status());
      assertTrue(reading.value() < bound, reading.toString());
    }
  }

  /** Σ_m 𝒫_m is the change of the loss, and 𝒥 cumulates 𝒫. */
  private static void assertSplitsAddUp(List<Reading> readings, double tolerance) {
    List<Reading> changes = of(readings, "ledger.loss_change");
    List<Reading> losses = of(readings, "ledger.energy");
    List<Reading> weights = of(readings, "ledger.work_weights");
    List<Reading> biases = of(readings, "ledger.work_biases");
    List<Reading> currents = of(readings, "ledger.secant_current");
    int depth = weights.size() / changes.size();
    for (int k = 0; k < changes.size(); k++) {
      double sum = 0;
      double scale = Math.abs(losses.get(k).value());
      for (int m = 0; m < depth; m++) {
        sum += weights.get(k * depth + m).value() + biases.get(k * depth + m).value();
        scale += Math.abs(sum);
        assertEquals(sum, currents.get(k * depth + m).value(), tolerance * scale);
      }
      assertEquals(changes.get(k).value(), sum, tolerance * scale);
    }
  }

  @Test
  void aRunThatIsSplitNowAndThenSaysThatItsBooksArePartial() {
    TrainingCase c = LedgerCase.of(5, TrainingCase.RULES.get(1), 0, Precision.FLOAT64, 30);
    List<Reading> every = record(c, 1, 0);
    List<Reading> rare = record(c, 7, 0);
    List<Reading> balances = of(rare, "ledger.balance");
    assertEquals(Status.OK, balances.getFirst().status());
    assertEquals(5, balances.size());
    for (Reading reading : balances.subList(1, 5)) {
      assertEquals(Status.PARTIAL, reading.status());
      assertTrue(Double.isNaN(reading.value()));
    }
    List<String> wanted =
        every.stream()
            .filter(r -> r.step() % 7 == 0 && !r.quantity().equals("ledger.balance"))
            .map(Reading::toString)
            .toList();
    assertEquals(
        wanted,
        rare.stream()
            .filter(r -> !r.quantity().equals("ledger.balance"))
            .map(Reading::toString)
            .toList());
  }

  /** With the same batch and no masks nothing is injected, whatever the optimizer does. */
  @Test
  void nothingIsInjectedWithoutASwitch() {
    for (OptimizerRule rule : TrainingCase.RULES) {
      TrainingCase c = fullBatch(rule);
      for (Reading reading : of(record(c, 1, 0), "ledger.injection")) {
        assertEquals(0, reading.value(), 1e-13, reading.toString());
      }
    }
  }

  /**
   * Σ Q = Σ Δℓ + Σ lr|f|² for plain gradient descent: the identity behind the edge of stability.
   */
  @Test
  void curvatureIsWhatDissipationDoesNotTakeFromTheLoss() {
    TrainingCase c = fullBatch(new OptimizerRule.Sgd());
    List<Reading> readings = record(c, 1, 0);
    List<Reading> dissipation = new ArrayList<>();
    c.trained(
        1,
        (_, network) ->
            List.of(
                new EnergyLedger(
                    LedgerRhythm.of(new Rhythm.Every(1), new Rhythm.Every(0)),
                    c.plan(),
                    network.layers(),
                    dissipation::add)));
    double spent = 0;
    int depth = of(readings, "ledger.curvature").size() / STEPS;
    for (Reading reading : of(dissipation, "ledger.current")) {
      spent -= reading.layer() == depth - 1 ? reading.value() : 0;
    }
    double curvature = of(readings, "ledger.curvature").stream().mapToDouble(Reading::value).sum();
    double change = of(readings, "ledger.loss_change").stream().mapToDouble(Reading::value).sum();
    assertEquals(change + spent, curvature, 1e-13 * spent);
    assertTrue(curvature > 0 && curvature < spent);
  }

  private static TrainingCase fullBatch(OptimizerRule rule) {
    TrainingCase drawn = LedgerCase.of(3, rule, 0, Precision.FLOAT64, STEPS);
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.SquaredError(),
            rule,
            0.01,
            new Schedule.Constant(),
            0,
            0,
            0,
            STEPS,
            Noise.none());
    return new TrainingCase(drawn.spec(), drawn.precision(), plan, drawn.split(), drawn.seed());
  }

  /** Trained parameters have the same bits, whoever watches. */
  @ParameterizedTest
  @MethodSource("floats")
  void watchingChangesNothing(TrainingCase c) {
    Ensemble alone = c.trained(1, TrainingCase.UNWATCHED);
    Ensemble watched = c.trained(1, watchers(c, rhythm(3, 5), new ArrayList<>()));
    Matrix expected = alone.replicas().getFirst().network().parameters();
    assertArrayEquals(
        expected.toArray(), watched.replicas().getFirst().network().parameters().toArray());
  }

  private static LedgerRhythm rhythm(long secants, long audits) {
    return new LedgerRhythm(
        new Rhythm.Every(1),
        new Rhythm.Every(audits),
        new Rhythm.Every(audits),
        new Rhythm.Every(secants),
        true);
  }

  private static Ensemble.Watchers watchers(
      TrainingCase c, LedgerRhythm rhythm, List<Reading> sink) {
    return (_, network) ->
        List.of(
            new EnergyLedger(rhythm, c.plan(), network.layers(), sink::add),
            new MidpointEnergy(rhythm, c.plan(), network.layers(), sink::add),
            new SecantLedger(rhythm, c.plan(), network, sink::add));
  }

  private static List<Reading> record(TrainingCase c, long secants, long audits) {
    List<Reading> readings = new ArrayList<>();
    c.trained(
        1,
        (_, network) ->
            List.of(new SecantLedger(rhythm(secants, audits), c.plan(), network, readings::add)));
    return readings;
  }

  private static List<Reading> of(List<Reading> readings, String quantity) {
    return readings.stream().filter(r -> r.quantity().equals(quantity)).toList();
  }
}
