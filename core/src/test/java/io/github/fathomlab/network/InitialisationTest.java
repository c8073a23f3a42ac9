package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Precision;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How weights start. */
class InitialisationTest {

  @Test
  void pytorchIsUniformWithinItsBound() {
    double[] w = new Initialisation.Pytorch().weights(200, 64, 5);
    double[] b = new Initialisation.Pytorch().biases(5000, 64, 6);
    for (double[] values : List.of(w, b)) {
      double bound = 1 / 8.0;
      assertTrue(Arrays.stream(values).allMatch(x -> Math.abs(x) <= bound));
      assertEquals(bound, Arrays.stream(values).map(Math::abs).max().orElseThrow(), bound / 500);
      requireMoments(values, bound * bound / 3, 4 / 45.0 * 9);
    }
  }

  @Test
  void normalsHaveTheirVariance() {
    requireMoments(new Initialisation.He().weights(2000, 50, 5), 2 / 50.0, 2);
    requireMoments(new Initialisation.Scaled(1.7).weights(2000, 50, 5), 1.7 * 1.7 / 50, 2);
    assertArrayEquals(new double[7], new Initialisation.He().biases(7, 50, 5));
    assertArrayEquals(new double[7], new Initialisation.Scaled(1).biases(7, 50, 5));
    requireMoments(new Initialisation.Scaled(1.7, 0.1).biases(100_000, 50, 6), 0.01, 2);
    assertArrayEquals(
        new Initialisation.Scaled(1.7).weights(20, 50, 5),
        new Initialisation.Scaled(1.7, 0.1).weights(20, 50, 5));
  }

  /**
   * Mean 0 and the variance, within four standard errors; the variance of x² is {@code spread}
   * times variance².
   */
  private static void requireMoments(double[] values, double variance, double spread) {
    double n = values.length;
    assertEquals(0, Arrays.stream(values).sum() / n, 4 * Math.sqrt(variance / n));
    double squares = Arrays.stream(values).map(x -> x * x).sum() / n;
    assertEquals(variance, squares, 4 * variance * Math.sqrt(spread / n));
  }

  @ParameterizedTest
  @CsvSource({"5, 12", "12, 5", "8, 8", "1, 7", "7, 1", "1, 1", "60, 60"})
  void orthogonalIsOrthonormalTimesTheGain(int outputs, int inputs) {
    double[] w = new Initialisation.Orthogonal(1.5).weights(outputs, inputs, 9);
    int count = Math.min(outputs, inputs);
    int length = Math.max(outputs, inputs);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        double dot = 0;
        for (int l = 0; l < length; l++) {
          dot +=
              outputs <= inputs
                  ? w[i * inputs + l] * w[j * inputs + l]
                  : w[l * inputs + i] * w[l * inputs + j];
        }
        assertEquals(i == j ? 2.25 : 0, dot, 1e-13);
      }
    }
  }

  @Test
  void seedsDecideEveryBit() {
    for (Initialisation initialisation :
        List.of(
            new Initialisation.Pytorch(),
            new Initialisation.He(),
            new Initialisation.Orthogonal(1),
            new Initialisation.Scaled(1))) {
      double[] once = network(initialisation, 3, List.of(5, 6, 7, 2)).parameters().toArray();
      double[] again = network(initialisation, 3, List.of(5, 6, 7, 2)).parameters().toArray();
      double[] other = network(initialisation, 4, List.of(5, 6, 7, 2)).parameters().toArray();
      assertArrayEquals(once, again);
      assertTrue(!Arrays.equals(once, other));
    }
  }

  /**
   * A layer's weights are a function of seed and place: what is drawn for later layers, and when,
   * is no matter.
   */
  @Test
  void layersAreDrawnIndependently() {
    Initialisation he = new Initialisation.He();
    Network deep = network(he, 3, List.of(5, 6, 7, 2));
    Network wide = network(he, 3, List.of(5, 6, 90));
    ParameterTensor first = deep.tensors().getFirst();
    assertArrayEquals(first.of(deep.parameters()).toArray(), first.of(wide.parameters()).toArray());
    for (ParameterTensor tensor : deep.tensors().reversed()) {
      if (tensor.name().startsWith("W")) {
        long key = CounterRandom.key(3, tensor.layer(), 'W');
        assertArrayEquals(
            he.weights(tensor.rows(), tensor.columns(), key),
            tensor.of(deep.parameters()).toArray());
      }
    }
  }

  /**
   * Tensors of equal shape do not share numbers, and neither do neighbouring seeds at shifted
   * places.
   */
  @Test
  void noTwoTensorsAreAlike() {
    Set<Double> seen = new HashSet<>();
    int drawn = 0;
    for (long seed = 0; seed < 200; seed += 16) {
      Network network = network(new Initialisation.Scaled(1), seed, List.of(4, 4, 4, 4));
      for (ParameterTensor tensor : network.tensors()) {
        if (tensor.name().startsWith("W")) {
          for (double w : tensor.of(network.parameters()).toArray()) {
            seen.add(w);
            drawn++;
          }
        }
      }
    }
    assertEquals(drawn, seen.size());
  }

  @Test
  void floatNetworksStartAtTheRoundedWeights() {
    MlpSpec spec = spec(new Initialisation.He(), List.of(5, 6, 2));
    double[] fine = Network.create(spec, new DoubleKernels(true), 3).parameters().toArray();
    double[] coarse = Network.create(spec, Kernels.of(Precision.FLOAT32), 3).parameters().toArray();
    for (int i = 0; i < fine.length; i++) {
      assertEquals((float) fine[i], coarse[i]);
    }
    assertNotEquals(0, fine[0]);
  }

  private static Network network(Initialisation initialisation, long seed, List<Integer> widths) {
    return Network.create(spec(initialisation, widths), new DoubleKernels(true), seed);
  }

  private static MlpSpec spec(Initialisation initialisation, List<Integer> widths) {
    return new MlpSpec(widths, new Activation.Tanh(), false, false, 0, true, initialisation);
  }
}
