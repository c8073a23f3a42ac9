package io.github.fathomlab.coarsegraining.markov;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTaskTest {
  private static final double ROUNDING = 1e-12;

  /** All sequences, all masks: what is seen is a string, its posterior a count of probability. */
  private static double enumerated(double[][] p, double rate, int length, int position) {
    int v = p.length;
    double[] pi = MarkovChain.of(p).stationary();
    Map<String, double[]> seen = new HashMap<>();
    for (int code = 0; code < Math.pow(v, length); code++) {
      int[] states = new int[length];
      int rest = code;
      double probability = 1;
      for (int t = 0; t < length; t++) {
        states[t] = rest % v;
        rest /= v;
        probability *= t == 0 ? pi[states[0]] : p[states[t - 1]][states[t]];
      }
      for (int mask = 0; mask < 1 << length; mask++) {
        if ((mask >> position & 1) == 1) {
          StringBuilder sight = new StringBuilder();
          double weight = probability / rate;
          for (int t = 0; t < length; t++) {
            boolean hidden = (mask >> t & 1) == 1;
            weight *= hidden ? rate : 1 - rate;
            sight.append(hidden ? "?" : states[t]);
          }
          seen.computeIfAbsent(sight.toString(), _ -> new double[v])[states[position]] += weight;
        }
      }
    }
    double loss = 0;
    for (double[] cell : seen.values()) {
      double weight = Arrays.stream(cell).sum();
      for (double q : cell) {
        loss -= q > 0 ? q * Math.log(q / weight) : 0;
      }
    }
    return loss;
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 0.15", "2, 3, 0.15", "3, 3, 0.6", "4, 2, 0.9"})
  void theLossIsThatOfAllSequencesAndMasks(int seed, int states, double rate) {
    double[][] p = MarkovChainTest.random(seed, states);
    MaskedLoss loss = new MaskedLoss(MarkovChain.of(p), rate);
    int length = 5;
    double mean = 0;
    for (int t = 0; t < length; t++) {
      double expected = enumerated(p, rate, length, t);
      assertEquals(expected, loss.window(t, length - 1 - t), ROUNDING);
      mean += expected / length;
    }
    assertEquals(mean, loss.sequence(length), ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 1, 0.15", "2, 3, 2, 0.15", "3, 2, 4, 0.5", "4, 5, 2, 0.8"})
  void enumeratedWindowsHaveTheLossOfTheFormula(int seed, int states, int width, double rate) {
    MarkovChain chain = MarkovChain.of(MarkovChainTest.random(seed, states));
    WindowTask task = new WindowTask(chain, Masking.plain(rate), width);
    assertEquals(new MaskedLoss(chain, rate).window(width, width), task.bayesLoss(), ROUNDING);
  }

  @Test
  void theLossOfPeriodicAndDeterministicChainsIsExact() {
    double[][] circle = {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
    MaskedLoss loss = new MaskedLoss(MarkovChain.of(circle), 0.25);
    // any state seen tells all
    assertEquals(Math.log(3) * Math.pow(0.25, 5), loss.window(2, 3), ROUNDING);
    assertEquals(enumerated(circle, 0.25, 4, 1), loss.window(1, 2), ROUNDING);
    assertEquals(Math.log(3), loss.window(0, 0), ROUNDING);
    assertEquals(Math.log(3), loss.blind(), ROUNDING);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void moreToSeeNeverHurtsAndTheOrderOfStatesDoesNotMatter(int seed) {
    double[][] p = MarkovChainTest.random(seed, 5);
    MarkovChain chain = MarkovChain.of(p);
    MaskedLoss loss = new MaskedLoss(chain, 0.3);
    for (int l = 0; l < 6; l++) {
      for (int r = 0; r < 6; r++) {
        assertTrue(loss.window(l + 1, r) <= loss.window(l, r) + ROUNDING);
        assertTrue(loss.window(l, r + 1) <= loss.window(l, r) + ROUNDING);
      }
    }
    double[][] other = MarkovChainTest.permuted(p, MarkovChainTest.shuffled(seed, 5));
    MarkovChain moved = MarkovChain.of(other);
    assertEquals(loss.sequence(9), new MaskedLoss(moved, 0.3).sequence(9), ROUNDING);
    RelevantSubspace before = RelevantSubspace.of(new WindowTask(chain, Masking.plain(0.3), 1));
    RelevantSubspace after = RelevantSubspace.of(new WindowTask(moved, Masking.plain(0.3), 1));
    assertEquals(before.rank(), after.rank(), 1e-11);
    assertArrayEquals(before.singularValues(), after.singularValues(), 1e-11);
  }

  @Test
  void masksOfOneKindAloneAreThePlainOnes() {
    MarkovChain chain = new ChainFamily.Hierarchical(4, 2, 3).chain();
    Masking always = new Masking(0.15, 1, 0);
    assertEquals(
        new WindowTask(chain, Masking.plain(0.15), 1).bayesLoss(),
        new WindowTask(chain, always, 1).bayesLoss());
    // shown as it is, a state needs no guess but for the doubt whether it is random
    assertEquals(0, new WindowTask(chain, new Masking(0.15, 0, 0), 1).bayesLoss(), ROUNDING);
    MaskedLoss blind = new MaskedLoss(chain, 0.15);
    Masking random = new Masking(0.15, 0, 1);
    double loss = new WindowTask(chain, random, 1).bayesLoss();
    assertTrue(loss > blind.window(1, 1) && loss < blind.blind(), "loss " + loss);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.15", "2, 0.4"})
  void contextsAreThoseOfTheSpecification(int seed, double rate) {
    int v = 3;
    double[][] p = MarkovChainTest.random(seed, v);
    double[] pi = MarkovChain.of(p).stationary();
    WindowTask task = new WindowTask(MarkovChain.of(p), Masking.plain(rate), 1);
    for (int l = 0; l <= v; l++) {
      for (int r = 0; r <= v; r++) {
        for (int k = 0; k < v; k++) {
          double left = l < v ? (1 - rate) * pi[l] * p[l][k] : rate * pi[k];
          double right = r < v ? (1 - rate) * p[k][r] : rate;
          assertEquals(left * right, task.joint(l, r, k), ROUNDING);
        }
      }
    }
    WeightedContexts all = task.contexts();
    assertEquals(64, all.size());
    assertEquals(1, Arrays.stream(all.weights()).sum(), ROUNDING);
    for (int i = 0; i < all.size(); i++) {
      int[] s = all.symbols().get(i);
      double expected =
          s[1] == v ? rate * task.weight(s[0], s[2]) : (1 - rate) * task.joint(s[0], s[2], s[1]);
      assertEquals(expected, all.weights()[i], ROUNDING);
    }
    assertEquals(16, all.masked().size());
    assertEquals(48, all.unmasked().size());
    assertEquals(1, Arrays.stream(all.masked().weights()).sum(), ROUNDING);
    assertEquals(all.weights()[3] / rate, all.masked().weights()[0], ROUNDING);
  }

  @Test
  void impossibleContextsAreLeftOut() {
    MarkovChain circle = MarkovChain.of(new double[][] {{0, 1}, {1, 0}});
    WindowTask task = new WindowTask(circle, Masking.plain(0.5), 1);
    // of 27 those in which every two states that are seen fit together
    assertEquals(15, task.contexts().size());
    assertEquals(Status.NOT_FINITE, RelevantSubspace.of(task).status());
    assertEquals(0, RelevantSubspace.of(task).basis().length);
  }

  @Test
  void independentStatesHaveNothingRelevant() {
    double[][] rows = {{0.2, 0.5, 0.3}, {0.2, 0.5, 0.3}, {0.2, 0.5, 0.3}};
    WindowTask task = new WindowTask(MarkovChain.of(rows), Masking.plain(0.15), 1);
    RelevantSubspace relevant = RelevantSubspace.of(task);
    assertEquals(Status.OK, relevant.status());
    assertEquals(0, relevant.rank());
    assertEquals(0, relevant.basis().length);
  }

  @ParameterizedTest
  @CsvSource({"8, 2, 1", "8, 4, 3", "6, 3, 2"})
  void blocksHaveOneDirectionLessThanGroups(int states, int groups, int rank) {
    MarkovChain chain = new ChainFamily.Block(states, groups, 2).chain();
    RelevantSubspace relevant = RelevantSubspace.of(new WindowTask(chain, Masking.plain(0.15), 1));
    assertEquals(rank, relevant.singularValues().length);
    assertEquals(rank, relevant.rank(), 1e-10);
  }

  @Test
  void theBasisIsOrthonormalAndHoldsTheLogPosterior() {
    WindowTask task = new WindowTask(new ChainFamily.Heat(5, 3).chain(), Masking.plain(0.15), 1);
    RelevantSubspace relevant = RelevantSubspace.of(task);
    double[] q = task.contexts().masked().weights();
    int n = relevant.contexts();
    int rank = relevant.singularValues().length;
    assertEquals(q.length, n);
    for (int a = 0; a < rank; a++) {
      double against = 0;
      for (int b = 0; b < rank; b++) {
        double product = 0;
        for (int c = 0; c < n; c++) {
          product += relevant.basis()[c * rank + a] * relevant.basis()[c * rank + b];
        }
        assertEquals(a == b ? 1 : 0, product, ROUNDING);
      }
      for (int c = 0; c < n; c++) {
        against += Math.sqrt(q[c]) * relevant.basis()[c * rank + a];
      }
      assertEquals(0, against, ROUNDING); // centred
    }
    double[] values = new double[n];
    double mean = 0;
    double squares = 0;
    for (int c = 0; c < n; c++) {
      int[] s = task.contexts().masked().symbols().get(c);
      double[] posterior = task.posterior(s[0], s[2]);
      values[c] = Math.log(posterior[0] / posterior[3]);
      mean += q[c] * values[c];
    }
    double inside = 0;
    for (int a = 0; a < rank; a++) {
      double along = 0;
      for (int c = 0; c < n; c++) {
        along += relevant.basis()[c * rank + a] * Math.sqrt(q[c]) * (values[c] - mean);
      }
      inside += along * along;
    }
    for (int c = 0; c < n; c++) {
      squares += q[c] * (values[c] - mean) * (values[c] - mean);
    }
    assertEquals(squares, inside, ROUNDING * squares);
  }

  @Test
  void refusesWhatCannotBeEnumeratedAndRatesThatAreNone() {
    MarkovChain chain = new ChainFamily.Sticky(8, 1).chain();
    Masking plain = Masking.plain(0.15);
    assertTrue(WindowTask.isEnumerable(8, 2));
    assertThrows(IllegalArgumentException.class, () -> new WindowTask(chain, plain, 5));
    assertThrows(IllegalArgumentException.class, () -> new WindowTask(chain, plain, -1));
    for (double rate : new double[] {0, 1, -0.1, 1.5, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Masking.plain(rate));
      assertThrows(IllegalArgumentException.class, () -> new MaskedLoss(chain, rate));
    }
    assertThrows(IllegalArgumentException.class, () -> new Masking(0.15, 0.8, 0.3));
    MaskedLoss loss = new MaskedLoss(chain, 0.15);
    assertThrows(IllegalArgumentException.class, () -> loss.window(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> loss.sequence(0));
  }

  @Test
  void samplesAreThoseOfTheChain() {
    double[][] p = MarkovChainTest.random(9, 4);
    p[0][3] += p[0][2];
    p[0][2] = 0;
    MarkovChain chain = MarkovChain.of(p);
    int length = 400_000;
    int[] states = new ChainSampler(chain).sample(CounterRandom.key(1, 2), length);
    double[][] counts = new double[4][4];
    double[] visits = new double[4];
    for (int t = 0; t + 1 < length; t++) {
      counts[states[t]][states[t + 1]]++;
      visits[states[t]]++;
    }
    assertEquals(0, counts[0][2]);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        double deviation = Math.sqrt(chain.probability(i, j) / visits[i]);
        assertEquals(chain.probability(i, j), counts[i][j] / visits[i], 4.5 * deviation + 1e-12);
      }
    }
    int[] piece = new ChainSampler(chain).sample(CounterRandom.key(1, 2), 1000);
    assertArrayEquals(piece, Arrays.copyOf(states, 1000));
  }

  @Test
  void everySequenceBeginsStationary() {
    MarkovChain chain = MarkovChain.of(MarkovChainTest.random(5, 3));
    ChainSampler sampler = new ChainSampler(chain);
    int sequences = 100_000;
    double[] counts = new double[3];
    for (int s = 0; s < sequences; s++) {
      counts[sampler.sample(CounterRandom.key(7, s), 1)[0]]++;
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(chain.stationary()[i], counts[i] / sequences, 4.5 / Math.sqrt(4.0 * sequences));
    }
  }

  @Test
  void inversionNeverEndsOnAStateOfProbabilityZero() {
    double[] f = ChainSampler.cumulative(new double[] {0, 0.5, 0.25, 0.25, 0, 0});
    assertEquals(1, ChainSampler.place(f, 0));
    assertEquals(3, ChainSampler.place(f, Math.nextDown(1.0)));
    assertEquals(2, ChainSampler.place(f, 0.5));
  }

  @Test
  void drawsFollowTheJointLaw() {
    int v = 3;
    MarkovChain chain = MarkovChain.of(MarkovChainTest.random(11, v));
    for (double shuffle : new double[] {0, 0.5, 1}) {
      WindowTask task = new WindowTask(chain, Masking.bert(0.4), 1, shuffle);
      List<int[]> contexts = task.chosenWindows();
      WindowPopulation population = new WindowPopulation(task, 400_000);
      Kernels k = new DoubleKernels(true);
      Matrix input = k.zeros(WindowPopulation.features(task).features(), contexts.size());
      Matrix targets = k.zeros(v, contexts.size());
      population.draw(CounterRandom.key(3), input, targets);
      for (int c = 0; c < contexts.size(); c++) {
        double[] expected = task.chosen(contexts.get(c));
        for (int t = 0; t < v; t++) {
          double deviation = Math.sqrt(expected[t] / 400_000);
          double found = targets.get(t, c) / contexts.size();
          assertEquals(expected[t], found, 4.5 * deviation + 3.0 / 400_000);
        }
      }
    }
  }

  @Test
  void shuffledTargetsTellNothing() {
    MarkovChain chain = MarkovChain.of(MarkovChainTest.random(12, 4));
    WindowTask task = new WindowTask(chain, Masking.plain(0.15), 1, 1);
    assertEquals(chain.entropy(), task.bayesLoss(), ROUNDING);
    double half = new WindowTask(chain, Masking.plain(0.15), 1, 0.5).bayesLoss();
    assertTrue(half < task.bayesLoss());
    assertTrue(half > new WindowTask(chain, Masking.plain(0.15), 1).bayesLoss());
    assertThrows(
        IllegalArgumentException.class, () -> new WindowTask(chain, Masking.plain(0.15), 1, 1.5));
  }

  @Test
  void withoutNeighboursThereIsOneContext() {
    MarkovChain chain = MarkovChain.of(MarkovChainTest.random(13, 5));
    WindowTask task = new WindowTask(chain, Masking.plain(0.2), 0);
    assertEquals(1, task.chosenWindows().size());
    assertEquals(6, task.contexts().size());
    assertEquals(chain.entropy(), task.bayesLoss(), ROUNDING);
    assertEquals(0, RelevantSubspace.of(task).rank());
  }

  @Test
  void batchesAreOneHotAndAFunctionOfTheKey() {
    WindowTask task = new WindowTask(new ChainFamily.Sticky(3, 2).chain(), Masking.plain(0.3), 2);
    WindowPopulation population = new WindowPopulation(task, 40);
    Kernels k = new DoubleKernels(true);
    List<int[]> contexts = task.chosenWindows();
    Matrix input = k.zeros(25, contexts.size());
    Matrix targets = k.zeros(3, contexts.size());
    input.fill(7);
    targets.fill(7);
    population.draw(CounterRandom.key(4), input, targets);
    double counted = 0;
    for (int j = 0; j < contexts.size(); j++) {
      for (int f = 0; f < 25; f++) {
        assertEquals(contexts.get(j)[f / 5] == f % 5 ? 1 : 0, input.get(f, j));
      }
      for (int c = 0; c < 3; c++) {
        counted += targets.get(c, j) / contexts.size();
      }
    }
    assertEquals(1, counted, 1e-12);
    for (int i = 0; i < 40; i++) {
      WindowPopulation.Draw draw = population.draw(CounterRandom.key(4), i);
      assertTrue(targets.get(draw.target(), draw.context()) > 0);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> population.draw(CounterRandom.key(4), k.zeros(25, 40), k.zeros(3, 40)));
    assertThrows(IllegalArgumentException.class, () -> new WindowPopulation(task, 0));
  }
}
