package io.github.fathomlab.renormalization.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The guided search for a point, against going through all of them. */
class QuarticSamplerTest {

  /** Up to 1000 points, more than the guide has parts; many of them never drawn. */
  @Test
  void theGuideFindsThePointsOfAPlainSearch() {
    for (int points : new int[] {1, 2, 7, 361, 1000}) {
      for (long seed = 0; seed < 5; seed++) {
        double[] grid = new double[points];
        double[] ground = new double[points];
        double[] weights = new double[points * points];
        for (int i = 0; i < points; i++) {
          grid[i] = i;
          ground[i] = Math.exp(-60 * CounterRandom.uniform(seed, i));
          for (int j = 0; j < points; j++) {
            weights[i * points + j] =
                CounterRandom.uniform(seed + 100, (long) i * points + j) < 0.5 ? 0 : 1 + i;
          }
        }
        ground[0] = 1;
        for (int i = 0; i < points; i++) {
          weights[i * points] = 1;
        }
        double[] drawn = new QuarticSampler(grid, weights, ground).sample(3000, seed);
        assertArrayEquals(plain(weights, ground, drawn.length, seed), drawn);
      }
    }
  }

  private static double[] plain(double[] weights, double[] ground, int sites, long key) {
    int points = ground.length;
    double[] x = new double[sites];
    double[] law = new double[points];
    int from = -1;
    for (int i = 0; i < sites; i++) {
      double sum = 0;
      for (int j = 0; j < points; j++) {
        sum += (from < 0 ? ground[j] : weights[from * points + j]) * ground[j];
        law[j] = sum;
      }
      int point = 0;
      while (law[point] / sum <= CounterRandom.uniform(key, i)) {
        point++;
      }
      x[i] = point;
      from = point;
    }
    return x;
  }

  @Test
  void aLongerWindowBeginsWithTheShorterOne() {
    QuarticSampler sampler = QuarticChain.of(new EvenFamily(-1, 0.5), 0.6).sampler();
    double[] window = new double[5];
    sampler.fill(4, window);
    assertArrayEquals(window, Arrays.copyOf(sampler.sample(9, 4), 5));
  }
}
