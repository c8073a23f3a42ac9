package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Five full-batch Adam steps of a batch-normalised network in float64, as the reference program
 * took them in PyTorch.
 */
class TinyNetworkTest {
  private static final double TOLERANCE = 1e-11;

  /** Of what depends on parameters without a gradient, see {@link #swallowedBiasesStay}. */
  private static final double DRIFT = 5e-10;

  private static final double RATE = 0.01;
  private static final int STEPS = 5;
  private static final List<Integer> WIDTHS = List.of(4, 4, 4, 3);

  private JsonNode expected;
  private Network network;
  private Trace trace;
  private Matrix targets;
  private final Kernels k = new DoubleKernels(true);
  private final Loss loss = new Loss.CrossEntropy();
  private final double[] losses = new double[STEPS];

  @BeforeEach
  void train() throws IOException {
    try (InputStream in = TinyNetworkTest.class.getResourceAsStream("/vectors/spring-block.json")) {
      expected = new ObjectMapper().readTree(Objects.requireNonNull(in)).get("tiny_network");
    }
    Activation activation = new Activation.LeakyRelu(expected.get("alpha").asDouble());
    MlpSpec spec =
        new MlpSpec(WIDTHS, activation, true, true, 0, true, new Initialisation.Pytorch());
    network = Network.create(spec, k, 1);
    int batch = expected.get("X").size();
    trace = network.trace(batch);
    targets = k.zeros(3, batch);
    for (int j = 0; j < batch; j++) {
      targets.set(expected.get("labels").get(j).asInt(), j, 1);
      for (int i = 0; i < 4; i++) {
        trace.input().set(i, j, expected.get("X").get(j).get(i).asDouble());
      }
    }
    for (int i = 0; i < 3; i++) {
      JsonNode start = expected.get("init").get("fc").get(i);
      parameter("W_" + i).setAll(flat(start.get("W")));
      parameter("b_" + i).setAll(flat(start.get("b")));
    }
    takeSteps();
  }

  private void takeSteps() {
    int n = network.parameters().columns();
    Matrix m = k.vector(n);
    Matrix v = k.vector(n);
    for (int t = 1; t <= STEPS; t++) {
      network.forward(trace, Pass.training(t));
      losses[t - 1] = loss.evaluate(k, trace.output(), targets, trace.outputGradient());
      network.backward(trace);
      Kernels.AdamRule rule =
          new Kernels.AdamRule(
              RATE / (1 - Math.pow(0.9, t)),
              0.9,
              0.999,
              Math.sqrt(1 - Math.pow(0.999, t)),
              1e-8,
              0);
      Matrix g = trace.gradient();
      k.adamStep(rule, g, g, m, v, network.parameters(), null, 0, n, null);
    }
  }

  @Test
  void lossesAgree() {
    require(expected.get("train_losses"), losses, TOLERANCE);
  }

  @Test
  void weightsAndScalesAgree() {
    for (int i = 0; i < 3; i++) {
      JsonNode after = expected.get("fc_after").get(i);
      require(after.get("W"), parameter("W_" + i).toArray(), TOLERANCE);
      require(expected.get("bn_gamma_after").get(i), parameter("gamma_" + i).toArray(), TOLERANCE);
    }
    require(expected.get("fc_after").get(2).get("b"), parameter("b_2").toArray(), TOLERANCE);
  }

  /**
   * A bias in front of a normalisation has gradient zero here and rounding noise of about 1e-17 in
   * PyTorch, which Adam multiplies by rate/ε = 1e6: these biases stay where they were, and those of
   * the reference drift by up to 5e-10. The shift of the input's normalisation, swallowed by the
   * next one, drifts in both programs.
   */
  @Test
  void swallowedBiasesStay() {
    for (int i = 0; i < 2; i++) {
      JsonNode start = expected.get("init").get("fc").get(i).get("b");
      JsonNode after = expected.get("fc_after").get(i).get("b");
      double[] found = parameter("b_" + i).toArray();
      for (int r = 0; r < found.length; r++) {
        assertEquals(start.get(r).asDouble(), found[r]);
        assertNotEquals(start.get(r).asDouble(), after.get(r).asDouble());
        assertEquals(after.get(r).asDouble(), found[r], 5e-10);
      }
    }
  }

  @Test
  void runningStatisticsAgree() {
    for (int m = 0; m < 3; m++) {
      JsonNode running = expected.get("bn_running").get(m);
      for (ParameterTensor tensor : network.statisticTensors()) {
        if (tensor.layer() == m) {
          boolean mean = tensor.name().startsWith("mean");
          double[] found = tensor.of(network.statistics()).toArray();
          require(running.get(mean ? "mean" : "var"), found, mean && m > 0 ? DRIFT : TOLERANCE);
        }
      }
    }
  }

  @Test
  void evaluationAgrees() {
    network.forward(trace, Pass.evaluation());
    double found = loss.evaluate(k, trace.output(), targets, trace.outputGradient());
    assertEquals(expected.get("eval_loss_after_5").asDouble(), found, TOLERANCE);
    requireStates(DRIFT);
    adoptDrift();
    network.forward(trace, Pass.evaluation());
    requireStates(TOLERANCE);
  }

  /**
   * Takes what has no gradient from the reference: swallowed biases, their trace in the means, the
   * input's shift.
   */
  private void adoptDrift() {
    Matrix shift = parameter("beta_0");
    for (int i = 0; i < 4; i++) {
      double reference = expected.get("output_after_list").get(0).get(0).get(i).asDouble();
      shift.set(0, i, shift.get(0, i) + reference - trace.out(0).get(i, 0));
    }
    for (int i = 0; i < 2; i++) {
      parameter("b_" + i).setAll(flat(expected.get("fc_after").get(i).get("b")));
    }
    for (ParameterTensor tensor : network.statisticTensors()) {
      if (tensor.name().startsWith("mean")) {
        JsonNode mean = expected.get("bn_running").get(tensor.layer()).get("mean");
        tensor.of(network.statistics()).setAll(flat(mean));
      }
    }
  }

  private void requireStates(double tolerance) {
    for (int m = 0; m < 4; m++) {
      JsonNode outputs = expected.get("output_after_list").get(m);
      for (int j = 0; j < trace.batch(); j++) {
        for (int i = 0; i < outputs.get(j).size(); i++) {
          double reference = outputs.get(j).get(i).asDouble();
          assertEquals(reference, trace.out(m).get(i, j), tolerance, "layer " + m);
        }
      }
    }
  }

  private Matrix parameter(String name) {
    return network.tensors().stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow()
        .of(network.parameters());
  }

  private static void require(JsonNode expected, double[] found, double tolerance) {
    double[] values = flat(expected);
    assertEquals(values.length, found.length);
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i], found[i], tolerance);
    }
  }

  private static double[] flat(JsonNode node) {
    if (!node.isArray()) {
      return new double[] {node.asDouble()};
    }
    return node.valueStream().map(TinyNetworkTest::flat).flatMapToDouble(Arrays::stream).toArray();
  }
}
