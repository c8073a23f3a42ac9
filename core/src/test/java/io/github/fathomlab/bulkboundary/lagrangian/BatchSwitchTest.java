package io.github.fathomlab.bulkboundary.lagrangian;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.network.Loss;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The split of an injection: reference numbers, and its sum against plain forward passes. */
class BatchSwitchTest {
  private static final List<Integer> WIDTHS = List.of(4, 5, 3, 3);

  @Test
  void reproducesTheReferenceNumbers() throws Exception {
    JsonNode vectors;
    try (InputStream in = getClass().getResourceAsStream("/vectors/bulk-boundary.json")) {
      vectors = new ObjectMapper().readTree(in);
    }
    Chain chain =
        new Chain(List.of(2, 3, 3, 2), new Activation.Tanh(), true, OutputLoss.SQUARED_ERROR);
    List<LayerVector> layers = new ArrayList<>();
    for (JsonNode layer : vectors.get("params")) {
      layers.add(new LayerVector(matrix(layer.get("W")), row(layer.get("b"))));
    }
    BatchSwitch found =
        BatchSwitch.between(
            chain,
            new Loss.SquaredError(),
            layers,
            batch(vectors, "X", "Y", 0),
            batch(vectors, "X_next", "Y_next", 1));
    JsonNode want = vectors.get("switch_at_fixed_theta");
    compare(want.get("J"), found.current());
    compare(want.get("mask_work"), found.maskWork());
    assertEquals(want.get("label_work").asDouble(), found.targetWork(), 1e-13);
    assertEquals(want.get("dl").asDouble(), sum(found), 1e-13);
  }

  private static BatchSwitch.Masked batch(JsonNode vectors, String x, String y, int parity) {
    List<double[][]> masks = new ArrayList<>();
    for (JsonNode mask : vectors.get("masks").get(parity)) {
      masks.add(mask.isNull() ? new double[0][] : matrix(mask));
    }
    return new BatchSwitch.Masked(matrix(vectors.get(x)), matrix(vectors.get(y)), masks);
  }

  private static double sum(BatchSwitch found) {
    double sum = found.current()[0] + found.targetWork();
    for (double work : found.maskWork()) {
      sum += work;
    }
    return sum;
  }

  /** Whatever is switched, the parts add up to the jump of the loss, and re-pairing keeps it. */
  @Test
  void thePartsAddUp() {
    for (Activation activation :
        List.of(new Activation.Tanh(), Activation.relu(), new Activation.Gelu())) {
      for (Loss loss :
          List.of(new Loss.SquaredError(), new Loss.CrossEntropy(), new Loss.Logistic())) {
        for (long seed = 0; seed < 20; seed++) {
          SplittableRandom random = new SplittableRandom(seed);
          Chain chain = new Chain(WIDTHS, activation, seed % 2 == 0, OutputLoss.OFF);
          List<LayerVector> layers = new ArrayList<>();
          for (int m = 0; m < 3; m++) {
            double[][] w = random(random, WIDTHS.get(m + 1), WIDTHS.get(m));
            layers.add(new LayerVector(w, random(random, 1, WIDTHS.get(m + 1))[0]));
          }
          BatchSwitch.Masked before = drawn(random, loss);
          BatchSwitch.Masked after = drawn(random, loss);
          double jump = loss(chain, loss, layers, after) - loss(chain, loss, layers, before);
          BatchSwitch found = BatchSwitch.between(chain, loss, layers, before, after);
          assertEquals(jump, sum(found), 1e-12 * (1 + Math.abs(jump)));
          BatchSwitch nothing = BatchSwitch.between(chain, loss, layers, before, before);
          assertEquals(0, sum(nothing));
        }
      }
    }
  }

  private static BatchSwitch.Masked drawn(SplittableRandom random, Loss loss) {
    double[][] targets = random(random, 2, 3);
    if (loss instanceof Loss.CrossEntropy) {
      targets = new double[][] {{0.2, 0.3, 0.5}, {0, 0, 0}};
      targets[1][random.nextInt(3)] = 1;
    }
    List<double[][]> masks = new ArrayList<>();
    masks.add(new double[0][]);
    for (int m = 1; m < 3; m++) {
      double[][] mask = new double[2][WIDTHS.get(m)];
      for (double[] row : mask) {
        for (int i = 0; i < row.length; i++) {
          row[i] = random.nextDouble() < 0.3 ? 0 : 1 / 0.7;
        }
      }
      masks.add(mask);
    }
    return new BatchSwitch.Masked(random(random, 2, 4), targets, masks);
  }

  private static double loss(
      Chain chain, Loss loss, List<LayerVector> layers, BatchSwitch.Masked batch) {
    double sum = 0;
    for (int a = 0; a < 2; a++) {
      double[] z = batch.inputs()[a];
      for (int m = 0; m < 3; m++) {
        double[] s = chain.sigma(m, z);
        for (int i = 0; i < s.length && batch.masks().get(m).length > 0; i++) {
          s[i] *= batch.masks().get(m)[a][i];
        }
        z = layers.get(m).apply(s);
      }
      sum += value(loss, z, batch.targets()[a]) / 2;
    }
    return sum;
  }

  private static double value(Loss loss, double[] z, double[] y) {
    return switch (loss) {
      case Loss.SquaredError _ -> OutputLoss.SQUARED_ERROR.value(z, y);
      case Loss.CrossEntropy _ -> OutputLoss.CROSS_ENTROPY.value(z, y);
      case Loss.Logistic _ -> {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
          sum += Math.log1p(Math.exp(z[i])) - y[i] * z[i];
        }
        yield sum;
      }
    };
  }

  private static double[][] random(SplittableRandom random, int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return values;
  }

  private static double[][] matrix(JsonNode rows) {
    double[][] values = new double[rows.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = row(rows.get(i));
    }
    return values;
  }

  private static double[] row(JsonNode numbers) {
    double[] values = new double[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).asDouble();
    }
    return values;
  }

  private static void compare(JsonNode want, double[] found) {
    assertEquals(want.size(), found.length);
    for (int i = 0; i < found.length; i++) {
      assertEquals(want.get(i).asDouble(), found[i], 1e-13);
    }
  }
}
