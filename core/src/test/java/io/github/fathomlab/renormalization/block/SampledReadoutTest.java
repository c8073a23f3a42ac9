package io.github.fathomlab.renormalization.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Precision;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Read-outs along sampled chains against the exact ones. */
class SampledReadoutTest {
  private static final Window WINDOW = Window.of(3, 0.8);

  /** The configurations of adjacent blocks along one chain. */
  private static int[] blocks(int count, long seed) {
    double unsatisfied = 1 / (1 + Math.exp(2 * WINDOW.coupling()));
    long key = CounterRandom.key(seed, 1);
    int[] blocks = new int[count];
    int spin = CounterRandom.below(key, 0, 2);
    for (int i = 0; i < count * WINDOW.width(); i++) {
      blocks[i / WINDOW.width()] |= spin << (i % WINDOW.width());
      spin ^= CounterRandom.uniform(key, i + 1) < unsatisfied ? 1 : 0;
    }
    return blocks;
  }

  private static double[] along(int[] blocks, IntToDoubleFunction feature) {
    return Arrays.stream(blocks).mapToDouble(feature).toArray();
  }

  @Test
  void correlationsLieWithinFourStandardErrors() {
    int[] blocks = blocks(60_000, 5);
    for (IntToDoubleFunction f :
        new IntToDoubleFunction[] {WINDOW::last, WINDOW::spinSum, WINDOW::bondSum, Math::sin}) {
      BlockFeature exact = BlockFeature.of(WINDOW, WINDOW.tabulate(f));
      SampledFeature sampled = SampledFeature.of(along(blocks, f));
      assertEquals(Status.OK, sampled.status());
      assertEquals(exact.correlation(1), sampled.rho1(), 4 * sampled.standardError1());
      assertEquals(exact.correlation(2), sampled.rho2(), 4 * sampled.standardError2());
      assertEquals(exact.coupling(), sampled.coupling(), 4 * sampled.couplingStandardError());
      assertEquals(exact.variance(), sampled.variance(), 0.03 * exact.variance());
    }
  }

  @Test
  void theStandardErrorIsTheScatterOfChains() {
    int chains = 60;
    double[] rho = new double[chains];
    double[] error = new double[chains];
    for (int chain = 0; chain < chains; chain++) {
      SampledFeature sampled = SampledFeature.of(along(blocks(4000, 100 + chain), WINDOW::spinSum));
      rho[chain] = sampled.rho1();
      error[chain] = sampled.standardError1();
    }
    double mean = Arrays.stream(rho).average().orElseThrow();
    double scatter =
        Math.sqrt(Arrays.stream(rho).map(r -> (r - mean) * (r - mean)).sum() / (chains - 1));
    // the scatter of 60 chains is known to 9 percent
    assertEquals(scatter, Arrays.stream(error).average().orElseThrow(), 0.35 * scatter);
  }

  @Test
  void layersFromSamplesAgreeWithTheExactOnes() {
    int[] blocks = blocks(40_000, 9);
    double[] left = along(blocks, WINDOW::first);
    double[] right = along(blocks, WINDOW::last);
    double t = WINDOW.contraction();
    int units = 2;
    double[] exactStates = new double[units * WINDOW.count()];
    double[] states = new double[units * blocks.length];
    for (int i = 0; i < units; i++) {
      double phase = i;
      IntToDoubleFunction unit = c -> Math.tanh(Math.sin(3 * c + phase));
      System.arraycopy(WINDOW.tabulate(unit), 0, exactStates, i * WINDOW.count(), WINDOW.count());
      System.arraycopy(along(blocks, unit), 0, states, i * blocks.length, blocks.length);
    }
    Precision precision = Precision.FLOAT64;
    LayerCoupling exact = LayerCoupling.of(WINDOW, exactStates, units, precision);
    LayerCoupling sampled = LayerCoupling.ofSamples(t, states, units, left, right, precision);
    assertEquals(exact.left(), sampled.left(), 0.02);
    assertEquals(exact.right(), sampled.right(), 0.02);
    assertEquals(exact.coupling(), sampled.coupling(), 0.02);
  }

  @Test
  void whatRegressionFindsInNoiseIsTakenOff() {
    int samples = 600;
    int units = 150;
    int[] blocks = blocks(samples, 21);
    double[] left = along(blocks, WINDOW::first);
    double[] noise =
        IntStream.range(0, units * samples)
            .mapToDouble(i -> CounterRandom.gaussian(77, i))
            .toArray();
    Precision precision = Precision.FLOAT64;
    LayerCoupling adjusted = LayerCoupling.ofSamples(0.6, noise, units, left, left, precision);
    // in sample R^2 is about 150/599; adjusted it scatters around 0 by about 0.03
    assertTrue(adjusted.left() * adjusted.left() < 0.12);
    double[] few = Arrays.copyOf(noise, units * 40);
    double[] short40 = Arrays.copyOf(left, 40);
    LayerCoupling tooFew = LayerCoupling.ofSamples(0.6, few, units, short40, short40, precision);
    assertEquals(Status.TOO_FEW_SAMPLES, tooFew.status());
    assertThrows(
        IllegalArgumentException.class,
        () -> LayerCoupling.ofSamples(0.6, few, units, short40, left, precision));
  }

