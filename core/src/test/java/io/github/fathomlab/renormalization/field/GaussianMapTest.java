package io.github.fathomlab.renormalization.field;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static io.github.fathomlab.renormalization.field.FieldVectors.assertExact;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.renormalization.field.GaussianMap.BlockAverage;
import io.github.fathomlab.renormalization.field.GaussianMap.Decimation;
import io.github.fathomlab.renormalization.field.GaussianMap.MomentumShell;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GaussianMapTest {

  static List<JsonNode> chains() {
    return FieldVectors.rows("ar1_rg");
  }

  @ParameterizedTest
  @MethodSource("chains")
  void decimation(JsonNode vector) {
    int b = field(vector, "b").intValue();
    GaussianChain chain = new GaussianChain(number(vector, "phi"), number(vector, "sigma2"));
    double[] eta = numbers(field(vector, "eta"));
    assertExact(eta[0], chain.naturalParameters().product(), "eta1");
    assertExact(eta[1], chain.naturalParameters().square(), "eta2");
    BlockedChain decimated = new Decimation(b).apply(BlockedChain.of(chain));
    assertExact(number(vector, "phi_dec"), decimated.ratio(), "phi");
    assertExact(number(vector, "phi_dec"), decimated.correlation(1), "rho");
    eta = numbers(field(vector, "eta_dec"));
    var found = new GaussianChain(decimated.ratio(), decimated.variance()).naturalParameters();
    assertExact(eta[0], found.product(), "eta1 decimated");
    assertExact(eta[1], found.square(), "eta2 decimated");
    double[] flow = numbers(field(vector, "flow"));
    List<BlockedChain> steps = new Decimation(b).flow(chain, flow.length - 1);
    for (int n = 0; n < flow.length; n++) {
      // The rounding of phi itself grows b^n times.
      double tolerance = flow[n] * (1e-13 + Math.ulp(1.0) * Math.pow(b, n)) + Double.MIN_VALUE;
      assertEquals(flow[n], steps.get(n).ratio(), tolerance, "step " + n);
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void blockAverages(JsonNode vector) {
    int b = field(vector, "b").intValue();
    GaussianChain chain = new GaussianChain(number(vector, "phi"), number(vector, "sigma2"));
    BlockedChain blocks = new BlockAverage(b).apply(BlockedChain.of(chain));
    assertExact(number(vector, "block_avg_var"), blocks.variance(), "variance");
    assertExact(number(vector, "block_avg_rho1"), blocks.correlation(1), "rho");
    double ratio = number(vector, "block_avg_lag_ratio");
    assertExact(ratio, blocks.covariance(2) / blocks.covariance(1), "ratio");
    double limit = number(vector, "block_avg_var_limit");
    assertExact(limit, blocks.zeroMomentum(), "S(0)");
    List<BlockedChain> flow = new BlockAverage(b).flow(chain, 12);
    assertEquals(limit, flow.getLast().variance(), 2 * limit * limit / Math.pow(b, 12));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void momentumShell(JsonNode vector) {
    int b = field(vector, "b").intValue();
    GaussianChain chain = new GaussianChain(number(vector, "phi"), number(vector, "sigma2"));
    assertExact(number(vector, "g"), chain.stiffness(), "g");
    BlockedChain shell = new MomentumShell(b).apply(BlockedChain.of(chain));
    assertExact(number(vector, "phi_shell"), shell.ratio(), "phi");
    GaussianChain next = new GaussianChain(shell.ratio(), shell.variance());
    assertExact(number(vector, "g_shell"), next.stiffness(), "g'");
    assertExact(BlockedChain.of(chain).zeroMomentum(), shell.zeroMomentum(), "S(0)");
  }

  @Test
  void blocksOfACovarianceMatrixSummedByHand() {
    for (double phi : new double[] {-0.6, 0, 0.35, 0.97}) {
      GaussianChain chain = new GaussianChain(phi, 1.7);
      for (int b = 2; b < 7; b++) {
        BlockedChain blocks = new BlockAverage(b).apply(BlockedChain.of(chain));
        for (int m = 0; m < 4; m++) {
          double sum = 0;
          for (int i = 0; i < b; i++) {
            for (int j = 0; j < b; j++) {
              sum += chain.covariance(m * b + j - i) / b;
            }
          }
          assertEquals(sum, blocks.covariance(m), 1e-13 * b);
        }
      }
    }
  }

  @Test
  void twoStepsOfTwoAreOneOfFour() {
    for (double phi : new double[] {-0.3, 0, 0.2, 0.8}) {
      BlockedChain start = BlockedChain.of(new GaussianChain(phi, 2));
      assertSame(
          new Decimation(4).apply(start), new Decimation(2).apply(new Decimation(2).apply(start)));
      assertSame(
          new BlockAverage(4).apply(start),
          new BlockAverage(2).apply(new BlockAverage(2).apply(start)));
      assertSame(
          new MomentumShell(4).apply(start),
          new MomentumShell(2).apply(new MomentumShell(2).apply(start)));
    }
  }

  private static void assertSame(BlockedChain expected, BlockedChain found) {
    assertEquals(expected.variance(), found.variance(), 1e-13);
    assertEquals(expected.neighbour(), found.neighbour(), 1e-13);
    assertEquals(expected.ratio(), found.ratio(), 1e-13);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void eigenvaluesAreTheSlopesOfTheMaps(int b) {
    double small = 1e-7;
    for (GaussianMap map : List.of(new Decimation(b), new BlockAverage(b), new MomentumShell(b))) {
      for (FixedPoint point : map.fixedPoints()) {
        boolean covariance = point.coordinate().equals("neighbour covariance");
        BlockedChain near =
            covariance
                ? new BlockedChain(1, small, 0)
                : BlockedChain.of(new GaussianChain(Math.abs(point.value() - small), 1));
        BlockedChain next = map.apply(near);
        double distance = covariance ? next.neighbour() : Math.abs(point.value() - next.ratio());
        assertEquals(point.eigenvalue(), distance / small, 1e-5 * b, map + " " + point);
        assertEquals(point.eigenvalue(), Math.pow(b, point.exponent()), 1e-12 * b);
        assertEquals(point.value() == 0, point.stable());
      }
    }
  }

  @Test
  void lengthsShrinkLinearly() {
    BlockedChain step = new Decimation(3).flow(new GaussianChain(0.999, 1), 1).getLast();
    assertEquals(3 * -Math.log(0.999), -Math.log(step.ratio()), 1e-15);
  }

  @Test
  void mapsThatDoNotApply() {
    assertThrows(IllegalArgumentException.class, () -> new Decimation(1));
    assertThrows(IllegalArgumentException.class, () -> new BlockAverage(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Decimation(2).flow(new GaussianChain(0.5, 1), -1));
    BlockedChain blocks = new BlockAverage(2).apply(BlockedChain.of(new GaussianChain(0.5, 1)));
    Exception refusal =
        assertThrows(IllegalArgumentException.class, () -> new MomentumShell(2).apply(blocks));
    assertTrue(String.valueOf(refusal.getMessage()).contains("block averages"));
    assertThrows(IllegalArgumentException.class, () -> new BlockedChain(1, 2, 0.5));
  }

  @Test
  void whiteNoiseStaysWhite() {
    GaussianChain white = new GaussianChain(0, 4);
    for (GaussianMap map : List.of(new Decimation(2), new BlockAverage(2), new MomentumShell(2))) {
      for (BlockedChain step : map.flow(white, 3)) {
        assertEquals(new BlockedChain(4, 0, 0), step);
      }
    }
  }
}
