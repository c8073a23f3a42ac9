package io.github.fathomlab.springblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;
import io.github.fathomlab.training.Evaluation;
import io.github.fathomlab.training.StateSnapshot;
import io.github.fathomlab.training.StateSnapshot.View;
import io.github.fathomlab.training.Targets;
import io.github.fathomlab.training.Watcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The profile of a network is the separation of every representation, with its name. */
class SeparationProfileTest {
  private static final List<String> PER_LAYER =
      List.of(
          "separation.log",
          "separation.log_compatible",
          "separation.trace_ratio",
          "separation.invariant");
  private static final List<String> OF_NETWORK =
      List.of(
          "load.tilt",
          "load.relative_tilt",
          "load.tilt.trace_ratio",
          "load.relative_tilt.trace_ratio",
          "load.tilt.compatible",
          "load.relative_tilt.compatible");

  @ParameterizedTest
  @CsvSource({"true, FLOAT32", "true, FLOAT64", "false, FLOAT32", "false, FLOAT64"})
  void everyRepresentationIsMeasuredUnderItsName(boolean inputNorm, Precision precision) {
    Sample sample = Sample.random(new Random(5), 4, 90, 3);
    StateSnapshot state = state(sample, inputNorm, precision, classes(sample));
    List<Reading> readings = measure(state);
    List<String> names = List.of("input", "hidden 1", "hidden 2", "hidden 3", "output");
    assertEquals(names, SeparationProfile.names(state.network().layers()));
    Trace trace = state.evaluation().trace();
    for (int l = 0; l < names.size(); l++) {
      Matrix representation = inputNorm ? trace.out(l) : l == 0 ? trace.input() : trace.out(l - 1);
      Separation expected =
          new DataSeparation()
              .measure(
                  representation.toArray(),
                  sample.samples(),
                  representation.rows(),
                  sample.labels(),
                  sample.classes());
      assertReading(readings, "separation.log", l, names.get(l), expected.log());
      assertReading(
          readings, "separation.log_compatible", l, names.get(l), expected.compatibleLog());
      assertReading(readings, "separation.trace_ratio", l, names.get(l), expected.traceRatio());
      assertReading(readings, "separation.invariant", l, names.get(l), expected.invariant());
    }
    assertEquals(PER_LAYER.size() * names.size() + OF_NETWORK.size(), readings.size());
  }

  private static void assertReading(
      List<Reading> readings, String quantity, int l, String name, Separation.Measure expected) {
    assertEquals(
        new Reading(quantity, 6, l, name, 2, expected.value(), expected.status(), Double.NaN),
        only(readings, quantity, l));
  }

