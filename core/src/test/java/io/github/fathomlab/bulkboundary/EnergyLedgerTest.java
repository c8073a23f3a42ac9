package io.github.fathomlab.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.TrainingCase;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the ledger records, seen through its readings alone. */
class EnergyLedgerTest {
  private static final int STEPS = 60;
  private static final Set<String> LEDGER =
      Set.of(
          "ledger.parameters",
          "ledger.kinetic",
          "ledger.metric_work",
          "ledger.dissipation",
          "ledger.external",
          "ledger.current");
  private static final Set<String> AUDIT = Set.of("ledger.audit_residual", "ledger.audit_control");

  /** A reading's place. */
  private record Place(String quantity, long step, int layer) {}

  static Stream<TrainingCase> cases() {
    return LedgerCase.all(Precision.FLOAT64, STEPS).filter(c -> c.seed() % 8 == c.seed() / 8);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theRecordedNumbersBalanceFromStepToStep(TrainingCase c) {
    Map<Place, Reading> readings = record(c, 1, 1);
    int depth = depth(readings);
    assertEquals((long) STEPS * depth * 7 + depth, readings.size());
    for (long step = 0; step < STEPS; step++) {
      for (int m = 0; m < depth; m++) {
        double before = step == 0 ? 0 : value(readings, "ledger.kinetic", step - 1, m);
        double after = value(readings, "ledger.kinetic", step, m);
        double work = value(readings, "ledger.metric_work", step, m);
        double dissipation = value(readings, "ledger.dissipation", step, m);
        double external = value(readings, "ledger.external", step, m);
        double below = m == 0 ? 0 : value(readings, "ledger.current", step, m - 1);
        double drop = value(readings, "ledger.current", step, m) - below;
        double scale =
            after
                + before
                + Math.abs(work)
                + dissipation
                + Math.abs(external)
                + Math.abs(below)
                + Math.abs(drop);
        assertTrue(dissipation >= 0);
        assertEquals(0, after - (before + work) + dissipation + external + drop, 1e-13 * scale);
        assertTrue(value(readings, "ledger.audit_residual", step, m) < 1e-13);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theControlTurnsExactlyOneLayerRed(TrainingCase c) {
    Map<Place, Reading> readings = record(c, 0, 1);
    assertEquals(AUDIT, quantities(readings));
    for (long step = 0; step < STEPS; step++) {
      int red = 0;
      for (int m = 0; m < depth(readings); m++) {
        red += value(readings, "ledger.audit_control", step, m) >= 1e-13 ? 1 : 0;
      }
      assertEquals(1, red, "step " + step);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRareRhythmGivesTheSameNumbers(TrainingCase c) {
    Map<Place, Reading> every = record(c, 1, 1);
    for (long interval : new long[] {2, 7, 25}) {
      Map<Place, Reading> rare = record(c, interval, 3 * interval);
      assertEquals(
          select(
              every,
              place ->
                  place.step % (LEDGER.contains(place.quantity) ? interval : 3 * interval) == 0),
          rare);
    }
    Map<Place, Reading> chosen = new HashMap<>();
    c.trained(
        1,
        (_, network) ->
            List.of(
                new EnergyLedger(
                    LedgerRhythm.of(
                        new Rhythm.At(new TreeSet<>(Set.of(0L, 11L, 59L))),
                        new Rhythm.At(new TreeSet<>(Set.of(30L)))),
                    c.plan(),
                    network.layers(),
                    r -> put(chosen, r))));
    assertEquals(
        select(
            every,
            place ->
                LEDGER.contains(place.quantity)
                    ? Set.of(0L, 11L, 59L).contains(place.step)
                    : place.step == 30),
        chosen);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void memoryCarriesTheKineticEnergyOver(TrainingCase c) {
    Map<Place, Reading> readings = new HashMap<>();
    Ensemble ensemble = c.ensemble(1, 1, ledger(c, 1, 0, readings));
    ensemble.advance(20);
    double[] memory = ensemble.replicas().getFirst().watchers().getFirst().memory();
    for (int m = 0; m < memory.length; m++) {
      assertEquals(value(readings, "ledger.kinetic", 19, m), memory[m]);
    }
    EnergyLedger fresh =
        new EnergyLedger(
            LedgerRhythm.of(new Rhythm.Every(1), new Rhythm.Every(0)),
            c.plan(),
            ensemble.replicas().getFirst().network().layers(),
            r -> put(readings, r));
    assertArrayEquals(new double[memory.length], fresh.memory());
    fresh.restore(memory);
    memory[0] = -1;
    assertEquals(value(readings, "ledger.kinetic", 19, 0), fresh.memory()[0], "a copy");
  }

  @Test
  void numbersThatAreNotFiniteSaySo() {
    TrainingCase c = LedgerCase.of(0, TrainingCase.RULES.getFirst(), 0, Precision.FLOAT64, STEPS);
    Map<Place, Reading> readings = new HashMap<>();
    Ensemble ensemble = c.ensemble(1, 1, ledger(c, 1, 1, readings));
    ensemble.replicas().getFirst().optimizer().first().set(0, 0, Double.POSITIVE_INFINITY);
    ensemble.advance(1);
    Reading dissipation = reading(readings, "ledger.dissipation", 0, 0);
    assertEquals(Status.NOT_FINITE, dissipation.status());
    assertTrue(Double.isNaN(dissipation.value()));
    assertEquals(Status.OK, reading(readings, "ledger.dissipation", 0, 1).status());
  }

  private static Map<Place, Reading> record(TrainingCase c, long every, long audit) {
    Map<Place, Reading> readings = new HashMap<>();
    c.trained(1, ledger(c, every, audit, readings));
    return readings;
  }

  private static Ensemble.Watchers ledger(
      TrainingCase c, long every, long audit, Map<Place, Reading> readings) {
    return (_, network) ->
        List.of(
            new EnergyLedger(
                LedgerRhythm.of(new Rhythm.Every(every), new Rhythm.Every(audit)),
                c.plan(),
                network.layers(),
                r -> {
                  assertEquals(network.layers().get(r.layer()).name(), r.layerName());
                  put(readings, r);
                }));
  }

  private static void put(Map<Place, Reading> readings, Reading reading) {
    Place place = new Place(reading.quantity(), reading.step(), reading.layer());
    assertNull(readings.put(place, reading), "recorded once");
  }

  private static double value(Map<Place, Reading> readings, String quantity, long step, int layer) {
    Reading reading = reading(readings, quantity, step, layer);
    assertEquals(Status.OK, reading.status());
    return reading.value();
  }

  private static Reading reading(
      Map<Place, Reading> readings, String quantity, long step, int layer) {
    return Objects.requireNonNull(readings.get(new Place(quantity, step, layer)));
  }

  private static int depth(Map<Place, Reading> readings) {
    return 1 + Collections.max(readings.keySet().stream().map(Place::layer).toList());
  }

  private static Set<String> quantities(Map<Place, Reading> readings) {
    return readings.keySet().stream().map(Place::quantity).collect(Collectors.toSet());
  }

  private static Map<Place, Reading> select(Map<Place, Reading> readings, Predicate<Place> wanted) {
    Map<Place, Reading> selected = new HashMap<>(readings);
    selected.keySet().removeIf(wanted.negate());
    return selected;
  }
}
