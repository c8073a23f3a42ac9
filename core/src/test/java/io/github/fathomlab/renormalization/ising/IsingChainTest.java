package io.github.fathomlab.renormalization.ising;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.Vectors.numbers;
import static io.github.fathomlab.renormalization.ising.IsingVectors.near;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class IsingChainTest {

  @Test
  void correlationsWithoutFieldAreTheReference() {
    for (JsonNode row : IsingVectors.list("ising_correlations_h0")) {
      IsingChain chain = IsingVectors.chain(row);
      double[] infinite = numbers(field(row, "infinite_chain_r1_to_5"));
      double[] ring = numbers(field(row, "ring_r1_to_5"));
      int sites = field(row, "ring_N").intValue();
      for (int r = 1; r <= infinite.length; r++) {
        near(infinite[r - 1], chain.correlation(r), 1e-13);
        near(ring[r - 1], chain.ringCorrelation(sites, r), 1e-13);
      }
      near(number(row, "xi"), 1 / chain.inverseCorrelationLength(), 1e-13);
      near(number(row, "energy_per_bond"), -chain.correlation(1), 1e-13);
    }
  }

  @Test
  void correlationsWithFieldAreTheReference() {
    for (JsonNode row : IsingVectors.list("ising_correlations_field")) {
      IsingChain chain = IsingVectors.chain(row);
      near(number(row, "magnetisation"), chain.magnetisation(), 1e-13);
      near(number(row, "lambda2"), chain.eigenvalueRatio(), 1e-13);
      double[] connected = numbers(field(row, "connected_r1_to_4"));
      for (int r = 1; r <= connected.length; r++) {
        near(connected[r - 1], chain.connectedCorrelation(r), 1e-13);
      }
    }
  }

  @Test
  void ringsAgreeWithSumsOverAllStates() {
    double[] values = {-1.1, -0.2, 0, 0.6, 1.3};
    for (double coupling : values) {
      for (double field : values) {
        IsingChain chain = new IsingChain(coupling, field);
        for (int sites = 3; sites <= 10; sites++) {
          againstAllStates(chain, sites);
        }
      }
    }
  }

  private static void againstAllStates(IsingChain chain, int sites) {
    double total = 0;
    double mean = 0;
    double[] pairs = new double[sites];
    for (int state = 0; state < 1 << sites; state++) {
      double energy = 0;
      for (int i = 0; i < sites; i++) {
        int spin = spin(state, i);
        energy += chain.coupling() * spin * spin(state, (i + 1) % sites) + chain.field() * spin;
      }
      double weight = Math.exp(energy);
      total += weight;
      mean += weight * spin(state, 0);
      for (int r = 0; r < sites; r++) {
        pairs[r] += weight * spin(state, 0) * spin(state, r);
      }
    }
    assertEquals(mean / total, chain.ringMagnetisation(sites), 1e-13);
    for (int r = 0; r < sites; r++) {
      assertEquals(pairs[r] / total, chain.ringCorrelation(sites, r), 1e-13);
    }
    double ratio = chain.eigenvalueRatio();
    double logTrace = sites * chain.logLargestEigenvalue() + Math.log1p(Math.pow(ratio, sites));
    assertEquals(Math.log(total), logTrace, 1e-12);
  }

  private static int spin(int state, int i) {
    return (state >> i & 1) == 0 ? 1 : -1;
  }

  @Test
  void transitionsSumToOneAndKeepTheMean() {
    for (double coupling : new double[] {-2, 0, 0.4, 20}) {
      for (double field : new double[] {-3, 0, 0.1}) {
        IsingChain chain = new IsingChain(coupling, field);
        double leaveUp = 1 - chain.keepProbability(true);
        double leaveDown = 1 - chain.keepProbability(false);
        double mean = chain.magnetisation();
        assertEquals((1 + mean) * leaveUp, (1 - mean) * leaveDown, 1e-13);
        assertEquals(chain.eigenvalueRatio(), 1 - leaveUp - leaveDown, 1e-13);
      }
    }
  }

  @Test
  void longCorrelationsKeepTheirDigits() {
    near(2 * Math.exp(-80), IsingChain.withoutField(40).inverseCorrelationLength(), 1e-13);
    near(2 * Math.exp(-80), IsingChain.withoutField(-40).inverseCorrelationLength(), 1e-13);
  }

  @Test
  void aDistanceBeyondTheRingIsRefused() {
    IsingChain chain = IsingChain.withoutField(1);
    assertThrows(IllegalArgumentException.class, () -> chain.ringCorrelation(5, 6));
  }
}
