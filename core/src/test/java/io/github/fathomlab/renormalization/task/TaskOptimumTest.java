package io.github.fathomlab.renormalization.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.renormalization.block.Thermometer;
import io.github.fathomlab.renormalization.block.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskOptimumTest {
  private static final ChainLaw ISING = new ChainLaw.Ising(0.8, 0);

  static List<ChainProblem> scalarProblems() {
    return List.of(
        new ChainProblem(new ChainLaw.Ising(1, 0), 8, new BlockTask.Thermometer(0.3), 0),
        new ChainProblem(new ChainLaw.Ising(1, 0.1), 8, new BlockTask.Thermometer(0.3), 0),
        new ChainProblem(ISING, 5, new BlockTask.Environment(1, false), 0),
        new ChainProblem(new ChainLaw.Ising(0.5, 0.2), 4, new BlockTask.Environment(2, false), 0),
        new ChainProblem(ISING, 5, new BlockTask.Majority(), 0));
  }

  private static Blocks enumerated(ChainProblem problem) {
    ChainLaw.Ising law = (ChainLaw.Ising) problem.law();
    Window window = Window.inField(problem.window(), law.coupling(), law.field());
    return Blocks.enumerated(problem.chain(), window);
  }

  @ParameterizedTest
  @MethodSource("scalarProblems")
  void theFeatureOfTheOptimumHasThePredictedCorrelation(ChainProblem problem) {
    Blocks blocks = enumerated(problem);
    TaskOptimum optimum = new TaskOptimum(problem, 1);
    double[] best = optimum.answers(blocks)[0];
    SectorFeature feature = SectorFeature.of(problem.chain(), blocks, best, best);
    assertEquals(optimum.correlation(blocks).orElseThrow(), feature.correlation(), 1e-12);
  }

  @Test
  void aThermometerInAFieldIsNotAtTheFixedPoint() {
    ChainProblem problem = scalarProblems().get(1);
    double rho = new TaskOptimum(problem, 1).correlation(enumerated(problem)).orElseThrow();
    assertEquals(0.11308, rho, 5e-5);
  }

  @ParameterizedTest
  @MethodSource("scalarProblems")
  void theBestAnswersHaveNoExcessAndOthersHaveSome(ChainProblem problem) {
    Blocks blocks = enumerated(problem);
    TaskOptimum optimum = new TaskOptimum(problem, 1);
    SolvedChain other = problem.other();
    Blocks others = null;
    if (other != null && problem.law() instanceof ChainLaw.Ising(double _, double field)) {
      others = Blocks.enumerated(other, Window.inField(problem.window(), 0.3, field));
    }
    for (double factor : new double[] {1, 0.8, -1}) {
      double excess =
          optimum.excess(
              scaled(optimum, blocks, factor),
              others == null ? null : scaled(optimum, others, factor));
      if (factor == 1) {
        assertEquals(0, excess, 1e-15);
      } else {
        assertTrue(excess > 1e-4, () -> "excess " + excess);
      }
    }
  }

  private static BlockAnswers scaled(TaskOptimum optimum, Blocks blocks, double factor) {
    double[][] best = optimum.answers(blocks);
    double[][] given = optimum.answers(blocks);
    for (int j = 0; j < blocks.count(); j++) {
      given[0][j] *= factor;
    }
    return new BlockAnswers(blocks, given, best);
  }

  @Test
  void aThermometerThatKnowsNothingLosesWhatBayesWins() {
    ChainProblem problem = scalarProblems().getFirst();
    Blocks own = enumerated(problem);
    Blocks others = Blocks.enumerated(problem.chain(), Window.of(8, 0.3));
    TaskOptimum optimum = new TaskOptimum(problem, 1);
    double excess = optimum.excess(scaled(optimum, own, 0), scaled(optimum, others, 0));
    assertEquals(Math.log(2) - Thermometer.optimum(8, 0.3, 1).loss(), excess, 1e-12);
    assertEquals(0.466809, Thermometer.optimum(8, 0.3, 1).loss(), 1e-6);
  }

  @Test
  void aSampledGaussianThermometerComesToItsClosedForm() {
    ChainProblem problem =
        new ChainProblem(new ChainLaw.Gaussian(0.8), 4, new BlockTask.Thermometer(0.3), 0);
    Blocks blocks = Blocks.sampled(problem.chain(), 4, 200_000, 1);
    TaskOptimum optimum = new TaskOptimum(problem, 1);
    double[] best = optimum.answers(blocks)[0];
    SectorFeature feature = SectorFeature.of(problem.chain(), blocks, best, best);
    double exact = optimum.correlation(blocks).orElseThrow();
    assertEquals(0.0855137, exact, 1e-7);
    assertEquals(exact, feature.correlation(), 4 * feature.error());
    assertEquals(Math.pow(0.8, 8), feature.lagRatio(), 0.01);
  }

  @Test
  void aQuarticEnvironmentIsNearlyTheFirstSector() {
    ChainLaw law = new ChainLaw.Quartic(-1, 0.5, 0.6);
    double[] published = {0.2822, 0.0797};
    for (int i = 0; i < 2; i++) {
      int sites = 2 + 2 * i;
      ChainProblem problem = new ChainProblem(law, sites, new BlockTask.Environment(1, false), 0);
      Blocks blocks = Blocks.sampled(problem.chain(), sites, 100_000, 2);
      TaskOptimum optimum = new TaskOptimum(problem, 1);
      double exact = optimum.correlation(blocks).orElseThrow();
      assertEquals(published[i], exact, 5e-4);
      double[] best = optimum.answers(blocks)[0];
      SectorFeature feature = SectorFeature.of(problem.chain(), blocks, best, best);
      assertEquals(exact, feature.correlation(), 4 * feature.error());
    }
  }

  @Test
  void bothNeighboursThroughOneUnit() {
    for (int sites : new int[] {2, 4, 8}) {
      ChainProblem problem = new ChainProblem(ISING, sites, new BlockTask.Environment(1, true), 0);
      Blocks blocks = enumerated(problem);
      TaskOptimum optimum = new TaskOptimum(problem, 1);
      double[] sum = new double[blocks.count()];
      double[][] given = new double[2][blocks.count()];
      double t = Math.tanh(0.8);
      for (int j = 0; j < sum.length; j++) {
        double[] block = blocks.block(j);
        sum[j] = block[0] + block[sites - 1];
        given[0][j] = t / 2 * sum[j];
        given[1][j] = t / 2 * sum[j];
      }
      SectorFeature feature = SectorFeature.of(problem.chain(), blocks, sum, sum);
      assertEquals(optimum.correlation(blocks).orElseThrow(), feature.correlation(), 1e-12);
      BlockAnswers answers = new BlockAnswers(blocks, given, optimum.answers(blocks));
      assertEquals(0, optimum.excess(answers, null), 1e-12);
    }
  }

  @Test
  void reconstructionsKeepTheLowestMomenta() {
    ChainProblem problem = new ChainProblem(ISING, 10, new BlockTask.Reconstruction(), 0);
    Blocks blocks = enumerated(problem);
    double[] published = {0.6001, 0.3088, 0.1187};
    int[] kept = {5, 2, 1};
    for (int i = 0; i < kept.length; i++) {
      TaskOptimum optimum = new TaskOptimum(problem, kept[i]);
      assertEquals(published[i], optimum.correlation(blocks).orElseThrow(), 5e-5);
      double[][] best = optimum.answers(blocks);
      assertEquals(0, optimum.excess(new BlockAnswers(blocks, best, best), null), 0);
      double[][] zero = new double[10][blocks.count()];
      double excess = optimum.excess(new BlockAnswers(blocks, zero, best), null);
      double least = optimum.modes().loss(kept[i]);
      assertEquals((10 - least) / least, excess, 1e-9);
    }
  }

  @Test
  void otherRulesAreNamedBesideTheOwn() {
    ChainProblem problem = new ChainProblem(ISING, 3, new BlockTask.Environment(1, false), 0);
    var rules = new TaskOptimum(problem, 1).rules();
    List<String> shown =
        rules.entrySet().stream()
            .map(rule -> "%s %.4f".formatted(rule.getKey(), rule.getValue()))
            .toList();
    assertEquals("decimation 0.2928", shown.get(0));
    assertEquals("majority 0.3447", shown.get(1));
    assertEquals("block sum 0.4500", shown.get(2));
    assertEquals("momentum shell 0.4457", shown.get(3));
  }
}
