package io.github.fathomlab.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.bulkboundary.EnergyLedger;
import io.github.fathomlab.bulkboundary.LedgerRhythm;
import io.github.fathomlab.instrument.LearningCurve;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;
import io.github.fathomlab.springblock.SeparationProfile;
import io.github.fathomlab.training.StateSnapshot.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each view shows what it says, to those who ask for it, and leaves no trace. */
class ViewsTest {
  private static final int STEPS = 20;
  private static final int TRAIN = 40;
  private static final int CLASSES = 3;

  /** Keeps the outputs of every view at the last step. */
  private record Viewer(Set<View> views, Map<View, double[]> seen) implements Watcher {
    @Override
    public boolean wantsState(long step) {
      return step == STEPS;
    }

    @Override
    public void observe(StateSnapshot snapshot) {
      double[] outputs = snapshot.evaluation().trace().output().toArray();
      assertNull(seen.put(snapshot.view(), outputs));
    }
  }

  /** Held-out sets as large as the training set share its trace, others do not. */
  @ParameterizedTest
  @CsvSource({"FLOAT32, 40", "FLOAT32, 17", "FLOAT64, 40", "FLOAT64, 17"})
  void eachViewIsAPassOfItsOwn(Precision precision, int heldOut) {
    Viewer viewer = new Viewer(EnumSet.allOf(View.class), new EnumMap<>(View.class));
    TrainingCase c = trainingCase(precision, heldOut);
    Network network = c.trained(1, (_, _) -> List.of(viewer)).replicas().getFirst().network();
    Split split = c.split();
    Dataset test = Objects.requireNonNull(split.test());
    Map<View, double[]> seen = viewer.seen();
    assertArrayEquals(outputs(network, split.train(), Pass.evaluation()), seen.get(View.TRAINING));
    assertArrayEquals(outputs(network, test, Pass.evaluation()), seen.get(View.HELD_OUT));
    assertArrayEquals(
        outputs(network, split.train(), Pass.batchStatisticsOnly()),
        seen.get(View.BATCH_STATISTICS));
    assertFalse(Arrays.equals(seen.get(View.TRAINING), seen.get(View.BATCH_STATISTICS)));
  }

  private static double[] outputs(Network network, Dataset data, Pass pass) {
    Samples samples = new Samples(data, network.kernels());
    Trace trace = network.trace(data.size());
    trace.input().copyFrom(samples.inputs());
    network.forward(trace, pass);
    return trace.output().toArray();
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void nothingIsShownThatWasNotAskedFor(View view) {
    Viewer viewer = new Viewer(Set.of(view), new EnumMap<>(View.class));
    trainingCase(Precision.FLOAT64, 9).trained(1, (_, _) -> List.of(viewer));
    assertEquals(Set.of(view), viewer.seen().keySet());
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, 40", "FLOAT32, 17", "FLOAT64, 40", "FLOAT64, 17"})
  void otherViewsChangeNeitherTheTrainingNorOtherReadings(Precision precision, int heldOut) {
    TrainingCase c = trainingCase(precision, heldOut);
    List<Reading> without = new ArrayList<>();
    List<Reading> with = new ArrayList<>();
    Ensemble plain = c.trained(2, instruments(c, Set.of(View.TRAINING), without));
    Ensemble viewed = c.trained(2, instruments(c, EnumSet.allOf(View.class), with));
    for (int r = 0; r < 2; r++) {
      Network expected = plain.replicas().get(r).network();
      Network found = viewed.replicas().get(r).network();
      assertSameBits(expected.parameters(), found.parameters());
      assertSameBits(expected.statistics(), found.statistics());
    }
    assertTrue(with.size() > without.size());
    with.removeIf(r -> r.quantity().startsWith("held_out.") || r.quantity().startsWith("batch."));
    assertEquals(without, with);
  }

  private static Ensemble.Watchers instruments(
      TrainingCase c, Set<View> views, List<Reading> readings) {
    Rhythm rhythm = new Rhythm.Every(5);
    return (_, network) -> {
      List<Watcher> watchers = new ArrayList<>();
      watchers.add(new LearningCurve(rhythm, rhythm, readings::add));
      LedgerRhythm steps = LedgerRhythm.of(rhythm, rhythm);
      watchers.add(new EnergyLedger(steps, c.plan(), network.layers(), readings::add));
      views.forEach(view -> watchers.add(new SeparationProfile(view, rhythm, readings::add)));
      return watchers;
    };
  }

  private static void assertSameBits(Matrix expected, Matrix found) {
    assertArrayEquals(expected.toArray(), found.toArray());
  }

  @Test
  void heldOutSamplesOfOneClassHaveAReasonInsteadOfNumbers() {
    TrainingCase c = trainingCase(Precision.FLOAT64, 17);
    Dataset oneClass =
        new Dataset("ones", 4, new double[4 * 17], new Targets.Classes(new int[17], CLASSES));
    TrainingCase held =
        new TrainingCase(
            c.spec(), c.precision(), c.plan(), new Split(c.split().train(), oneClass), c.seed());
    List<Reading> readings = new ArrayList<>();
    held.trained(1, instruments(held, EnumSet.allOf(View.class), readings));
    for (Reading reading : readings) {
      if (reading.quantity().startsWith("held_out.")) {
        assertEquals(Status.ONE_CLASS, reading.status(), reading.toString());
      } else if (reading.quantity().endsWith("separation.log")) {
        assertEquals(Status.OK, reading.status(), reading.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void heldOutSamplesThatAreNotThereCannotBeSeen(boolean asked) {
    TrainingCase c = trainingCase(Precision.FLOAT64, 0);
    Set<View> views = asked ? EnumSet.of(View.HELD_OUT) : EnumSet.of(View.BATCH_STATISTICS);
    Ensemble.Watchers watchers = (_, _) -> List.of(new Viewer(views, new EnumMap<>(View.class)));
    if (asked) {
      assertEquals(
          "a watcher wants to see held-out samples, but the split has none",
          assertThrows(IllegalArgumentException.class, () -> c.ensemble(1, 1, watchers))
              .getMessage());
    } else {
      assertEquals(1, c.trained(1, watchers).replicas().size());
    }
  }

  /** Batch normalisation, dropout and full batches, which a replica loads only once. */
  private static TrainingCase trainingCase(Precision precision, int heldOut) {
    MlpSpec spec =
        new MlpSpec(
            List.of(4, 9, 8, CLASSES),
            new Activation.Tanh(),
            true,
            true,
            0.2,
            true,
            new Initialisation.Pytorch());
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.CrossEntropy(),
            new OptimizerRule.Adam(0.9, 0.999, 1e-8),
            0.01,
            new Schedule.Constant(),
            0,
            0,
            0,
            STEPS,
            Noise.none());
    SplittableRandom random = new SplittableRandom(5);
    Dataset train = TrainingCase.clusters(random, TRAIN, 4, CLASSES, 1);
    Dataset test = heldOut == 0 ? null : TrainingCase.clusters(random, heldOut, 4, CLASSES, 1);
    return new TrainingCase(spec, precision, plan, new Split(train, test), 7);
  }
}
