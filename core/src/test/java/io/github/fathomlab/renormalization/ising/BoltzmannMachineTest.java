package io.github.fathomlab.renormalization.ising;

import static io.github.fathomlab.renormalization.ising.IsingVectors.near;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BoltzmannMachineTest {
  private static final int VISIBLE = 7;
  private static final int HIDDEN = 6;

  private static BoltzmannMachine machine() {
    return BoltzmannMachine.random(VISIBLE, HIDDEN, 0.4, CounterRandom.key(3, 1));
  }

  private static int spin(int pattern, int i) {
    return (pattern >> i & 1) == 0 ? 1 : -1;
  }

  @Test
  void theLawOfVisibleSpinsIsTheSumOverHiddenOnes() {
    BoltzmannMachine machine = machine();
    double[] weights = machine.weights();
    double[] slow = new double[1 << VISIBLE];
    for (int v = 0; v < slow.length; v++) {
      for (int h = 0; h < 1 << HIDDEN; h++) {
        double sum = 0;
        for (int i = 0; i < VISIBLE; i++) {
          for (int j = 0; j < HIDDEN; j++) {
            sum += spin(v, i) * weights[i * HIDDEN + j] * spin(h, j);
          }
        }
        slow[v] += Math.exp(sum);
      }
    }
    double total = Arrays.stream(slow).sum();
    double[] fast = machine.distribution();
    double divergence = 0;
    for (int v = 0; v < slow.length; v++) {
      near(slow[v] / total, fast[v], 1e-12);
      divergence += Math.log(total / slow[v] / slow.length) / slow.length;
    }
    double[] uniform = new double[slow.length];
    Arrays.fill(uniform, 1.0 / slow.length);
    near(divergence, machine.divergence(uniform), 1e-12);
    assertEquals(0, machine.divergence(fast), 1e-14);
  }

  @Test
  void layersAreDrawnWithTheirProbabilities() {
    BoltzmannMachine machine = machine();
    double[] weights = machine.weights();
    int draws = 100000;
    int given = 0b0110010;
    int[] from = new int[draws];
    Arrays.fill(from, given);
    int[] to = new int[draws];
    machine.drawHidden(from, to, CounterRandom.key(3, 2));
    double[] fields = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      for (int i = 0; i < VISIBLE; i++) {
        fields[j] += spin(given, i) * weights[i * HIDDEN + j];
      }
    }
    for (int j = 0; j < HIDDEN; j++) {
      double mean = 0;
      double pair = 0;
      for (int pattern : to) {
        mean += (double) spin(pattern, j) / draws;
        pair += (double) spin(pattern, j) * spin(pattern, (j + 1) % HIDDEN) / draws;
      }
      double expected = Math.tanh(fields[j]);
      double both = expected * Math.tanh(fields[(j + 1) % HIDDEN]);
      assertEquals(expected, mean, 4 / Math.sqrt(draws));
      assertEquals(both, pair, 4 / Math.sqrt(draws), "spins are drawn independently");
    }
  }

  @Test
  void strongFieldsDecideTheirSpins() {
    BoltzmannMachine machine = new BoltzmannMachine(2, 2, new double[] {50, 0, 0, -50});
    int[] all = {0, 1, 2, 3};
    int[] hidden = new int[4];
    machine.drawHidden(all, hidden, 5);
    assertArrayEquals(new int[] {2, 3, 0, 1}, hidden);
    assertArrayEquals(all, machine.reconstruct(all, 6));
    assertArrayEquals(all, machine.reconstructBySigns(all));
  }

  @Test
  void drawnReconstructionKeepsTheLawOfTheMachine() {
    BoltzmannMachine machine = machine();
    double[] law = machine.distribution();
    int chains = 100000;
    int[] patterns = new int[chains];
    new PatternSource(law).fill(patterns, CounterRandom.key(3, 4));
    for (int k = 0; k < 5; k++) {
      patterns = machine.reconstruct(patterns, CounterRandom.key(3, 5, k));
    }
    double square = 0;
    for (int v = 0; v < law.length; v++) {
      int pattern = v;
      double share = Arrays.stream(patterns).filter(p -> p == pattern).count();
      square += Math.pow(share - chains * law[v], 2) / (chains * law[v]);
    }
    int freedom = law.length - 1;
    assertEquals(freedom, square, 4 * Math.sqrt(2.0 * freedom));
  }

  @Test
  void trainingLearnsAChain() {
    int width = 4;
    double[] law = new double[1 << width];
    for (int v = 0; v < law.length; v++) {
      int unlike = Integer.bitCount((v ^ v >> 1) & 7);
      law[v] = Math.exp(0.8 * (3 - 2 * unlike)) / (2 * Math.pow(2 * Math.cosh(0.8), 3));
    }
    BoltzmannMachine machine = BoltzmannMachine.random(width, 6, 0.1, CounterRandom.key(3, 6));
    double before = machine.divergence(law);
    PersistentTraining plan = new PersistentTraining(100, 0.05, 4000);
    plan.train(machine, law, CounterRandom.key(3, 7));
    assertTrue(before > 0.5, "there is something to learn, found " + before);
    assertEquals(0, machine.divergence(law), 0.01);
    BoltzmannMachine again = BoltzmannMachine.random(width, 6, 0.1, CounterRandom.key(3, 6));
    plan.train(again, law, CounterRandom.key(3, 7));
    assertArrayEquals(machine.weights(), again.weights());
  }

  @Test
  void oneStepIsTheDifferenceOfTheTwoMeans() {
    double[] law = {0, 1, 0, 0};
    BoltzmannMachine machine = new BoltzmannMachine(2, 1, new double[] {30, -30});
    new PersistentTraining(70, 0.5, 1).train(machine, law, 9);
    // Both means are -h s_2 = 1: data and chains all hold the pattern 01 and its hidden spin.
    assertArrayEquals(new double[] {30, -30}, machine.weights());
    machine = new BoltzmannMachine(2, 1, new double[] {-30, 30});
    new PersistentTraining(70, 0.5, 1).train(machine, new double[] {1, 0, 0, 0}, 9);
    double[] weights = machine.weights();
    // Data have h on either side with v1 h = v2 h; the chain has v1 h = -1 and v2 h = 1.
    assertEquals(0.5 * 2, weights[0] + 30 - (weights[1] - 30), 1e-12);
  }

  @Test
  void sourcesDrawTheirDistribution() {
    int[] patterns = new int[60000];
    new PatternSource(new double[] {0, 1, 0, 3, 2, 0}).fill(patterns, 17);
    long[] counts = new long[6];
    for (int pattern : patterns) {
      counts[pattern]++;
    }
    assertEquals(0, counts[0] + counts[2] + counts[5]);
    assertEquals(10000, counts[1], 4 * 92);
    assertEquals(30000, counts[3], 4 * 123);
    assertThrows(IllegalArgumentException.class, () -> new PatternSource(new double[] {0, 0}));
    assertThrows(IllegalArgumentException.class, () -> new PatternSource(new double[] {2, -1}));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> new BoltzmannMachine(17, 1, new double[17]));
    assertThrows(IllegalArgumentException.class, () -> new BoltzmannMachine(2, 2, new double[3]));
    assertThrows(IllegalArgumentException.class, () -> machine().divergence(new double[3]));
    assertThrows(IllegalArgumentException.class, () -> new PersistentTraining(1, 0, 1));
  }
}
