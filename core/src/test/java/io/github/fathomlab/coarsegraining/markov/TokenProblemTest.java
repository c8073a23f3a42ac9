package io.github.fathomlab.coarsegraining.markov;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.training.Population;
import io.github.fathomlab.training.Split;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is trained on: windows that are enumerated, and windows of sequences. */
class TokenProblemTest {
  private static final ChainFamily CHAIN = new ChainFamily.Hierarchical(4, 2, 3);
  private static final Masking MASKING = Masking.plain(0.3);
  private static final Kernels K = new DoubleKernels(true);

  private static TokenProblem problem(int halfWidth, int draws, int sequence, double shuffle) {
    return new TokenProblem(CHAIN, MASKING, halfWidth, draws, sequence, shuffle);
  }

  @Test
  void theExactGradientIsASetAndDrawsAreAPopulation() {
    Split exact = problem(1, 0, 0, 0).split();
    assertNull(exact.population());
    assertEquals(25, exact.train().size());
    Split drawn = problem(1, 300, 0, 0).split();
    assertEquals(25, Objects.requireNonNull(drawn.population()).fullBatch(drawn.train().size()));
    assertNotNull(drawn.test());
    Split blind = problem(0, 300, 64, 0).split();
    assertEquals(1, Objects.requireNonNull(blind.population()).fullBatch(blind.train().size()));
    Split sequences = problem(2, 300, 16, 0).split();
    int masked = sequences.train().size();
    assertEquals(300, Objects.requireNonNull(sequences.population()).fullBatch(masked));
    double share = masked / (TokenProblem.SEQUENCES * 16.0);
    assertEquals(0.3, share, 5 * Math.sqrt(0.3 * 0.7 / (TokenProblem.SEQUENCES * 16)));
  }

  @Test
  void windowsOfSequencesFollowTheLawOfWindowsAndEndInPads() {
    int draws = 200_000;
    int length = 10;
    Matrix input = K.zeros(18, draws);
    Matrix targets = K.zeros(4, draws);
    Population population =
        Objects.requireNonNull(problem(1, draws, length, 0).split().population());
    population.draw(CounterRandom.key(5), input, targets);
    WindowTask task = new WindowTask(CHAIN.chain(), MASKING, 1);
    double[] counts = new double[25 * 4];
    int padded = 0;
    for (int j = 0; j < draws; j++) {
      int left = symbol(input, 0, j);
      int right = symbol(input, 2, j);
      assertEquals(4, symbol(input, 1, j), "what is predicted is masked");
      int target = symbol(targets, j);
      if (left == 5 || right == 5) {
        padded++;
      } else {
        counts[(left * 5 + right) * 4 + target]++;
      }
    }
    // sequences end in the middle of a batch once, and chosen positions cluster by sequence
    assertEquals(0.2, (double) padded / draws, 0.005);
    for (int cell = 0; cell < counts.length; cell++) {
      double expected = task.joint(cell / 20, cell / 4 % 5, cell % 4);
      double deviation = Math.sqrt(expected / (draws - padded));
      assertEquals(expected, counts[cell] / (draws - padded), 9 * deviation, "cell " + cell);
    }
    Matrix again = K.zeros(18, draws);
    Matrix alike = K.zeros(4, draws);
    population.draw(CounterRandom.key(5), again, alike);
    assertArrayEquals(input.toArray(), again.toArray());
    assertArrayEquals(targets.toArray(), alike.toArray());
    population.draw(CounterRandom.key(6), again, alike);
    assertFalse(Arrays.equals(input.toArray(), again.toArray()));
  }

  private static int symbol(Matrix input, int position, int column) {
    int found = -1;
    for (int id = 0; id < 6; id++) {
      if (input.get(position * 6 + id, column) == 1) {
        assertEquals(-1, found, "one symbol at a position");
        found = id;
      }
    }
    assertTrue(found >= 0);
    return found;
  }

  private static int symbol(Matrix targets, int column) {
    for (int k = 0; k < targets.rows(); k++) {
      if (targets.get(k, column) == 1) {
        return k;
      }
    }
    throw new AssertionError("no target in column " + column);
  }

