package io.github.fathomlab.coarsegraining.markov;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.Vectors;
import io.github.fathomlab.coarsegraining.Origin;
import io.github.fathomlab.coarsegraining.Representation;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.network.FiniteStep;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.ParameterTensor;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.SecantWork;
import io.github.fathomlab.network.TokenSpec;
import io.github.fathomlab.network.Trace;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Targets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Networks of tokens on the whole population of contexts, against the reference programs. */
class TokenNetworkTest {
  private static final double REFERENCE = 1e-10;
  private static final double RANKS = 1e-8;
  private static final Loss LOSS = new Loss.CrossEntropy();

  /** A network, the whole population and AdamW without decay. */
  private static final class Run {
    final Kernels k = new DoubleKernels(false);
    final WindowTask task;
    final Network network;
    final Trace trace;
    final Matrix population;
    final Matrix batch;
    private final Matrix first;
    private final Matrix second;
    private int steps;

    Run(MarkovChain chain, int width, int blocks, int inner) {
      task = new WindowTask(chain, Masking.plain(0.15), 1);
      int v = chain.states();
      TokenSpec spec =
          new TokenSpec(
              3,
              v + 2,
              width,
              blocks,
              inner,
              v,
              new Activation.Gelu(),
              true,
              true,
              0.15,
              new Initialisation.Pytorch());
      network = Network.create(spec, k, 1);
      Dataset whole = WindowPopulation.whole(task);
      int n = whole.size();
      trace = network.trace(n);
      population = k.zeros(v, n);
      batch = k.zeros(v, n);
      double[] weights = ((Targets.Values) whole.targets()).values();
      for (int j = 0; j < n; j++) {
        for (int f = 0; f < whole.features(); f++) {
          trace.input().set(f, j, whole.inputs()[j * whole.features() + f]);
        }
        for (int c = 0; c < v; c++) {
          population.set(c, j, weights[j * v + c]);
        }
      }
      first = k.vector(network.parameters().columns());
      second = k.vector(network.parameters().columns());
    }

    /** In the order of the reference: embeddings by rows of symbols, all else as it is here. */
    void fill(DoubleSupplier next) {
      for (ParameterTensor tensor : network.tensors()) {
        Matrix view = tensor.of(network.parameters());
        boolean table = tensor.layer() == 0;
        for (int a = 0; a < (table ? tensor.columns() : tensor.rows()); a++) {
          for (int b = 0; b < (table ? tensor.rows() : tensor.columns()); b++) {
            view.set(table ? b : a, table ? a : b, next.getAsDouble());
          }
        }
      }
    }

    double evaluate(Matrix targets) {
      network.forward(trace, Pass.evaluation());
      return LOSS.evaluate(k, trace.output(), targets, trace.outputGradient());
    }

    double step(Matrix targets, double rate) {
      double loss = evaluate(targets);
      network.backward(trace);
      steps++;
      Kernels.AdamRule rule =
          new Kernels.AdamRule(
              rate / (1 - Math.pow(0.9, steps)),
              0.9,
              0.999,
              Math.sqrt(1 - Math.pow(0.999, steps)),
              1e-8,
              0);
      Matrix g = trace.gradient();
      int length = network.parameters().columns();
      k.adamStep(rule, g, g, first, second, network.parameters(), null, 0, length, null);
      return loss;
    }

    /** One point of the residual stream, masked contexts by their weights. */
    Representation masked(int layer) {
      Matrix h = trace.out(layer);
      double[] q = task.contexts().masked().weights();
      return Representation.of(h.toArray(), h.rows(), q, Origin.MEAN);
    }

    double[] effectiveRanks() {
      double[] ranks = new double[network.layers().size() - 1];
      Arrays.setAll(ranks, m -> masked(m).ranks().effective());
      return ranks;
    }

    double[] drifts() {
      double[] drifts = new double[network.layers().size() - 2];
      Arrays.setAll(drifts, m -> masked(m).changeTo(masked(m + 1)).drift());
      return drifts;
    }
  }

  private static final JsonNode TINY =
      Vectors.field(Vectors.load("rank-collapse-networks"), "tiny_network");
  private Run tiny = tiny();

  @BeforeEach
  void begin() {
    tiny = tiny();
  }

  /** The k-th parameter is base + amplitude sin(0.3 + 0.7 k), norms around 1 and smaller. */
  private static Run tiny() {
    Run run = new Run(MarkovChain.of(Vectors.matrix(Vectors.field(TINY, "P"))), 4, 2, 5);
    int[] at = {0};
    JsonNode order = Vectors.field(TINY, "param_order");
    boolean[] gains = new boolean[run.network.layers().stream().mapToInt(Layer::parameters).sum()];
    int start = 0;
    for (JsonNode tensor : order) {
      int size = Arrays.stream(Vectors.integers(tensor.get(1))).reduce(1, (a, b) -> a * b);
      boolean gain = tensor.get(0).stringValue().matches(".*(ln|lnf)\\.weight");
      Arrays.fill(gains, start, start + size, gain);
      start += size;
    }
    assertEquals(gains.length, start);
    run.fill(() -> {
      double wave = Math.sin(0.3 + 0.7 * at[0]);
      return gains[at[0]++] ? 1 + 0.1 * wave : 0.5 * wave;
    });
    return run;
  }

