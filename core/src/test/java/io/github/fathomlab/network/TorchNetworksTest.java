package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * One training pass of a convolutional and of a residual network as PyTorch makes it in float64;
 * the generator is {@code src/test/python/networks.py}.
 */
class TorchNetworksTest {
  private static final double TOLERANCE = 1e-12;
  private static final Initialisation HE = new Initialisation.He();

  private static NetworkSpec spec(String name) {
    if (name.equals("residual")) {
      return new ResidualSpec(
          5, 6, 3, 4, 3, new Activation.Gelu(), NetworkSpec.Norm.LAYER, 0.5, false, 0, true, HE);
    }
    List<ConvolutionSpec.Stage> stages =
        List.of(
            new ConvolutionSpec.Stage(3, 1),
            new ConvolutionSpec.Stage(3, 1),
            new ConvolutionSpec.Stage(4, 2));
    return new ConvolutionSpec(
        new ImageShape(2, 5, 4),
        stages,
        3,
        true,
        3,
        Activation.relu(),
        NetworkSpec.Norm.BATCH,
        false,
        0,
        true,
        HE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"convolutional", "residual"})
  void followsTorch(String name) throws IOException {
    JsonNode expected = golden().get(name);
    for (boolean plain : new boolean[] {true, false}) {
      Kernels k = new DoubleKernels(plain);
      Network network = Network.create(spec(name), k, 1);
      assertEquals(network.tensors().size(), expected.get("parameters").size());
      for (ParameterTensor tensor : network.tensors()) {
        tensor.of(network.parameters()).setAll(numbers(expected, "parameters", tensor));
      }
      int batch = expected.get("x").size();
      Trace trace = network.trace(batch);
      Matrix targets = k.zeros(3, batch);
      for (int j = 0; j < batch; j++) {
        targets.set(expected.get("labels").get(j).asInt(), j, 1);
        for (int i = 0; i < trace.input().rows(); i++) {
          trace.input().set(i, j, expected.get("x").get(j).get(i).asDouble());
        }
      }
      network.forward(trace, Pass.training(1));
      requireOutput(expected.get("output"), trace);
      double loss =
          new Loss.CrossEntropy().evaluate(k, trace.output(), targets, trace.outputGradient());
      assertEquals(expected.get("loss").asDouble(), loss, TOLERANCE);
      network.backward(trace);
      for (ParameterTensor tensor : network.tensors()) {
        require(numbers(expected, "gradients", tensor), tensor, trace.gradient());
      }
      assertEquals(network.statisticTensors().size(), expected.get("statistics").size());
      for (ParameterTensor tensor : network.statisticTensors()) {
        require(numbers(expected, "statistics", tensor), tensor, network.statistics());
      }
      network.forward(trace, Pass.evaluation());
      requireOutput(expected.get("evaluation"), trace);
    }
  }

  private static void requireOutput(JsonNode expected, Trace trace) {
    for (int j = 0; j < trace.batch(); j++) {
      for (int i = 0; i < 3; i++) {
        double value = expected.get(j).get(i).asDouble();
        assertEquals(value, trace.output().get(i, j), TOLERANCE);
      }
    }
  }

  private static void require(double[] expected, ParameterTensor tensor, Matrix flat) {
    double[] found = tensor.of(flat).toArray();
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], TOLERANCE, tensor.name());
    }
  }

  private static double[] numbers(JsonNode node, String kind, ParameterTensor tensor) {
    JsonNode values = node.get(kind).get(tensor.name());
    return values.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in = TorchNetworksTest.class.getResourceAsStream("/golden/networks.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
  }
}
