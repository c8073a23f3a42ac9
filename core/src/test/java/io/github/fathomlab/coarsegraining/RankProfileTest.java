package io.github.fathomlab.coarsegraining;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.ConvolutionSpec;
import io.github.fathomlab.network.ImageShape;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.NetworkSpec;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.ResidualSpec;
import io.github.fathomlab.network.TokenSpec;
import io.github.fathomlab.network.Trace;
import io.github.fathomlab.training.Evaluation;
import io.github.fathomlab.training.StateSnapshot;
import io.github.fathomlab.training.StateSnapshot.View;
import io.github.fathomlab.training.Targets;
import io.github.fathomlab.training.Watcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The profile of a network is what its representations measure, under their names. */
class RankProfileTest {
  private static final int SAMPLES = 40;
  private static final Activation TANH = new Activation.Tanh();
  private static final Initialisation HE = new Initialisation.He();
  private static final NetworkSpec MLP =
      new MlpSpec(List.of(4, 9, 60, 7, 3), TANH, false, false, 0, true, HE);
  private static final NetworkSpec RESIDUAL =
      new ResidualSpec(5, 6, 4, 8, 3, TANH, NetworkSpec.Norm.NONE, 0.5, true, 0, true, HE);
  private static final NetworkSpec IMAGE =
      new ConvolutionSpec(
          new ImageShape(1, 3, 4),
          List.of(new ConvolutionSpec.Stage(2, 1), new ConvolutionSpec.Stage(3, 2)),
          3,
          false,
          3,
          TANH,
          NetworkSpec.Norm.NONE,
          false,
          0,
          true,
          HE);

  @ParameterizedTest
  @EnumSource(Precision.class)
  void everyRepresentationIsMeasuredUnderItsName(Precision precision) {
    StateSnapshot state = state(MLP, precision);
    List<Reading> readings = measure(state, new Positions.Together(), Origin.MEAN, null);
    Trace trace = state.evaluation().trace();
    List<String> names = List.of("input", "hidden 1", "hidden 2", "hidden 3", "output");
    for (int l = 0; l < names.size(); l++) {
      SpectralRanks ranks = representation(state(trace, l)).ranks();
      exactly(ranks.effective(), readings, "rank.effective_rank", l, names.get(l));
      exactly(
          ranks.effectiveCovariance(), readings, "rank.effective_rank_covariance", l, names.get(l));
      exactly(ranks.participation(), readings, "rank.participation_ratio", l, names.get(l));
      exactly(ranks.stable(), readings, "rank.stable_rank", l, names.get(l));
      if (l + 1 < names.size()) {
        KernelChange change =
            representation(state(trace, l)).changeTo(representation(state(trace, l + 1)));
        exactly(change.drift(), readings, "drift.kernel_drift", l, names.get(l));
        exactly(change.cka(), readings, "drift.cka", l, names.get(l));
        exactly(change.frobenius(), readings, "drift.kernel_change", l, names.get(l));
        Status other = only(readings, "drift.relative_update", l).status();
        assertEquals(Status.NOT_APPLICABLE, other);
      }
    }
    assertEquals(4 * 5 + 4 * 4 + 9, readings.size());
  }

  @Test
  void concentrationIsThatBelowTheOutput() {
    List<Reading> readings =
        measure(state(MLP, Precision.FLOAT64), new Positions.Together(), Origin.MEAN, null);
    double[] drifts = new double[3];
    Arrays.setAll(drifts, l -> only(readings, "drift.kernel_drift", l).value());
    Concentration expected = Concentration.of(drifts);
    ofNetwork(expected.top1(), readings, "drift.top_share");
    ofNetwork(expected.top2(), readings, "drift.top_two_share");
    ofNetwork(expected.plateau(), readings, "drift.plateau");
    ofNetwork(expected.longest(), readings, "drift.plateau_length");
    ofNetwork(expected.chance(), readings, "drift.chance");
    Concentration.Null chance = Concentration.Null.of(3);
    ofNetwork(chance.top1(), readings, "drift.top_share.null");
    ofNetwork(chance.top2(), readings, "drift.top_two_share.null");
    ofNetwork(chance.plateau(), readings, "drift.plateau.null");
    double last = only(readings, "rank.effective_rank", 3).value();
    double first = only(readings, "rank.effective_rank", 0).value();
    ofNetwork(last / first, readings, "rank.collapse_ratio");
  }