  @Test
  void theTinyNetworkAgrees() {
    double loss = tiny.evaluate(tiny.population);
    assertEquals(Vectors.number(TINY, "loss_initial"), loss, REFERENCE);
    requireStream("stream_initial");
    requireLogProbabilities();
    assertArrayEquals(numbers("erank_masked_initial"), tiny.effectiveRanks(), REFERENCE);
    tiny.network.backward(tiny.trace);
    Matrix g = tiny.trace.gradient();
    assertEquals(Vectors.number(TINY, "grad_norm_initial"), Math.sqrt(tiny.k.dot(g, g)), REFERENCE);
    assertArrayEquals(numbers("grad_head_bias"), gradient("b_5", 0), REFERENCE);
    assertArrayEquals(numbers("grad_block0_a_weight_row0"), gradient("W_1", 0), REFERENCE);
    double[] first = new double[4];
    for (int r = 0; r < 4; r++) {
      first[r] = gradient("W_0", r)[0];
    }
    assertArrayEquals(numbers("grad_emb_row0"), first, REFERENCE);
  }

  @Test
  void tenStepsOfTheTinyNetworkAgree() {
    double[] losses = new double[11];
    for (int step = 0; step < 10; step++) {
      losses[step] = tiny.step(tiny.population, 1e-2);
    }
    losses[10] = tiny.evaluate(tiny.population);
    assertArrayEquals(numbers("loss_after_steps_0_to_10"), losses, REFERENCE);
    requireStream("stream_after_10");
    assertArrayEquals(numbers("erank_masked_after_10"), tiny.effectiveRanks(), REFERENCE);
    assertArrayEquals(numbers("drift_after_10"), tiny.drifts(), REFERENCE);
    assertTrue(losses[10] > Vectors.number(TINY, "bayes_loss"));
    assertEquals(Vectors.number(TINY, "bayes_loss"), tiny.task.bayesLoss(), REFERENCE);
  }

  private static double[] numbers(String name) {
    return Vectors.numbers(Vectors.field(TINY, name));
  }

  private double[] gradient(String name, int row) {
    ParameterTensor tensor =
        tiny.network.tensors().stream()
            .filter(t -> t.name().equals(name))
            .findFirst()
            .orElseThrow();
    Matrix view = tensor.of(tiny.trace.gradient());
    double[] found = new double[tensor.columns()];
    Arrays.setAll(found, c -> view.get(row, c));
    return found;
  }

  private void requireStream(String name) {
    JsonNode layers = Vectors.field(TINY, name);
    for (int m = 0; m < layers.size(); m++) {
      double[][] rows = Vectors.matrix(layers.get(m));
      for (int c = 0; c < rows.length; c++) {
        for (int r = 0; r < rows[c].length; r++) {
          assertEquals(rows[c][r], tiny.trace.out(m).get(r, c), REFERENCE, name + " " + m);
        }
      }
    }
  }

  private void requireLogProbabilities() {
    double[][] rows = Vectors.matrix(Vectors.field(TINY, "log_probs_initial"));
    for (int c = 0; c < rows.length; c++) {
      double z0 = tiny.trace.output().get(0, c);
      double z1 = tiny.trace.output().get(1, c);
      double sum = Math.log(Math.exp(z0) + Math.exp(z1));
      assertArrayEquals(rows[c], new double[] {z0 - sum, z1 - sum}, REFERENCE);
    }
  }

  static Stream<JsonNode> golden() {
    return Vectors.field(Vectors.load("rank-collapse-networks"), "golden_runs").valueStream();
  }

  /** Parameters and cells from one generator, 300 steps with the noise of 300 drawn cells. */
  @ParameterizedTest
  @MethodSource("golden")
  void goldenRunsAgree(JsonNode vector) {
    ChainFamily family = new ChainFamily.Hierarchical(8, 2, Vectors.number(vector, "xi"));
    Run run = new Run(family.chain(), 32, 6, 128);
    SplittableRandom random = new SplittableRandom(12345);
    start(run, random);
    int drawn = Vectors.field(vector, "nmask").intValue();
    int step = 0;
    double before = Double.NaN;
    for (JsonNode record : Vectors.field(vector, "records")) {
      for (; step < Vectors.field(record, "step").intValue(); step++) {
        draw(run, random, drawn);
        before = run.step(run.batch, 1e-3);
      }
      if (step > 0) {
        assertEquals(Vectors.number(record, "batch_loss_before_step"), before, REFERENCE);
      }
      double loss = run.evaluate(run.population);
      assertEquals(Vectors.number(record, "population_loss"), loss, REFERENCE, "step " + step);
      double[] ranks = Vectors.numbers(Vectors.field(record, "erank_mask"));
      assertArrayEquals(ranks, run.effectiveRanks(), RANKS, "step " + step);
      double[] drifts = Vectors.numbers(Vectors.field(record, "drift_cka_mask"));
      assertArrayEquals(drifts, run.drifts(), RANKS, "step " + step);
    }
  }