  @Test
  void theTiltIsThatOfTheCurveWithoutTheLogits() {
    Sample sample = Sample.random(new Random(8), 4, 90, 3);
    List<Reading> readings = measure(state(sample, false, Precision.FLOAT64, classes(sample)));
    for (String measure : List.of("log", "trace_ratio", "log_compatible")) {
      double[] curve = new double[4];
      Arrays.setAll(curve, l -> only(readings, "separation." + measure, l).value());
      double[] d = {curve[0] - curve[1], curve[1] - curve[2], curve[2] - curve[3]};
      String suffix = measure.equals("log") ? "" : "." + measure.replace("log_", "");
      double slope = (d[2] - d[0]) / 2;
      double mean = (d[0] + d[1] + d[2]) / 3;
      Reading tilt = only(readings, "load.tilt" + suffix, Reading.WHOLE_NETWORK);
      assertEquals(slope, tilt.value(), 1e-12);
      // One degree of freedom is left: the second difference, with squared weights 1/6.
      assertEquals(Math.abs(d[0] - 2 * d[1] + d[2]) / Math.sqrt(12), tilt.standardError(), 1e-12);
      Reading relative = only(readings, "load.relative_tilt" + suffix, Reading.WHOLE_NETWORK);
      assertEquals(tilt.status(), relative.status());
      if (mean > 0) {
        assertEquals(slope / mean, relative.value(), 1e-12);
      } else {
        assertTrue(Double.isNaN(relative.value()));
        assertEquals(Status.NOT_DECREASING, relative.status());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void oneClassHasAReasonInsteadOfNumbers(Precision precision) {
    Sample sample = Sample.random(new Random(5), 4, 30, 3);
    Targets one = new Targets.Classes(new int[30], 3);
    List<Reading> readings = measure(state(sample, true, precision, one));
    assertEquals(PER_LAYER.size() * 5 + OF_NETWORK.size(), readings.size());
    for (Reading reading : readings) {
      assertTrue(Double.isNaN(reading.value()), reading.toString());
      assertEquals(Status.ONE_CLASS, reading.status());
    }
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void otherViewsHaveTheSameNumbersUnderAPrefix(View view) {
    Sample sample = Sample.random(new Random(5), 4, 90, 3);
    StateSnapshot state = state(sample, true, Precision.FLOAT64, classes(sample));
    StateSnapshot other = new StateSnapshot(2, 6, state.network(), view, state.evaluation(), null);
    String prefix =
        Map.of(View.TRAINING, "", View.HELD_OUT, "held_out.", View.BATCH_STATISTICS, "batch.")
            .get(view);
    assertEquals(
        measure(state).stream().map(r -> prefix + r.quantity() + r.layer() + r.value()).toList(),
        measure(other).stream().map(r -> r.quantity() + r.layer() + r.value()).toList());
  }

  @Test
  void regressionIsNotMeasured() {
    Sample sample = Sample.random(new Random(5), 4, 30, 3);
    Targets values = new Targets.Values(new double[90], 3);
    assertEquals(List.of(), measure(state(sample, false, Precision.FLOAT64, values)));
  }

  @Test
  void aNetworkOfOneLayerHasNoLoads() {
    Sample sample = Sample.random(new Random(5), 4, 30, 3);
    List<Reading> readings =
        measure(state(sample, false, Precision.FLOAT64, classes(sample), List.of(4, 3)));
    assertEquals(2 * PER_LAYER.size() + OF_NETWORK.size(), readings.size());
    for (String quantity : OF_NETWORK) {
      Reading reading = only(readings, quantity, Reading.WHOLE_NETWORK);
      assertEquals(Status.NOT_APPLICABLE, reading.status());
      assertTrue(Double.isNaN(reading.value()));
    }
  }

  @Test
  void brokenWeightsAreReported() {
    Sample sample = Sample.random(new Random(5), 4, 30, 3);
    StateSnapshot state = state(sample, false, Precision.FLOAT32, classes(sample));
    Trace trace = state.evaluation().trace();
    state.network().parameters().set(0, 0, Double.NaN);
    state.network().forward(trace, Pass.evaluation());
    List<Reading> readings = measure(state);
    assertEquals(Status.OK, only(readings, "separation.log", 0).status());
    assertEquals(Status.NOT_FINITE, only(readings, "separation.log", 1).status());
    assertEquals(Status.NOT_FINITE, only(readings, "load.tilt", Reading.WHOLE_NETWORK).status());
  }

  @Test
  void itLooksAtStatesOnly() {
    SeparationProfile profile = new SeparationProfile(View.HELD_OUT, new Rhythm.Every(5), _ -> {});
    assertEquals(Set.of(View.HELD_OUT), profile.views());
    for (long step = 0; step < 20; step++) {
      assertEquals(Watcher.Need.NOTHING, profile.need(step));
      assertEquals(step % 5 == 0, profile.wantsState(step));
    }
  }

  private static Targets classes(Sample sample) {
    return new Targets.Classes(sample.labels(), sample.classes());
  }

  private static List<Reading> measure(StateSnapshot state) {
    List<Reading> readings = new ArrayList<>();
    new SeparationProfile(state.view(), new Rhythm.Every(1), readings::add).observe(state);
    return readings;
  }

  private static Reading only(List<Reading> readings, String quantity, int layer) {
    Predicate<Reading> wanted = r -> r.quantity().equals(quantity) && r.layer() == layer;
    List<Reading> found = readings.stream().filter(wanted).toList();
    assertEquals(1, found.size(), quantity + " of " + layer);
    return found.getFirst();
  }

  private static StateSnapshot state(
      Sample sample, boolean inputNorm, Precision precision, Targets targets) {
    return state(sample, inputNorm, precision, targets, List.of(4, 9, 8, 7, 3));
  }

  /** A network evaluated on the sample, with weights and statistics as they start. */
  private static StateSnapshot state(
      Sample sample,
      boolean inputNorm,
      Precision precision,
      Targets targets,
      List<Integer> widths) {
    MlpSpec spec =
        new MlpSpec(
            widths, new Activation.Tanh(), inputNorm, false, 0.3, true, new Initialisation.He());
    Network network = Network.create(spec, Kernels.of(precision), 3);
    Trace trace = network.trace(sample.samples());
    for (int r = 0; r < sample.features(); r++) {
      for (int j = 0; j < sample.samples(); j++) {
        trace.input().set(r, j, sample.x()[r][j]);
      }
    }
    network.forward(trace, Pass.evaluation());
    Evaluation evaluation = new Evaluation(trace, targets, new Evaluation.Score(0, 0));
    return new StateSnapshot(2, 6, network, View.TRAINING, evaluation, null);
  }
}