  @Test
  void theStreamIsWhatBlocksKeep() {
    TokenSpec tokens =
        new TokenSpec(
            3,
            4,
            6,
            5,
            8,
            2,
            new Activation.Gelu(),
            true,
            true,
            0.15,
            new Initialisation.Pytorch());
    assertEquals(new DepthReadings.Stream(1, 6), stream(tokens));
    assertEquals(new DepthReadings.Stream(0, 3), stream(MLP));
    NetworkSpec one = new MlpSpec(List.of(4, 3), TANH, false, false, 0, true, HE);
    assertEquals(new DepthReadings.Stream(0, 0), stream(one));
    StateSnapshot state = state(RESIDUAL, Precision.FLOAT64);
    List<Reading> readings = measure(state, new Positions.Together(), Origin.MEAN, null);
    DepthReadings.Stream stream = DepthReadings.stream(state.network().layers());
    assertEquals(4, stream.to() - stream.from());
    Trace trace = state.evaluation().trace();
    // the first layer normalises the input, so representation l leaves layer l
    for (int l = stream.from(); l < stream.to(); l++) {
      Reading update = only(readings, "drift.relative_update", l);
      double[] equal = new double[SAMPLES];
      Arrays.fill(equal, 1);
      StreamUpdate expected =
          StreamUpdate.of(trace.out(l).toArray(), trace.out(l + 1).toArray(), equal);
      assertEquals(Status.OK, update.status());
      assertEquals(expected.value(), update.value(), 1e-12);
    }
  }

  @Test
  void networksOfOneLayerHaveNoConcentration() {
    NetworkSpec one = new MlpSpec(List.of(4, 3), TANH, false, false, 0, true, HE);
    List<Reading> readings =
        measure(state(one, Precision.FLOAT64), new Positions.Together(), Origin.MEAN, null);
    for (Reading reading : readings) {
      boolean ofNetwork = reading.layer() == Reading.WHOLE_NETWORK;
      boolean other = reading.quantity().equals("drift.relative_update");
      assertEquals(
          ofNetwork || other ? Status.NOT_APPLICABLE : Status.OK,
          reading.status(),
          reading.quantity());
    }
    assertEquals(2 * 4 + 4 + 6, readings.size());
  }

  @Test
  void positionsOfImagesOneByOneAndPooled() {
    StateSnapshot state = state(IMAGE, Precision.FLOAT64);
    Trace trace = state.evaluation().trace();
    Matrix first = trace.out(0);
    int p = first.columns() / SAMPLES;
    assertTrue(p > 1);
    double[] one = new double[first.rows() * SAMPLES];
    double[] pooled = new double[first.rows() * SAMPLES];
    for (int r = 0; r < first.rows(); r++) {
      for (int j = 0; j < SAMPLES; j++) {
        one[r * SAMPLES + j] = first.get(r, (p - 1) * SAMPLES + j);
        for (int at = 0; at < p; at++) {
          pooled[r * SAMPLES + j] += first.get(r, at * SAMPLES + j) / p;
        }
      }
    }
    String rank = "rank.effective_rank";
    List<Reading> last = measure(state, new Positions.One(p - 1), Origin.MEAN, null);
    String there = rank + ".position_" + (p - 1);
    double expected = Representation.of(one, first.rows(), SAMPLES).ranks().effective();
    assertEquals(expected, only(last, there, 1).value(), 1e-12);
    assertEquals(Status.NOT_APPLICABLE, only(last, there, 0).status());
    int output = state.network().layers().size();
    assertEquals(Status.NOT_APPLICABLE, only(last, there, output).status());
    assertEquals(
        Status.NOT_APPLICABLE,
        only(last, "drift.top_share.position_" + (p - 1), Reading.WHOLE_NETWORK).status());
    List<Reading> mean = measure(state, new Positions.Pooled(), Origin.MEAN, null);
    double ofMean = Representation.of(pooled, first.rows(), SAMPLES).ranks().effective();
    assertEquals(ofMean, only(mean, rank + ".pooled", 1).value(), 1e-12);
    List<Reading> together = measure(state, new Positions.Together(), Origin.MEAN, null);
    assertEquals(
        only(together, rank, output).value(), only(mean, rank + ".pooled", output).value(), 1e-12);
  }

