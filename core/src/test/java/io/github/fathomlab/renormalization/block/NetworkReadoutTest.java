package io.github.fathomlab.renormalization.block;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.integers;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.ParameterTensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class NetworkReadoutTest {
  private static Network tanh(List<Integer> widths, Precision precision) {
    MlpSpec spec =
        new MlpSpec(
            widths, new Activation.Tanh(), false, false, 0, true, new Initialisation.Scaled(1));
    return Network.create(spec, Kernels.of(precision), 4);
  }

  /** W_l[i][j] = sin(1.3(i+1) + 0.7(j+1)(l+1) + 0.1(i+1)(j+1))/sqrt(n_l), b_l[j] = 0.2 cos(1+j). */
  private static Network fixed(int[] sizes, Precision precision) {
    Network network = tanh(Arrays.stream(sizes).boxed().toList(), precision);
    for (ParameterTensor tensor : network.tensors()) {
      Matrix view = tensor.of(network.parameters());
      int l = tensor.layer();
      for (int j = 0; j < tensor.rows(); j++) {
        for (int i = 0; i < tensor.columns(); i++) {
          double angle = 1.3 * (i + 1) + 0.7 * (j + 1) * (l + 1) + 0.1 * (i + 1) * (j + 1);
          boolean bias = tensor.name().startsWith("b");
          double value =
              bias ? 0.2 * Math.cos(1 + i) : Math.sin(angle) / Math.sqrt(tensor.columns());
          view.set(j, i, value);
        }
      }
    }
    return network;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void matchesTheReference(Precision precision) {
    double exact = BlockVectors.tolerance("fixed_network");
    double tolerance = precision == Precision.FLOAT64 ? exact : 2e-5;
    for (JsonNode row : BlockVectors.rows("fixed_network")) {
      int[] sizes = integers(field(row, "sizes"));
      Window window = Window.of(sizes[0], number(row, "K"));
      NetworkReadout readout = NetworkReadout.of(window, fixed(sizes, precision));
      double[] output = readout.outputs().getFirst();
      BlockFeature feature = readout.features().getFirst();
      assertEquals(number(row, "out_c0"), output[0], tolerance);
      assertEquals(number(row, "out_c5"), output[5], tolerance);
      assertEquals(number(row, "mean_f"), feature.mean(), tolerance);
      assertEquals(number(row, "rho_out"), feature.correlation(1), tolerance);
      assertEquals(number(row, "odd_fraction"), feature.oddFraction(), tolerance);
      double[] couplings = numbers(field(row, "K_l"));
      assertEquals(couplings.length, readout.layers().size());
      for (int l = 0; l < couplings.length; l++) {
        LayerCoupling layer = readout.layers().get(l);
        JsonNode expected = field(row, "layers").get(l);
        assertEquals(number(expected, "R_L"), layer.left(), tolerance);
        assertEquals(number(expected, "R_R"), layer.right(), tolerance);
        assertEquals(number(expected, "rho"), layer.correlation(), tolerance);
        assertEquals(couplings[l], layer.coupling(), tolerance);
        assertEquals(Status.OK, layer.status());
      }
      Thermometer thermometer = new Thermometer(sizes[0], 0.3, 1.0, 0);
      double loss = thermometer.score(output).loss();
      assertEquals(number(row, "bce_loss_K0_0p3_K1_1"), loss, tolerance);
    }
  }

  @Test
  void aWideLayerKeepsTheCouplingAndADeadOneSaysSo() {
    Network network = tanh(List.of(6, 40, 3), Precision.FLOAT64);
    Window window = Window.of(6, 0.9);
    NetworkReadout readout = NetworkReadout.of(window, network);
    assertEquals(2, readout.layers().size());
    assertEquals(3, readout.features().size());
    assertEquals(0.9, readout.layers().getFirst().coupling(), 1e-6);
    network.parameters().fill(0);
    NetworkReadout dead = NetworkReadout.of(window, network);
    assertEquals(Status.ZERO_VARIANCE, dead.layers().getFirst().status());
    assertEquals(Status.ZERO_VARIANCE, dead.features().getFirst().status());
    assertTrue(Double.isNaN(dead.layers().getFirst().coupling()));
    network.parameters().fill(Double.NaN);
    assertEquals(
        Status.NOT_FINITE, NetworkReadout.of(window, network).layers().getFirst().status());
    Window other = Window.of(5, 0.9);
    assertThrows(IllegalArgumentException.class, () -> NetworkReadout.of(other, network));
  }
}
