package io.github.fathomlab.coarsegraining.markov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.coarsegraining.Origin;
import io.github.fathomlab.coarsegraining.Representation;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.TokenSpec;
import io.github.fathomlab.network.Trace;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.Targets;
import io.github.fathomlab.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Ranks, drift, information and relevance of networks of tokens, against plain recomputation. */
class TokenProfileTest {
  private static final ChainFamily CHAIN = new ChainFamily.Hierarchical(4, 2, 2);
  private static final int WIDTH = 7;
  private static final int BLOCKS = 3;

  private final Kernels kernels = new DoubleKernels(true);

  private static TokenSpec spec(int halfWidth) {
    return new TokenSpec(
        2 * halfWidth + 1,
        6,
        WIDTH,
        BLOCKS,
        11,
        4,
        new Activation.Gelu(),
        true,
        true,
        0.5,
        new Initialisation.Pytorch());
  }

  private static TokenProblem problem(int halfWidth, int sequence, double shuffle) {
    return new TokenProblem(CHAIN, Masking.plain(0.2), halfWidth, 40, sequence, shuffle);
  }

  /** Readings before the first and after the last step of a short training. */
  private List<Reading> readings(TokenProblem problem, boolean pooled, int steps, Network[] last) {
    List<Reading> readings = new ArrayList<>();
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.CrossEntropy(),
            new OptimizerRule.AdamW(0.9, 0.999, 1e-8, 0),
            3e-3,
            new Schedule.Constant(),
            0,
            0,
            0,
            steps,
            Noise.none());
    TokenReadout readout = new TokenReadout(problem, pooled);
    Rhythm ends = new Rhythm.At(new TreeSet<>(List.of(0L, (long) steps)));
    new Ensemble(
            spec(problem.halfWidth()),
            Precision.FLOAT64,
            plan,
            problem.split(),
            1,
            3,
            1,
            (_, network) -> {
              last[0] = network;
              return List.of(new TokenProfile(readout, true, pooled, ends, readings::add));
            })
        .advance(steps);
    return readings;
  }

  private static Reading only(List<Reading> readings, String quantity, long step, int layer) {
    List<Reading> found =
        readings.stream()
            .filter(r -> r.quantity().equals(quantity) && r.step() == step && r.layer() == layer)
            .toList();
    assertEquals(1, found.size(), quantity + " of layer " + layer);
    return found.getFirst();
  }

  private double[] states(Network network, List<int[]> windows, int layer) {
    Trace trace = network.trace(windows.size());
    trace.input().fill(0);
    for (int i = 0; i < windows.size(); i++) {
      new OneHot(3, 4).show(windows.get(i), trace.input(), i);
    }
    network.forward(trace, Pass.evaluation());
    return trace.representation(layer).toArray();
  }

  @Test
  void masksAndAllPositionsAreWeightedContexts() {
    Network[] last = new Network[1];
    List<Reading> readings = readings(problem(1, 0, 0), false, 20, last);
    WindowTask task = problem(1, 0, 0).task();
    for (int m = 0; m < BLOCKS + 2; m++) {
      for (boolean masked : new boolean[] {true, false}) {
        WeightedContexts contexts = masked ? task.contexts().masked() : task.contexts();
        double[] states = states(last[0], contexts.symbols(), m);
        int features = states.length / contexts.size();
        String prefix = masked ? "" : "all.";
        Representation mean = Representation.of(states, features, contexts.weights(), Origin.MEAN);
        assertEquals(
            mean.ranks().effective(),
            only(readings, prefix + "rank.effective_rank", 20, m + 1).value(),
            1e-9);
        Representation zero = Representation.of(states, features, contexts.weights(), Origin.ZERO);
        assertEquals(
            zero.ranks().effective(),
            only(readings, prefix + "rank.effective_rank.uncentred", 20, m + 1).value(),
            1e-9);
      }
    }
    assertEquals(1, only(readings, "rank.stream_first", 0, Reading.WHOLE_NETWORK).value());
    assertEquals(BLOCKS + 1, only(readings, "rank.stream_last", 0, Reading.WHOLE_NETWORK).value());
    double first = only(readings, "rank.effective_rank", 20, 1).value();
    double end = only(readings, "rank.effective_rank", 20, BLOCKS + 1).value();
    assertEquals(
        end / first,
        only(readings, "rank.collapse_ratio", 20, Reading.WHOLE_NETWORK).value(),
        1e-12);
  }

  @Test
  void informationIsTheLossOverThePopulation() {
    Network[] last = new Network[1];
    List<Reading> readings = readings(problem(1, 0, 0), false, 30, last);
    WindowTask task = problem(1, 0, 0).task();
    Dataset whole = WindowPopulation.whole(task);
    Trace trace = last[0].trace(whole.size());
    Matrix targets = kernels.zeros(4, whole.size());
    double[] wanted = ((Targets.Values) whole.targets()).values();
    for (int j = 0; j < whole.size(); j++) {
      for (int f = 0; f < whole.features(); f++) {
        trace.input().set(f, j, whole.inputs()[j * whole.features() + f]);
      }
      for (int k = 0; k < 4; k++) {
        targets.set(k, j, wanted[j * 4 + k]);
      }
    }
    last[0].forward(trace, Pass.evaluation());
    double loss =
        new Loss.CrossEntropy().evaluate(kernels, trace.output(), targets, trace.outputGradient());
    assertEquals(loss, network(readings, "information.loss", 30), 1e-12);
    double available = CHAIN.chain().entropy() - task.bayesLoss();
    assertEquals(available, network(readings, "information.available", 0), 1e-12);
    assertEquals(loss - task.bayesLoss(), network(readings, "information.excess", 30), 1e-12);
    double captured = (CHAIN.chain().entropy() - loss) / available;
    assertEquals(captured, network(readings, "information.captured", 30), 1e-9);
    assertTrue(captured > network(readings, "information.captured", 0));
    Reading family = only(readings, "tokens.family", 0, Reading.WHOLE_NETWORK);
    assertEquals("hier2", family.layerName());
    assertEquals(4, family.value());
    assertEquals(2, network(readings, "tokens.correlation_length", 0));
    assertEquals(RelevantSubspace.of(task).rank(), network(readings, "tokens.task_rank", 0), 1e-12);
  }

  private static double network(List<Reading> readings, String quantity, long step) {
    return only(readings, quantity, step, Reading.WHOLE_NETWORK).value();
  }

  @Test
  void meansOverSequencesAreThoseOfTheirWindows() {
    Network[] last = new Network[1];
    TokenProblem problem = problem(1, 0, 0);
    List<Reading> readings = readings(problem, true, 5, last);
    List<ChainText> texts = problem.texts(512, 64);
    double[] means = new double[WIDTH * 512];
    for (int s = 0; s < 512; s++) {
      List<int[]> windows = new ArrayList<>();
      for (int t = 1; t < 63; t++) {
        windows.add(texts.get(s).window(t, 1, 5));
      }
      double[] states = states(last[0], windows, BLOCKS);
      for (int k = 0; k < WIDTH; k++) {
        for (int t = 0; t < 62; t++) {
          means[k * 512 + s] += states[k * 62 + t] / 62;
        }
      }
    }
    double expected = Representation.of(means, WIDTH, 512).ranks().effective();
    assertEquals(
        expected, only(readings, "rank.effective_rank.pooled", 5, BLOCKS + 1).value(), 1e-9);
  }

  @Test
  void shuffledAndIndependentTokensTellNothing() {
    Network[] last = new Network[1];
    List<Reading> shuffled = readings(problem(1, 0, 1), false, 5, last);
    assertEquals(0, network(shuffled, "information.available", 0), 1e-12);
    Reading captured = only(shuffled, "information.captured", 5, Reading.WHOLE_NETWORK);
    assertEquals(Status.NOT_APPLICABLE, captured.status());
    assertEquals(
        RelevantSubspace.of(problem(1, 0, 0).task()).rank(),
        network(shuffled, "tokens.task_rank", 0),
        1e-12,
        "what could be relevant is that of the tokens themselves");
    List<Reading> blind = readings(problem(0, 16, 0), false, 5, last);
    assertEquals(Status.TOO_FEW_SAMPLES, only(blind, "rank.effective_rank", 5, 2).status());
    assertEquals(Status.OK, only(blind, "all.rank.effective_rank", 5, 2).status());
    assertEquals(Status.TOO_FEW_SAMPLES, only(blind, "relevance.other_variance", 5, 2).status());
    assertEquals(0, network(blind, "tokens.task_rank", 0));
  }

  @Test
  void windowsOfSequencesAreASampleWithItsOwnOptimum() {
    for (Masking masking : List.of(Masking.plain(0.2), Masking.bert(0.2))) {
      TokenProblem problem = new TokenProblem(CHAIN, masking, 2, 40, 12, 0);
      List<Reading> readings = readings(problem, true, 60, new Network[1]);
      double rank = network(readings, "tokens.task_rank", 0);
      assertTrue(rank > 1 && rank < 3, "of three eigenvalues: " + rank);
      for (String view : List.of("rank.effective_rank", "all.rank.effective_rank")) {
        assertEquals(Status.OK, only(readings, view, 60, BLOCKS + 1).status());
      }
      assertEquals(
          Status.OK, only(readings, "rank.effective_rank.pooled", 60, BLOCKS + 1).status());
      assertEquals(Status.OK, only(readings, "relevance.other_variance", 60, 2).status());
      double captured = network(readings, "information.captured", 60);
      assertTrue(captured > 0.05 && captured < 1, "captured " + captured);
      assertTrue(network(readings, "information.excess", 60) > 0);
    }
  }

  @Test
  void varianceSplitsIntoTheRelevantAndTheOther() {
    WindowTask task = problem(1, 0, 0).task();
    RelevantSubspace subspace = RelevantSubspace.of(task);
    WeightedContexts contexts = task.contexts();
    int n = contexts.size();
    double[] state = new double[2 * n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      int[] window = contexts.symbols().get(i);
      boolean masked = window[1] == 4;
      weights[i] = masked ? contexts.weights()[i] : 0;
      state[i] = masked ? StrictMath.log(task.posterior(window[0], window[2])[2]) : 1e6;
      state[n + i] = masked ? window[0] == 1 && window[2] == 3 ? 1 : 0 : -1e6;
    }
    // the log-posterior of one state moves with the mean over states too, which is not relevant
    double[] centred = state.clone();
    for (int i = 0; i < n; i++) {
      if (weights[i] > 0) {
        int[] window = contexts.symbols().get(i);
        for (double p : task.posterior(window[0], window[2])) {
          centred[i] -= StrictMath.log(p) / 4;
        }
      }
    }
    RelevantVariance both = RelevantVariance.of(subspace, centred, weights);
    double[] one = Arrays.copyOf(centred, n);
    RelevantVariance logits = RelevantVariance.of(subspace, one, weights);
    assertEquals(0, logits.other(), 1e-12 * logits.relevant());
    assertTrue(both.other() > 1e-3, "a product of two sights is not a sum of log-posteriors");
    double[] twice = Arrays.stream(centred).map(x -> 2 * x + 3).toArray();
    RelevantVariance larger = RelevantVariance.of(subspace, twice, weights);
    assertEquals(4 * both.relevant(), larger.relevant(), 1e-9 * larger.relevant());
    assertEquals(4 * both.other(), larger.other(), 1e-9 * larger.other());
    int masked = 0;
    while (weights[masked] == 0) {
      masked++;
    }
    twice[masked] = Double.NaN;
    assertEquals(Status.NOT_FINITE, RelevantVariance.of(subspace, twice, weights).status());
    assertEquals(
        Status.TOO_FEW_SAMPLES,
        RelevantVariance.of(subspace, new double[] {1}, new double[] {1}).status());
  }
}