  /** Weights and biases uniform in ±1/√fan_in, embeddings in ±0.15. */
  private static void start(Run run, SplittableRandom random) {
    int fanIn = 0;
    for (ParameterTensor tensor : run.network.tensors()) {
      Matrix view = tensor.of(run.network.parameters());
      if (tensor.name().startsWith("gamma") || tensor.name().startsWith("beta")) {
        continue;
      }
      boolean table = tensor.layer() == 0;
      fanIn = tensor.name().startsWith("W") ? tensor.columns() : fanIn;
      double bound = table ? 0.15 : 1 / Math.sqrt(fanIn);
      for (int a = 0; a < (table ? tensor.columns() : tensor.rows()); a++) {
        for (int b = 0; b < (table ? tensor.rows() : tensor.columns()); b++) {
          view.set(table ? b : a, table ? a : b, bound * (2 * random.nextDouble() - 1));
        }
      }
    }
  }

  private static void draw(Run run, SplittableRandom random, int drawn) {
    int v = run.task.states();
    int n = run.trace.batch();
    double[] sums = new double[n * v];
    double sum = 0;
    for (int cell = 0; cell < sums.length; cell++) {
      sum += run.task.joint(cell / v / (v + 1), cell / v % (v + 1), cell % v);
      sums[cell] = sum;
    }
    run.batch.fill(0);
    for (int i = 0; i < drawn; i++) {
      double u = random.nextDouble() * sum;
      int cell = 0;
      while (sums[cell] <= u) {
        cell++;
      }
      double count = run.batch.get(cell % v, cell / v) + (double) n / drawn;
      run.batch.set(cell % v, cell / v, count);
    }
  }

  @Test
  void theLedgerOfTheLossClosesOnWeightedContexts() {
    Run run = new Run(new ChainFamily.Hierarchical(8, 2, 7).chain(), 16, 3, 24);
    SplittableRandom random = new SplittableRandom(5);
    start(run, random);
    run.trace.keepGradients(true);
    double before = run.evaluate(run.population);
    run.network.backward(run.trace);
    Matrix u = run.k.vector(run.network.parameters().columns());
    for (ParameterTensor tensor : run.network.tensors()) {
      Matrix view = tensor.of(u);
      for (int r = 0; r < tensor.rows(); r++) {
        for (int c = 0; c < tensor.columns(); c++) {
          view.set(r, c, 0.3 * random.nextGaussian());
        }
      }
    }
    double slope = run.k.dot(run.trace.gradient(), u);
    run.network.tangent(run.trace, u);
    int last = run.network.layers().size() - 1;
    double tangent = run.k.dot(run.trace.outputGradient(), run.trace.outTangent(last));
    assertEquals(slope, tangent, 1e-12 * Math.max(1, Math.abs(slope)));
    SecantWork work =
        run.network.secant(run.trace, FiniteStep.of(run.network, u), LOSS, run.population);
    run.k.add(1, u, run.network.parameters());
    double after = run.evaluate(run.population);
    double split = 0;
    for (int m = 0; m <= last; m++) {
      split += work.ofLayer(m);
    }
    assertTrue(Math.abs(after - before) > 1e-2, "a step that does nothing tests nothing");
    assertEquals(after - before, split, 1e-12);
    assertEquals(after - before, work.current(last + 1), 1e-12);
  }

  @Test
  void embeddingsStartWithTheirDeviation() {
    TokenSpec spec =
        new TokenSpec(
            3,
            10,
            400,
            1,
            8,
            8,
            new Activation.Gelu(),
            true,
            true,
            0.15,
            new Initialisation.Pytorch());
    Network network = Network.create(spec, new DoubleKernels(true), 3);
    double[] table = network.tensors().getFirst().of(network.parameters()).toArray();
    double squares = Arrays.stream(table).map(x -> x * x).sum() / table.length;
    double expected = 0.15 * 0.15 / 3;
    assertEquals(expected, squares, 5 * expected * Math.sqrt(2.0 / table.length));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new TokenSpec(
                0,
                10,
                4,
                1,
                8,
                8,
                new Activation.Gelu(),
                true,
                true,
                0.15,
                new Initialisation.Pytorch()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new TokenSpec(
                3,
                10,
                4,
                1,
                8,
                8,
                new Activation.Gelu(),
                true,
                true,
                0,
                new Initialisation.Pytorch()));
  }
}