  @Test
  void fromZeroThereAreRanksAlone() {
    StateSnapshot state = state(MLP, Precision.FLOAT64);
    List<Reading> readings = measure(state, new Positions.Together(), Origin.ZERO, null);
    assertEquals(4 * 5 + 1, readings.size());
    double[] equal = new double[SAMPLES];
    Arrays.fill(equal, 1);
    Matrix hidden = state.evaluation().trace().out(0);
    Representation expected =
        Representation.of(hidden.toArray(), hidden.rows(), equal, Origin.ZERO);
    assertEquals(
        expected.ranks().stable(), only(readings, "rank.stable_rank.uncentred", 1).value());
  }

  @Test
  void weightsLeaveSamplesOut() {
    StateSnapshot state = state(MLP, Precision.FLOAT64);
    double[] weights = new double[SAMPLES];
    weights[3] = 1;
    weights[8] = 2;
    List<Reading> two = measure(state, new Positions.Together(), Origin.MEAN, weights);
    assertEquals(1, only(two, "rank.effective_rank", 2).value(), 1e-10);
    assertEquals(1, only(two, "drift.cka", 2).value(), 1e-10);
    assertEquals(
        Status.NOT_APPLICABLE, only(two, "drift.top_share", Reading.WHOLE_NETWORK).status());
    weights[8] = 0;
    List<Reading> one = measure(state, new Positions.Together(), Origin.MEAN, weights);
    assertEquals(Status.TOO_FEW_SAMPLES, only(one, "rank.effective_rank", 2).status());
    assertEquals(Status.TOO_FEW_SAMPLES, only(one, "drift.chance", Reading.WHOLE_NETWORK).status());
    assertThrows(
        IllegalArgumentException.class,
        () -> measure(state, new Positions.Together(), Origin.MEAN, new double[3]));
  }

  @Test
  void brokenAndDeadLayersAreReported() {
    StateSnapshot state = state(MLP, Precision.FLOAT64);
    Trace trace = state.evaluation().trace();
    trace.out(1).fill(0.25);
    trace.out(2).set(0, 0, Double.NaN);
    List<Reading> readings = measure(state, new Positions.Together(), Origin.MEAN, null);
    assertEquals(Status.OK, only(readings, "rank.effective_rank", 1).status());
    assertEquals(Status.ZERO_VARIANCE, only(readings, "rank.effective_rank", 2).status());
    assertEquals(Status.NOT_FINITE, only(readings, "rank.effective_rank", 3).status());
    assertEquals(Status.OK, only(readings, "drift.cka", 0).status());
    assertEquals(Status.ZERO_VARIANCE, only(readings, "drift.cka", 1).status());
    Reading share = only(readings, "drift.top_share", Reading.WHOLE_NETWORK);
    assertEquals(Status.ZERO_VARIANCE, share.status());
    assertTrue(Double.isNaN(share.value()));
  }

