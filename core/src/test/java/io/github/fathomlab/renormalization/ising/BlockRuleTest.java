package io.github.fathomlab.renormalization.ising;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.numbers;
import static io.github.fathomlab.renormalization.ising.IsingVectors.near;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BlockRuleTest {

  @Test
  void iteratedRulesAreTheReference() {
    for (JsonNode row : IsingVectors.rows("iterated_block_rule")) {
      int block = field(row, "b").intValue();
      BlockRule rule =
          field(row, "rule").stringValue().equals("last")
              ? BlockRule.decimation(block)
              : BlockRule.majority(block);
      double[] first = numbers(field(row, "rho1_levels"));
      double[] second = numbers(field(row, "rho2_levels"));
      List<BlockRule.Level> levels = rule.levels(IsingVectors.chain(row), first.length - 1);
      for (int n = 0; n < first.length; n++) {
        assertEquals(first[n], levels.get(n).first(), 1e-10);
        if (n < second.length) {
          assertEquals(second[n], levels.get(n).second(), 1e-10);
        }
      }
    }
  }

  @Test
  void decimationByRuleIsDecimation() {
    for (int block = 2; block < 7; block++) {
      for (IsingChain chain : List.of(new IsingChain(0.9, 0), new IsingChain(0.7, -0.2))) {
        List<BlockRule.Level> levels = BlockRule.decimation(block).levels(chain, 2);
        Flow flow = new Decimation(block).flow(chain, 2);
        for (int n = 0; n < 3; n++) {
          IsingChain exact = flow.steps().get(n).chain();
          assertEquals(exact.magnetisation(), levels.get(n).mean(), 1e-13);
          assertEquals(exact.eigenvalueRatio(), levels.get(n).first(), 1e-13);
          assertEquals(Math.pow(exact.eigenvalueRatio(), 2), levels.get(n).second(), 1e-13);
        }
      }
    }
    near(
        0.9,
        BlockRule.decimation(2).levels(new IsingChain(0.9, 0), 0).getFirst().coupling(),
        1e-13);
  }

  @Test
  void arbitraryRulesAgreeWithSumsOverAllStates() {
    for (int seed = 0; seed < 40; seed++) {
      long key = CounterRandom.key(7, seed);
      IsingChain chain =
          new IsingChain(
              3 * CounterRandom.uniform(key, 0) - 1.5, 2 * CounterRandom.uniform(key, 1) - 1);
      int block = 2 + seed % 2;
      BlockRule rule = BlockRule.of(block, p -> p == 1 || CounterRandom.below(key, 9 + p, 2) == 0);
      BlockRule.Level level = rule.levels(chain, 1).getLast();
      againstAllStates(chain, rule, level);
    }
  }

  private static void againstAllStates(IsingChain chain, BlockRule rule, BlockRule.Level level) {
    int sites = 3 * rule.block();
    double mean = 0;
    double first = 0;
    double second = 0;
    byte[] spins = new byte[sites];
    for (int state = 0; state < 1 << sites; state++) {
      for (int i = 0; i < sites; i++) {
        spins[i] = (byte) ((state >> i & 1) == 0 ? 1 : -1);
      }
      double weight = 0.5 + 0.5 * spins[0] * chain.magnetisation();
      for (int i = 1; i < sites; i++) {
        double keep = chain.keepProbability(spins[i - 1] > 0);
        weight *= spins[i] == spins[i - 1] ? keep : 1 - keep;
      }
      byte[] coarse = rule.coarsen(spins);
      mean += weight * coarse[0];
      first += weight * coarse[0] * coarse[1];
      second += weight * coarse[0] * coarse[2];
    }
    assertEquals(mean, level.mean(), 1e-13);
    double variance = 1 - mean * mean;
    if (variance > 1e-9) {
      assertEquals((first - mean * mean) / variance, level.first(), 1e-12 / variance);
      assertEquals((second - mean * mean) / variance, level.second(), 1e-12 / variance);
    }
  }

  @Test
  void coarsenTakesWholeBlocks() {
    byte[] spins = {1, 1, -1, -1, -1, 1, -1, -1};
    assertArrayEquals(new byte[] {1, -1}, BlockRule.majority(3).coarsen(spins));
    assertArrayEquals(new byte[] {-1, 1}, BlockRule.decimation(3).coarsen(spins));
    assertArrayEquals(new byte[0], BlockRule.decimation(9).coarsen(spins));
  }

  @Test
  void aRuleThatNeverTurnsHasNoCorrelation() {
    BlockRule.Level level = BlockRule.of(3, p -> true).levels(new IsingChain(1, 0), 1).getLast();
    assertEquals(Status.ZERO_VARIANCE, level.status());
    assertTrue(Double.isNaN(level.first()));
  }

  @Test
  void misuseIsNamed() {
    assertThrows(IllegalArgumentException.class, () -> BlockRule.majority(4));
    assertThrows(IllegalArgumentException.class, () -> BlockRule.of(17, p -> true));
  }
}
