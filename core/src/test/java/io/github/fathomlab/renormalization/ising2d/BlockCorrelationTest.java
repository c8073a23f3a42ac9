package io.github.fathomlab.renormalization.ising2d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockCorrelationTest {

  private static double[] table(long seed) {
    double[] table = new double[SquareBlock.COUNT];
    for (int code = 0; code < table.length; code++) {
      table[code] = CounterRandom.uniform(seed, code) + 0.1 * Integer.bitCount(code);
    }
    return table;
  }

  @Test
  void codesHoldTheSpinsOfTheirBlocks() {
    SquareLattice lattice = SquareLatticeTest.random(12, 1);
    char[] codes = SquareBlock.codes(lattice);
    assertEquals(9, codes.length);
    for (int row = 0; row < 12; row++) {
      for (int column = 0; column < 12; column++) {
        int spin = SquareBlock.spin(codes[row / 4 * 3 + column / 4], row % 4 * 4 + column % 4);
        assertEquals(lattice.spin(row, column), spin);
      }
    }
    SquareLattice odd = SquareLattice.up(10);
    assertThrows(IllegalArgumentException.class, () -> SquareBlock.codes(odd));
  }

  @Test
  void magnetisationAndEnergyOfABlock() {
    double[] magnetisation = SquareBlock.magnetisation();
    double[] energy = SquareBlock.energy();
    assertEquals(16, magnetisation[0]);
    assertEquals(24, energy[0]);
    assertEquals(-16, magnetisation[0xffff]);
    assertEquals(24, energy[0xffff]);
    assertEquals(-24, energy[0b1010_0101_1010_0101], "a chessboard");
    assertEquals(20, energy[1], "a turned corner");
    assertEquals(16, energy[1 << 5], "a turned spin inside");
    // Independent spins: no mean, variance one for every site or bond.
    assertEquals(0, Arrays.stream(energy).sum());
    assertEquals(24, Arrays.stream(energy).map(e -> e * e).sum() / SquareBlock.COUNT);
    assertEquals(16, Arrays.stream(magnetisation).map(m -> m * m).sum() / SquareBlock.COUNT);
  }

  @Test
  void logitsAreThoseOfASinglePass() {
    MlpSpec spec =
        new MlpSpec(
            List.of(16, 5, 2),
            new Activation.Tanh(),
            false,
            false,
            0,
            true,
            new Initialisation.Pytorch());
    Network network = Network.create(spec, Kernels.of(Precision.FLOAT64), 3);
    double[] logits = SquareBlock.logits(network);
    Trace one = network.trace(1);
    for (int code : new int[] {0, 1, 4095, 4096, 40_000, 65_535}) {
      for (int site = 0; site < 16; site++) {
        one.input().set(site, 0, SquareBlock.spin(code, site));
      }
      network.forward(one, Pass.evaluation());
      assertEquals(one.output().get(1, 0) - one.output().get(0, 0), logits[code], 1e-14);
    }
    MlpSpec narrow =
        new MlpSpec(
            List.of(16, 1),
            new Activation.Tanh(),
            false,
            false,
            0,
            true,
            new Initialisation.Pytorch());
    Network single = Network.create(narrow, Kernels.of(Precision.FLOAT64), 3);
    assertThrows(IllegalArgumentException.class, () -> SquareBlock.logits(single));
  }

  @Test
  void correlationsAreThoseOfThePlainDefinition() {
    int samples = 64;
    double[] field = table(1);
    BlockCorrelation found = new BlockCorrelation(32, List.of(field, table(2)), samples);
    assertArrayEquals(new int[] {1, 2, 3, 4}, found.distances());
    double[] products = new double[5];
    double mean = 0;
    double odd = 0;
    int blocks = 8;
    for (int i = 0; i < samples; i++) {
      SquareLattice lattice = SquareLatticeTest.random(32, 100 + i);
      found.add(lattice);
      char[] codes = SquareBlock.codes(lattice);
      for (int row = 0; row < blocks; row++) {
        for (int column = 0; column < blocks; column++) {
          int code = codes[row * blocks + column];
          mean += field[code];
          odd += Math.pow((field[code] - field[0xffff - code]) / 2, 2);
          for (int r = 0; r < products.length; r++) {
            double right = field[codes[row * blocks + (column + r) % blocks]];
            double below = field[codes[(row + r) % blocks * blocks + column]];
            products[r] += 0.5 * field[code] * (right + below);
          }
        }
      }
    }
    double count = samples * 64.0;
    double variance = products[0] / count - mean / count * mean / count;
    for (int r = 1; r <= 4; r++) {
      double expected = (products[r] / count - mean / count * mean / count) / variance;
      assertEquals(expected, found.correlation(0, r).value(), 1e-11);
    }
    assertEquals(odd / count / variance, found.oddShare(0).value(), 1e-11);
    assertThrows(IllegalArgumentException.class, () -> found.correlation(0, 5));
  }

  @Test
  void theSlopesOfTheTwoSectors() {
    int samples = 3000;
    double[] mixed = SquareBlock.energy();
    double[] magnetisation = SquareBlock.magnetisation();
    for (int code = 0; code < mixed.length; code++) {
      mixed[code] += 0.5 * magnetisation[code];
    }
    List<double[]> fields = List.of(SquareBlock.energy(), magnetisation, mixed);
    BlockCorrelation found = new BlockCorrelation(32, fields, samples);
    WolffSampler chain = new WolffSampler(32, SquareIsing.CRITICAL_COUPLING, CounterRandom.key(6));
    chain.turn(200);
    for (int i = 0; i < samples; i++) {
      chain.turn(4);
      found.add(chain.lattice());
    }
    assertEquals(0, found.oddShare(0).value(), 1e-12);
    assertEquals(1, found.oddShare(1).value(), 0.01);
    double magnetic = found.slope(1).value();
    assertTrue(magnetic > -0.25 && magnetic < -0.05, "flatter than the bulk's -1/4 on a torus");
    assertTrue(found.slope(0).value() < -1, found.slope(0).toString());
    assertEquals(0, found.place(0, 0, 1).value());
    assertEquals(0, found.place(0, 0, 1).error());
    assertEquals(1, found.place(1, 0, 1).value());
    double energy = found.slope(0).value();
    double expected = (found.slope(2).value() - energy) / (found.slope(1).value() - energy);
    assertEquals(expected, found.place(2, 0, 1).value(), 1e-12);
    assertTrue(expected > 0.5 && expected < 1.05, "a little magnetisation is seen from afar");
  }

  @Test
  void noiseAndConstantsHaveAStatus() {
    double[] constant = new double[SquareBlock.COUNT];
    Arrays.fill(constant, 0.3);
    BlockCorrelation found = new BlockCorrelation(32, List.of(constant, table(1)), 64);
    for (int i = 0; i < 64; i++) {
      found.add(SquareLatticeTest.random(32, i));
    }
    assertEquals(Status.ZERO_VARIANCE, found.correlation(0, 1).status());
    assertEquals(Status.ZERO_VARIANCE, found.oddShare(0).status());
    assertEquals(Status.TOO_FEW_SAMPLES, found.slope(0).status());
    BatchEstimate noise = found.correlation(1, 2);
    assertEquals(0, noise.value(), 4 * noise.error());
  }

  @Test
  void refusesOtherSidesAndTables() {
    List<double[]> none = List.of();
    for (int side : new int[] {28, 34}) {
      assertThrows(IllegalArgumentException.class, () -> new BlockCorrelation(side, none, 64));
    }
    List<double[]> small = List.of(new double[16]);
    assertThrows(IllegalArgumentException.class, () -> new BlockCorrelation(32, small, 64));
    BlockCorrelation found = new BlockCorrelation(32, List.of(table(1)), 64);
    SquareLattice other = SquareLattice.up(64);
    assertThrows(IllegalArgumentException.class, () -> found.add(other));
  }
}