  @Test
  void saysWhenThereIsNothingToMeasure() {
    assertEquals(Status.TOO_FEW_SAMPLES, SampledFeature.of(new double[127]).status());
    double[] constant = new double[200];
    Arrays.fill(constant, 0.1);
    assertEquals(Status.ZERO_VARIANCE, SampledFeature.of(constant).status());
    assertEquals(Status.ZERO_VARIANCE, SampledFeature.of(new double[200]).status());
    constant[7] = Double.NaN;
    SampledFeature broken = SampledFeature.of(constant);
    assertEquals(Status.NOT_FINITE, broken.status());
    assertTrue(Double.isNaN(broken.coupling()));
    double[] zeros = new double[200];
    assertEquals(
        Status.ZERO_VARIANCE,
        LayerCoupling.ofSamples(0.5, zeros, 1, zeros, zeros, Precision.FLOAT64).status());
    zeros[3] = Double.NaN;
    assertEquals(
        Status.NOT_FINITE,
        LayerCoupling.ofSamples(0.5, zeros, 1, zeros, zeros, Precision.FLOAT64).status());
  }

  /** States of neighbouring blocks without any knowledge of the chain. */
  @Test
  void crossFittingFindsTheCanonicalCorrelationAndNoneInNoise() {
    int pairs = 20_000;
    int[] blocks = blocks(pairs + 1, 31);
    int units = 3;
    double[] x = new double[units * pairs];
    double[] y = new double[units * pairs];
    double[] exactStates = new double[units * WINDOW.count()];
    for (int i = 0; i < units; i++) {
      double phase = i;
      IntToDoubleFunction unit = c -> Math.tanh(Math.sin(3 * c + phase));
      double[] along = along(blocks, unit);
      System.arraycopy(along, 0, x, i * pairs, pairs);
      System.arraycopy(along, 1, y, i * pairs, pairs);
      System.arraycopy(WINDOW.tabulate(unit), 0, exactStates, i * WINDOW.count(), WINDOW.count());
    }
    Precision precision = Precision.FLOAT64;
    LayerCoupling exact = LayerCoupling.of(WINDOW, exactStates, units, precision);
    CrossFittedCorrelation found = CrossFittedCorrelation.of(x, y, pairs, precision);
    assertEquals(Status.OK, found.status());
    // a correlation of 20000 pairs is known to about 0.01
    assertEquals(exact.correlation(), found.correlation(), 0.03);
    assertEquals(exact.coupling(), found.coupling(), 0.04);

    double[] left =
        IntStream.range(0, 40 * 400).mapToDouble(i -> CounterRandom.gaussian(1, i)).toArray();
    double[] right =
        IntStream.range(0, 30 * 400).mapToDouble(i -> CounterRandom.gaussian(2, i)).toArray();
    // in sample it would be about (sqrt 40 + sqrt 30)/sqrt 200 = 0.83
    assertEquals(0, CrossFittedCorrelation.of(left, right, 400, precision).correlation(), 0.25);
    // a wide and a narrow side, a unit repeated
    double[] copied = Arrays.copyOf(x, 4 * pairs);
    System.arraycopy(x, 0, copied, 3 * pairs, pairs);
    CrossFittedCorrelation same = CrossFittedCorrelation.of(copied, y, pairs, precision);
    assertEquals(found.correlation(), same.correlation(), 1e-9);
  }

  @Test
  void crossFittingSaysWhenItCannot() {
    Precision precision = Precision.FLOAT64;
    double[] few = {1, 2, 3, 4, 5};
    assertEquals(
        Status.TOO_FEW_SAMPLES, CrossFittedCorrelation.of(few, few, 5, precision).status());
    double[] spins = along(blocks(50, 3), WINDOW::last);
    double[] constant = new double[50];
    Arrays.fill(constant, 2);
    assertEquals(
        Status.ZERO_VARIANCE, CrossFittedCorrelation.of(spins, constant, 50, precision).status());
    constant[1] = Double.NaN;
    assertEquals(
        Status.NOT_FINITE, CrossFittedCorrelation.of(spins, constant, 50, precision).status());
    assertEquals(1, CrossFittedCorrelation.of(spins, spins, 50, precision).correlation(), 1e-12);
    assertThrows(
        IllegalArgumentException.class, () -> CrossFittedCorrelation.of(spins, few, 50, precision));
    assertThrows(
        IllegalArgumentException.class,
        () -> CrossFittedCorrelation.of(spins, spins, 0, precision));
  }
}
