package io.github.fathomlab.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.network.ConvolutionSpec.Stage;
import io.github.fathomlab.network.NetworkSpec.Norm;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where parameters lie, what they are called, and which of them a change of the network leaves. */
class LayoutTest {
  private static final Initialisation HE = new Initialisation.He();
  private static final ImageShape IMAGE = new ImageShape(2, 6, 5);
  private static final List<Stage> STAGES =
      List.of(new Stage(4, 1), new Stage(4, 1), new Stage(6, 2), new Stage(6, 1));

  @Test
  void everyTensorHasANameAndARangeOfItsOwn() {
    for (NetworkCase c : NetworkCase.all()) {
      Network network = c.network();
      Set<String> names = new HashSet<>();
      int next = 0;
      for (int m = 0; m < network.layers().size(); m++) {
        Layer layer = network.layers().get(m);
        assertEquals(next, layer.start(), () -> layer.name() + " of " + c);
        for (ParameterTensor tensor : layer.tensors()) {
          assertEquals(next, tensor.start(), () -> tensor + " of " + c);
          assertEquals(0, tensor.start() % 16);
          assertEquals(m, tensor.layer(), () -> tensor + " of " + c);
          assertTrue(names.add(tensor.name()), () -> tensor + " of " + c);
          next = tensor.end();
        }
        assertEquals(next, layer.end());
      }
      assertEquals(next, network.parameters().columns());
      requireStatistics(network);
    }
  }

  private static void requireStatistics(Network network) {
    Set<String> names = new HashSet<>();
    int next = 0;
    for (ParameterTensor tensor : network.statisticTensors()) {
      assertEquals(next, tensor.start());
      assertTrue(names.add(tensor.name()), tensor.name());
      next = tensor.end();
      boolean variance = tensor.name().startsWith("variance_");
      assertTrue(variance || tensor.name().startsWith("mean_"));
      for (double value : tensor.of(network.statistics()).toArray()) {
        assertEquals(variance ? 1 : 0, value);
      }
      String gamma = "gamma" + tensor.name().substring(tensor.name().indexOf('_'));
      ParameterTensor scale =
          network.tensors().stream().filter(t -> t.name().equals(gamma)).findFirst().orElseThrow();
      assertEquals(scale.layer(), tensor.layer());
      assertEquals(scale.columns(), tensor.columns());
    }
    assertEquals(next, network.statistics().columns());
  }

  /** Layers are named once each, by what they are. */
  @Test
  void layersAreNamedByWhatTheyAre() {
    assertEquals(
        List.of("input", "stem", "block 1", "block 2", "output"),
        names(residual(2, 0, Norm.BATCH, true, true)));
    assertEquals(
        List.of("convolution 1", "block 2", "block 3", "block 4", "output"),
        names(convolution(STAGES, true, Norm.BATCH, true, 0)));
    assertEquals(
        List.of("convolution 1", "convolution 2", "convolution 3", "convolution 4", "output"),
        names(convolution(STAGES, false, Norm.NONE, true, 0)));
    for (NetworkCase c : NetworkCase.all()) {
      List<String> names = names(c.spec());
      assertEquals(names.size(), Set.copyOf(names).size(), names.toString());
    }
  }

  private static List<String> names(NetworkSpec spec) {
    return create(spec).layers().stream().map(Layer::name).toList();
  }

  @Test
  void noTwoMapsStartAlike() {
    for (NetworkSpec spec :
        List.of(
            residual(3, 8, Norm.LAYER, true, false),
            convolution(STAGES, true, Norm.BATCH, true, 0))) {
      Network network = create(spec);
      Set<Double> seen = new HashSet<>();
      int drawn = 0;
      for (ParameterTensor tensor : network.tensors()) {
        if (tensor.name().startsWith("W")) {
          double[] weights = tensor.of(network.parameters()).toArray();
          Arrays.stream(weights).forEach(seen::add);
          drawn += weights.length;
        }
      }
      assertEquals(drawn, seen.size());
    }
  }

