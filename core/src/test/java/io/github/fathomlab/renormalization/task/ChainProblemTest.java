package io.github.fathomlab.renormalization.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Targets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChainProblemTest {
  private static final ChainLaw ISING = new ChainLaw.Ising(0.8, 0);
  private static final int COUNT = 40_000;

  private static double[][] drawn(ChainProblem problem, long key, int count) {
    Kernels kernels = Kernels.of(Precision.FLOAT64);
    Matrix input = kernels.zeros(problem.window(), count);
    Matrix targets = kernels.zeros(problem.outputs(), count);
    problem.draw(key, input, targets);
    return new double[][] {input.toArray(), targets.toArray()};
  }

  /** E[x_i y] of input site i and output 0. */
  private static double moment(double[][] drawn, int site, int output) {
    int count = COUNT;
    double sum = 0;
    for (int j = 0; j < count; j++) {
      sum += drawn[0][site * count + j] * drawn[1][output * count + j];
    }
    return sum / count;
  }

  @Test
  void theNextSiteFollowsTheLast() {
    double t = Math.tanh(0.8);
    double[][] right =
        drawn(new ChainProblem(ISING, 4, new BlockTask.Environment(2, false), 0), 1, COUNT);
    assertEquals(t * t, moment(right, 3, 0), 0.02);
    assertEquals(Math.pow(t, 5), moment(right, 0, 0), 0.02);
    double[][] both =
        drawn(new ChainProblem(ISING, 4, new BlockTask.Environment(1, true), 0), 1, COUNT);
    assertEquals(t, moment(both, 3, 0), 0.02);
    assertEquals(t, moment(both, 0, 1), 0.02);
    assertEquals(Math.pow(t, 4), moment(both, 3, 1), 0.02);
  }

  @Test
  void shuffledTargetsKnowNothingOfTheirBlock() {
    for (BlockTask task :
        List.of(
            new BlockTask.Environment(1, false),
            new BlockTask.Majority(),
            new BlockTask.Reconstruction())) {
      double[][] own = drawn(new ChainProblem(ISING, 5, task, 0), 3, COUNT);
      double[][] foreign = drawn(new ChainProblem(ISING, 5, task, 1), 3, COUNT);
      double[][] half = drawn(new ChainProblem(ISING, 5, task, 0.5), 3, COUNT);
      assertTrue(moment(own, 4, 0) > 0.1);
      assertEquals(0, moment(foreign, 4, 0), 0.02);
      assertEquals(moment(own, 4, 0) / 2, moment(half, 4, 0), 0.03);
      assertArrayEquals(own[0], foreign[0], "blocks are the same");
    }
  }

  @Test
  void thermometersSeeBothCouplingsInEqualShares() {
    BlockTask task = new BlockTask.Thermometer(0.3);
    double[][] own = drawn(new ChainProblem(new ChainLaw.Ising(1, 0), 2, task, 0), 5, COUNT);
    double[][] foreign = drawn(new ChainProblem(new ChainLaw.Ising(1, 0), 2, task, 1), 5, COUNT);
    assertEquals(0.5, Arrays.stream(own[1]).average().orElseThrow(), 0.01);
    assertEquals(0.5, Arrays.stream(foreign[1]).average().orElseThrow(), 0.01);
    assertEquals(Math.tanh(1), bond(own, 1), 0.02);
    assertEquals(Math.tanh(0.3), bond(own, 0), 0.02);
    double mixed = (Math.tanh(1) + Math.tanh(0.3)) / 2;
    assertEquals(mixed, bond(foreign, 1), 0.02);
    assertEquals(mixed, bond(foreign, 0), 0.02);
  }

  private static double bond(double[][] drawn, double label) {
    double sum = 0;
    int count = 0;
    for (int j = 0; j < COUNT; j++) {
      if (drawn[1][j] == label) {
        sum += drawn[0][j] * drawn[0][COUNT + j];
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void drawsAreAFunctionOfTheirKey() {
    ChainProblem problem = new ChainProblem(ISING, 4, new BlockTask.Environment(1, false), 0);
    assertArrayEquals(drawn(problem, 9, 50)[0], drawn(problem, 9, 50)[0]);
    assertFalse(Arrays.equals(drawn(problem, 9, 50)[0], drawn(problem, 10, 50)[0]));
    Dataset sample = problem.sample("chain", 64, 2);
    assertEquals(64, sample.size());
    assertEquals(1, ((Targets.Values) sample.targets()).width());
  }

  record Unfit(ChainLaw law, int window, BlockTask task, String word) {}

  static List<Unfit> unfit() {
    BlockTask next = new BlockTask.Environment(1, false);
    return List.of(
        new Unfit(ISING, 1, next, "at least 2 sites"),
        new Unfit(ISING, 4, new BlockTask.Environment(0, false), "at least 1 site away"),
        new Unfit(ISING, 4, new BlockTask.Environment(2, true), "at a distance of 1"),
        new Unfit(new ChainLaw.Ising(-0.4, 0), 4, new BlockTask.Environment(1, true), "above 0"),
        new Unfit(new ChainLaw.Gaussian(-0.4), 4, new BlockTask.Reconstruction(), "above 0"),
        new Unfit(ISING, 4, new BlockTask.Majority(), "odd number"),
        new Unfit(new ChainLaw.Gaussian(0.5), 3, new BlockTask.Majority(), "odd number"),
        new Unfit(ISING, 4, new BlockTask.Thermometer(0.8), "two different"),
        new Unfit(new ChainLaw.Quartic(-1, 0.5, 0.6), 4, new BlockTask.Thermometer(0.3), "quartic"),
        new Unfit(new ChainLaw.Ising(1, 0.1), 4, new BlockTask.Reconstruction(), "without a field"),
        new Unfit(new ChainLaw.Gaussian(1), 4, next, "between -1 and 1"),
        new Unfit(new ChainLaw.Ising(Double.NaN, 0), 4, next, "Ising chain needs"),
        new Unfit(new ChainLaw.Quartic(-1, 0, 0.6), 4, next, "theta4"));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void whatMakesNoProblemIsRefusedInOneSentence(Unfit unfit) {
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ChainProblem(unfit.law, unfit.window, unfit.task, 0));
    assertTrue(String.valueOf(refused.getMessage()).contains(unfit.word), refused::getMessage);
  }

  @Test
  void aShareOfShufflesIsAShare() {
    BlockTask next = new BlockTask.Environment(1, false);
    assertThrows(IllegalArgumentException.class, () -> new ChainProblem(ISING, 4, next, 1.5));
    assertThrows(
        IllegalArgumentException.class, () -> new ChainProblem(ISING, 4, next, Double.NaN));
  }

  @Test
  void aBottleneckIsNarrowerThanTheBlockAndOfOneUnitForBothNeighbours() {
    ChainProblem block = new ChainProblem(ISING, 4, new BlockTask.Reconstruction(), 0);
    ChainProblem both = new ChainProblem(ISING, 4, new BlockTask.Environment(1, true), 0);
    ChainProblem next = new ChainProblem(ISING, 4, new BlockTask.Environment(1, false), 0);
    block.requireBottleneck(List.of(8, 2, 8));
    both.requireBottleneck(List.of(16, 1));
    next.requireBottleneck(List.of());
    assertThrows(IllegalArgumentException.class, () -> block.requireBottleneck(List.of(100)));
    assertThrows(IllegalArgumentException.class, () -> block.requireBottleneck(List.of()));
    assertThrows(IllegalArgumentException.class, () -> both.requireBottleneck(List.of(16, 2)));
    assertThrows(IllegalArgumentException.class, () -> both.requireBottleneck(List.of(16, 1, 16)));
    assertEquals(1, ChainProblem.bottleneck(List.of(8, 2, 2, 8)));
  }
}
