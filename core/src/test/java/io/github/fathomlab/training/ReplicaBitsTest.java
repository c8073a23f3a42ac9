package io.github.fathomlab.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.bulkboundary.EnergyLedger;
import io.github.fathomlab.bulkboundary.LedgerRhythm;
import io.github.fathomlab.bulkboundary.MidpointEnergy;
import io.github.fathomlab.bulkboundary.SecantLedger;
import io.github.fathomlab.instrument.LearningCurve;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.springblock.SeparationProfile;
import io.github.fathomlab.training.StateSnapshot.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A replica has the same bits in any company, on any worker, in any legs, watched or not, and after
 * a restore.
 */
class ReplicaBitsTest {
  private static final int STEPS = 30;
  private static final int REPLICAS = 3;

  static Stream<TrainingCase> cases() {
    return Stream.concat(
        LongStream.range(0, 20).mapToObj(seed -> TrainingCase.random(seed, precision(seed), STEPS)),
        LongStream.range(0, 8)
            .mapToObj(seed -> TrainingCase.structured(seed, precision(seed), STEPS)));
  }

  private static Precision precision(long seed) {
    return seed % 4 < 2 ? Precision.FLOAT32 : Precision.FLOAT64;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void companyDoesNotMatter(TrainingCase c) {
    Ensemble together = c.trained(REPLICAS, TrainingCase.UNWATCHED);
    for (Replica replica : together.replicas()) {
      assertTrue(replica.network().parameters().isFinite());
      assertSameBits(replica, alone(c, replica.index()));
    }
    assertSameBits(
        together.replicas().getFirst(), c.trained(1, TrainingCase.UNWATCHED).replicas().getFirst());
    assertFalse(
        Arrays.equals(
            together.replicas().get(0).network().parameters().toArray(),
            together.replicas().get(1).network().parameters().toArray()),
        "replicas differ");
  }

  /** Replica r without an ensemble. */
  private static Replica alone(TrainingCase c, int r) {
    Kernels kernels = Kernels.of(c.precision());
    long seed = Replica.seedOf(c.seed(), r);
    Network network = Network.create(c.spec(), kernels, Replica.weightSeed(seed));
    Samples train = new Samples(c.split().train(), kernels);
    Replica replica = new Replica(r, seed, c.plan(), network, train, null, null, List.of());
    replica.advance(STEPS, new Workspace(network), () -> false, () -> {});
    return replica;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void workersAndLegsDoNotMatter(TrainingCase c) {
    Ensemble reference = c.trained(REPLICAS, TrainingCase.UNWATCHED);
    SplittableRandom random = new SplittableRandom(c.seed());
    for (int workers = 1; workers <= 5; workers += 2) {
      Ensemble ensemble = c.ensemble(REPLICAS, workers, TrainingCase.UNWATCHED);
      for (long until = 0; until < STEPS; ) {
        until = Math.min(STEPS, until + random.nextInt(12));
        ensemble.advance(until);
      }
      assertEquals((long) STEPS * REPLICAS, ensemble.stepsDone());
      assertSameBits(reference, ensemble);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void watchersChangeNothing(TrainingCase c) {
    Ensemble reference = c.trained(REPLICAS, TrainingCase.UNWATCHED);
    assertSameBits(reference, c.trained(REPLICAS, everything(c, 1, 1, new ArrayList<>())));
    assertSameBits(reference, c.trained(REPLICAS, everything(c, 3, 7, new ArrayList<>())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRestoredEnsembleGoesOnAsIfNothingHadHappened(TrainingCase c) {
    List<Reading> expected = new ArrayList<>();
    Ensemble reference = c.trained(REPLICAS, everything(c, 3, 7, expected));
    List<Reading> found = new ArrayList<>();
    Ensemble stopped = c.ensemble(REPLICAS, 2, everything(c, 3, 7, found));
    stopped.advance(new SplittableRandom(c.seed()).nextInt(STEPS));
    Ensemble resumed = c.ensemble(REPLICAS, 1, everything(c, 3, 7, found));
    for (int r = 0; r < REPLICAS; r++) {
      copy(stopped.replicas().get(r), resumed.replicas().get(r));
    }
    resumed.advance(STEPS);
    assertSameBits(reference, resumed);
    assertEquals(sorted(expected), sorted(found), "readings");
  }

  private static List<String> sorted(List<Reading> readings) {
    return readings.stream().map(Reading::toString).sorted().toList();
  }

  private static void copy(Replica from, Replica to) {
    to.network().parameters().setAll(from.network().parameters().toArray());
    to.network().statistics().setAll(from.network().statistics().toArray());
    to.optimizer().first().setAll(from.optimizer().first().toArray());
    Matrix second = to.optimizer().second();
    if (second != null) {
      second.setAll(Objects.requireNonNull(from.optimizer().second()).toArray());
    }
    for (int w = 0; w < to.watchers().size(); w++) {
      to.watchers().get(w).restore(from.watchers().get(w).memory());
    }
    to.restore(from.step(), from.divergence());
  }

  @Test
  void theSeedOfTheExperimentMatters() {
    TrainingCase c = TrainingCase.random(1, Precision.FLOAT64, 5);
    TrainingCase other = new TrainingCase(c.spec(), c.precision(), c.plan(), c.split(), 2);
    double[] one =
        c.trained(1, TrainingCase.UNWATCHED).replicas().getFirst().network().parameters().toArray();
    double[] two =
        other
            .trained(1, TrainingCase.UNWATCHED)
            .replicas()
            .getFirst()
            .network()
            .parameters()
            .toArray();
    assertFalse(Arrays.equals(one, two));
  }

  /** Ledger, separation and learning curve of every replica, into one list. */
  private static Ensemble.Watchers everything(
      TrainingCase c, long every, long audit, List<Reading> readings) {
    List<Reading> sink = Collections.synchronizedList(readings);
    return (_, network) ->
        List.of(
            new LearningCurve(new Rhythm.Every(every), new Rhythm.Every(10), sink::add),
            new EnergyLedger(
                LedgerRhythm.of(new Rhythm.Every(every), new Rhythm.Every(audit)),
                c.plan(),
                network.layers(),
                sink::add),
            new MidpointEnergy(rhythm(every, audit), c.plan(), network.layers(), sink::add),
            new SecantLedger(rhythm(every, audit), c.plan(), network, sink::add),
            new SeparationProfile(View.TRAINING, new Rhythm.Every(14), sink::add));
  }

  /** Splits at every second step, so that a stop may leave an injection open. */
  private static LedgerRhythm rhythm(long every, long audit) {
    return new LedgerRhythm(
        new Rhythm.Every(every),
        new Rhythm.Every(audit),
        new Rhythm.Every(audit),
        new Rhythm.Every(2),
        true);
  }

  private static void assertSameBits(Ensemble expected, Ensemble found) {
    for (int r = 0; r < expected.replicas().size(); r++) {
      assertSameBits(expected.replicas().get(r), found.replicas().get(r));
    }
  }

  private static void assertSameBits(Replica expected, Replica found) {
    assertEquals(expected.step(), found.step());
    assertEquals(expected.loss(), found.loss(), 0.0, "loss");
    assertSameBits(expected.network().parameters(), found.network().parameters(), "parameters");
    assertSameBits(expected.network().statistics(), found.network().statistics(), "statistics");
    assertSameBits(expected.optimizer().first(), found.optimizer().first(), "first moment");
    Matrix second = expected.optimizer().second();
    if (second != null) {
      assertSameBits(second, Objects.requireNonNull(found.optimizer().second()), "second moment");
    }
  }

  private static void assertSameBits(Matrix expected, Matrix found, String what) {
    assertArrayEquals(expected.toArray(), found.toArray(), what);
  }
}