  /** Norms, biases, masks and activations have no influence on what weights are drawn. */
  @Test
  void optionsLeaveTheWeightsAlone() {
    List<double[]> residual = weights(residual(3, 5, Norm.NONE, false, false));
    List<double[]> images = weights(convolution(STAGES, true, Norm.NONE, false, 0));
    for (Norm norm : Norm.values()) {
      for (boolean bias : new boolean[] {true, false}) {
        requireSame(residual, weights(residual(3, 5, norm, bias, false)), residual.size());
        requireSame(images, weights(convolution(STAGES, true, norm, bias, 0.3)), images.size());
      }
    }
  }

  /** What is changed further up leaves the weights below, and the same place has the same draws. */
  @Test
  void laterPartsLeaveTheWeightsBelow() {
    List<double[]> two = weights(residual(2, 5, Norm.LAYER, true, false));
    List<double[]> three = weights(residual(3, 5, Norm.LAYER, true, false));
    requireSame(two, three, 5);
    assertFalse(Arrays.equals(two.get(1), two.get(3)), "blocks differ");
    List<double[]> images = weights(convolution(STAGES, true, Norm.BATCH, true, 0));
    List<double[]> fewer = weights(convolution(STAGES.subList(0, 3), true, Norm.BATCH, true, 0));
    requireSame(images, fewer, 6);
    List<double[]> plain = weights(convolution(STAGES, false, Norm.BATCH, true, 0));
    assertArrayEquals(plain.get(0), images.get(0));
    assertArrayEquals(plain.get(1), images.get(1), "first map of block 2");
    assertArrayEquals(plain.get(2), images.get(3), "first map of block 3");
  }

  /** Variance 2/(C k²) and PyTorch's bound 1/√(C k²), of weights and of the biases behind them. */
  @Test
  void fanInIsThatOfThePatch() {
    List<Stage> wide = List.of(new Stage(40, 1), new Stage(50, 1), new Stage(60, 2));
    Network he = create(convolution(wide, true, Norm.BATCH, true, 0));
    Network torch =
        create(
            new ConvolutionSpec(
                IMAGE,
                wide,
                3,
                true,
                10,
                Activation.relu(),
                Norm.NONE,
                false,
                0,
                true,
                new Initialisation.Pytorch()));
    for (ParameterTensor tensor : he.tensors()) {
      if (tensor.name().startsWith("W")) {
        double[] w = tensor.of(he.parameters()).toArray();
        double variance = Arrays.stream(w).map(x -> x * x).average().orElseThrow();
        double expected = 2.0 / tensor.columns();
        assertEquals(expected, variance, 5 * expected * Math.sqrt(2.0 / w.length), tensor.name());
      }
    }
    double bound = 0;
    for (ParameterTensor tensor : torch.tensors()) {
      bound = tensor.name().startsWith("W") ? 1 / Math.sqrt(tensor.columns()) : bound;
      double[] values = tensor.of(torch.parameters()).toArray();
      double most = Arrays.stream(values).map(Math::abs).max().orElseThrow();
      assertTrue(most <= bound && most > 0.6 * bound, tensor + ": " + most + " of " + bound);
    }
  }

  private static void requireSame(List<double[]> expected, List<double[]> found, int count) {
    for (int i = 0; i < count; i++) {
      assertArrayEquals(expected.get(i), found.get(i), "map " + i);
    }
  }

  private static List<double[]> weights(NetworkSpec spec) {
    Network network = create(spec);
    return network.tensors().stream()
        .filter(tensor -> tensor.name().startsWith("W"))
        .map(tensor -> tensor.of(network.parameters()).toArray())
        .toList();
  }

  private static Network create(NetworkSpec spec) {
    return Network.create(spec, new DoubleKernels(true), 6);
  }

  private static ResidualSpec residual(
      int blocks, int inner, Norm norm, boolean bias, boolean inputNorm) {
    return new ResidualSpec(
        7, 8, blocks, inner, 3, new Activation.Tanh(), norm, 1, inputNorm, 0, bias, HE);
  }

  private static ConvolutionSpec convolution(
      List<Stage> stages, boolean residual, Norm norm, boolean bias, double dropout) {
    return new ConvolutionSpec(
        IMAGE, stages, 3, residual, 3, Activation.relu(), norm, false, dropout, bias, HE);
  }
}