  @Test
  void withoutNeighboursDrawsAreCounted() {
    TokenProblem bert = new TokenProblem(CHAIN, Masking.bert(0.3), 0, 50_000, 20, 0);
    Split split = bert.split();
    assertEquals(5, split.train().size());
    Matrix input = K.zeros(6, 5);
    Matrix targets = K.zeros(4, 5);
    Objects.requireNonNull(split.population()).draw(CounterRandom.key(7), input, targets);
    for (int c = 0; c < 5; c++) {
      for (int id = 0; id < 6; id++) {
        assertEquals(id == c ? 1 : 0, input.get(id, c));
      }
      for (int k = 0; k < 4; k++) {
        double expected = Masking.bert(0.3).chosen(c, k, 4) / 4;
        assertEquals(expected, targets.get(k, c) / 5, 9 * Math.sqrt(expected / 50_000) + 1e-3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shuffledTargetsAreIndependentOfWhatIsSeen(int halfWidth) {
    int draws = 40_000;
    TokenProblem problem = problem(halfWidth, draws, 12, 1);
    Split split = problem.split();
    int columns = halfWidth == 0 ? 1 : draws;
    Matrix input = K.zeros(6 * (2 * halfWidth + 1), columns);
    Matrix targets = K.zeros(4, columns);
    Objects.requireNonNull(split.population()).draw(CounterRandom.key(8), input, targets);
    double[] alike = new double[4];
    double[] seen = new double[4];
    for (int j = 0; j < columns && halfWidth > 0; j++) {
      int left = symbol(input, halfWidth - 1, j);
      if (left < 4) {
        seen[left]++;
        alike[left] += targets.get(left, j);
      }
    }
    for (int k = 0; k < 4 && halfWidth > 0; k++) {
      assertEquals(0.25, alike[k] / seen[k], 6 * Math.sqrt(0.19 / seen[k]));
    }
    assertEquals(new MaskedLoss(CHAIN.chain(), 0.3).blind(), bayes(problem), 1e-12);
  }

  private static double bayes(TokenProblem problem) {
    return new TokenReadout(problem, false).bayesLoss();
  }

  @Test
  void optimaOfWindowsAndOfSequences() {
    MaskedLoss loss = new MaskedLoss(CHAIN.chain(), 0.3);
    assertEquals(loss.window(1, 1), bayes(problem(1, 300, 0, 0)), 1e-12);
    assertEquals(loss.blind(), bayes(problem(0, 300, 64, 0)), 1e-12);
    double sum = 0;
    for (int t = 0; t < 9; t++) {
      sum += loss.window(Math.min(2, t), Math.min(2, 8 - t));
    }
    // of the windows of 256 sequences, some 690 of them, whose entropies differ by half a nat
    assertEquals(sum / 9, bayes(problem(2, 300, 9, 0)), 4 * 0.5 / Math.sqrt(690));
    double half = bayes(problem(2, 300, 9, 0.5));
    assertTrue(half > bayes(problem(2, 300, 9, 0)) && half < loss.blind());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void posteriorsOfWindowsAreThoseOfAllSequences(boolean bert) {
    Masking masking = bert ? Masking.bert(0.4) : Masking.plain(0.4);
    ChainFamily family = new ChainFamily.Dirichlet(3, 3, 5);
    TokenProblem problem = new TokenProblem(family, masking, 2, 10, 5, 0);
    SequenceContexts contexts = SequenceContexts.of(problem, problem.texts(6, 5));
    int compared = 0;
    for (int i = 0; i < contexts.windows().size(); i++) {
      if (contexts.chosen()[i]) {
        double[] plain = posterior(family.chain(), masking, contexts.windows().get(i));
        assertArrayEquals(plain, contexts.posteriors().get(i), 1e-12);
        compared++;
      }
    }
    assertEquals(compared, contexts.chosenCount());
    assertTrue(compared > 4);
  }

  /** By summing over all states of the window. */
  private static double[] posterior(MarkovChain chain, Masking masking, int[] window) {
    int[] inside = Arrays.stream(window).filter(symbol -> symbol != 4).toArray();
    int middle = 0;
    for (int o = 0; o < window.length / 2; o++) {
      middle += window[o] == 4 ? 0 : 1;
    }
    double[] law = new double[3];
    for (int code = 0; code < Math.pow(3, inside.length); code++) {
      double p = 1;
      int rest = code;
      int before = -1;
      int target = -1;
      for (int t = 0; t < inside.length; t++) {
        int state = rest % 3;
        rest /= 3;
        p *= before < 0 ? chain.stationary()[state] : chain.probability(before, state);
        p *= t == middle ? masking.chosen(inside[t], state, 3) : masking.any(inside[t], state, 3);
        target = t == middle ? state : target;
        before = state;
      }
      law[target] += p;
    }
    double sum = Arrays.stream(law).sum();
    return Arrays.stream(law).map(p -> p / sum).toArray();
  }

  @Test
  void whatCannotBeTrainedOnIsRefusedWithTheReason() {
    refused("more than the 8192", () -> problem(3, 300, 0, 0));
    refused("have none with 2 on either side", () -> problem(2, 300, 4, 0));
    refused("draws: 0 is the exact gradient", () -> problem(0, 0, 16, 0));
    refused("fewer than 50", () -> new TokenProblem(CHAIN, Masking.plain(1e-6), 1, 300, 16, 0));
    refused(
        "goes through 3.0e+11 positions",
        () -> new TokenProblem(CHAIN, Masking.plain(1e-9), 0, 300, 16, 0));
  }

  private static void refused(String reason, Runnable attempt) {
    String message = assertThrows(IllegalArgumentException.class, attempt::run).getMessage();
    assertTrue(String.valueOf(message).contains(reason), message);
  }
}