  /** What could not be measured may be the largest, so that no share of the rest means anything. */
  @Test
  void aDeadLayerLeavesDriftsButNoConcentration() {
    NetworkSpec deep = new MlpSpec(List.of(4, 9, 9, 9, 9, 9, 3), TANH, false, false, 0, true, HE);
    StateSnapshot state = state(deep, Precision.FLOAT64);
    Network network = state.network();
    network.tensors().stream()
        .filter(tensor -> tensor.layer() == 3)
        .forEach(tensor -> tensor.of(network.parameters()).fill(0));
    network.forward(state.evaluation().trace(), Pass.evaluation());
    List<Reading> readings = measure(state, new Positions.Together(), Origin.MEAN, null);
    for (int l = 0; l < 6; l++) {
      assertEquals(
          l < 3 ? Status.OK : Status.ZERO_VARIANCE,
          only(readings, "drift.kernel_drift", l).status());
    }
    for (String quantity : List.of("top_share", "top_two_share", "plateau", "plateau_length")) {
      Reading found = only(readings, "drift." + quantity, Reading.WHOLE_NETWORK);
      assertEquals(Status.ZERO_VARIANCE, found.status());
      assertTrue(Double.isNaN(found.value()));
    }
    ofNetwork(Concentration.Null.of(5).top1(), readings, "drift.top_share.null");
  }

  @Test
  void itLooksAtStatesOnlyAndNamesItsView() {
    StateSnapshot state = state(MLP, Precision.FLOAT64);
    List<Reading> readings = new ArrayList<>();
    RankProfile profile =
        new RankProfile(
            View.HELD_OUT,
            new Positions.Pooled(),
            Origin.MEAN,
            null,
            new Rhythm.Every(5),
            readings::add);
    assertEquals(Set.of(View.HELD_OUT), profile.views());
    for (long step = 0; step < 20; step++) {
      assertEquals(Watcher.Need.NOTHING, profile.need(step));
      assertEquals(step % 5 == 0, profile.wantsState(step));
    }
    profile.observe(state);
    assertEquals(6, only(readings, "held_out.rank.stable_rank.pooled", 1).step());
    assertEquals(2, only(readings, "held_out.drift.cka.pooled", 1).replica());
  }

  private static DepthReadings.Stream stream(NetworkSpec spec) {
    return DepthReadings.stream(Network.create(spec, Kernels.of(Precision.FLOAT64), 3).layers());
  }

  private static Matrix state(Trace trace, int l) {
    return l == 0 ? trace.input() : trace.out(l - 1);
  }

  private static Representation representation(Matrix state) {
    return Representation.of(state.toArray(), state.rows(), state.columns());
  }

  private static void exactly(
      double expected, List<Reading> readings, String quantity, int l, String name) {
    assertEquals(
        new Reading(quantity, 6, l, name, 2, expected, Status.OK, Double.NaN),
        only(readings, quantity, l));
  }

  private static void ofNetwork(double expected, List<Reading> readings, String quantity) {
    exactly(expected, readings, quantity, Reading.WHOLE_NETWORK, "");
  }

  private static List<Reading> measure(
      StateSnapshot state, Positions positions, Origin origin, double @Nullable [] weights) {
    List<Reading> readings = new ArrayList<>();
    new RankProfile(state.view(), positions, origin, weights, new Rhythm.Every(1), readings::add)
        .observe(state);
    return readings;
  }

  private static Reading only(List<Reading> readings, String quantity, int layer) {
    List<Reading> found =
        readings.stream().filter(r -> r.quantity().equals(quantity) && r.layer() == layer).toList();
    assertEquals(1, found.size(), quantity + " of " + layer);
    return found.getFirst();
  }

  /** A network as it starts, evaluated on normal inputs. */
  private static StateSnapshot state(NetworkSpec spec, Precision precision) {
    Network network = Network.create(spec, Kernels.of(precision), 3);
    Trace trace = network.trace(SAMPLES);
    Random random = new Random(4);
    for (int r = 0; r < trace.input().rows(); r++) {
      for (int j = 0; j < SAMPLES; j++) {
        trace.input().set(r, j, random.nextGaussian());
      }
    }
    network.forward(trace, Pass.evaluation());
    Targets targets = new Targets.Classes(new int[SAMPLES], 3);
    Evaluation evaluation = new Evaluation(trace, targets, new Evaluation.Score(0, 0));
    return new StateSnapshot(2, 6, network, View.TRAINING, evaluation, null);
  }
}
