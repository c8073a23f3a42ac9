package io.github.fathomlab.renormalization.ising2d;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import org.junit.jupiter.api.Test;

class BatchSumsTest {

  private static BatchSums filled(int samples, int batches) {
    BatchSums sums = new BatchSums(2, samples, batches);
    for (int i = 0; i < samples; i++) {
      double[] into = sums.next();
      double x = CounterRandom.gaussian(5, i);
      into[0] += x;
      into[1] += 3 + 0.1 * x;
    }
    return sums;
  }

  @Test
  void theErrorOfAMeanIsThatOfBatchMeans() {
    int batches = 8;
    int size = 25;
    double[] means = new double[batches];
    double mean = 0;
    for (int b = 0; b < batches; b++) {
      for (int i = 0; i < size; i++) {
        means[b] += CounterRandom.gaussian(5, (long) b * size + i) / size;
      }
      mean += means[b] / batches;
    }
    double squares = 0;
    for (double each : means) {
      squares += (each - mean) * (each - mean);
    }
    BatchEstimate found = filled(batches * size, batches).estimate(m -> m[0], Status.NOT_FINITE);
    assertEquals(mean, found.value(), 1e-14);
    assertEquals(Math.sqrt(squares / (batches - 1) / batches), found.error(), 1e-14);
    assertTrue(found.known());
  }

  @Test
  void aFunctionOfDependentMeansHasTheErrorOfItsSlope() {
    BatchSums sums = filled(3000, 30);
    BatchEstimate mean = sums.estimate(m -> m[0], Status.NOT_FINITE);
    BatchEstimate same = sums.estimate(m -> m[1] - 0.1 * m[0], Status.NOT_FINITE);
    assertEquals(3, same.value(), 1e-12);
    assertEquals(0, same.error(), 1e-12);
    BatchEstimate log = sums.estimate(m -> Math.log(m[1]), Status.NOT_FINITE);
    assertEquals(0.1 * mean.error() / 3, log.error(), 1e-3 * mean.error());
  }

  @Test
  void whatHasNoValueHasTheStatusThatIsAskedFor() {
    BatchEstimate none = filled(64, 4).estimate(_ -> Double.NaN, Status.NOT_CONVERGED);
    assertEquals(Status.NOT_CONVERGED, none.status());
    assertFalse(none.known());
    assertTrue(Double.isNaN(none.value()) && Double.isNaN(none.error()));
  }

  @Test
  void refusesOtherNumbersOfSamples() {
    assertThrows(IllegalArgumentException.class, () -> new BatchSums(1, 3, 4));
    assertThrows(IllegalArgumentException.class, () -> new BatchSums(1, 3, 1));
    BatchSums early = new BatchSums(1, 3, 2);
    early.next();
    assertThrows(IllegalStateException.class, () -> early.estimate(m -> m[0], Status.OK));
    early.next();
    early.next();
    assertThrows(IllegalStateException.class, early::next);
  }
}
