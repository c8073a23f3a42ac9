package io.github.fathomlab.springblock.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrajectoryFitTest {
  private static final double ERROR = 0.005;
  private static final double DURATION = 100;

  private static ChainSpec chain(double k, double friction, double skew, double noise) {
    DryFriction law = new DryFriction(friction + skew, friction - skew);
    return ChainVectors.massless(7, k, law.right(), law.left(), 1)
        .with(ChainNoise.independent(noise));
  }

  private static double[] times(int count) {
    return IntStream.range(0, count).mapToDouble(j -> DURATION * j / (count - 1)).toArray();
  }

  /** The mean field of a chain, or one copy of the chain itself, with errors of measurement. */
  private static Trajectory seen(ChainSpec chain, boolean simulated, double error, long seed) {
    double[] times = times(21);
    double[][] x = new MeanField(chain).positions(1e-11, times);
    double[] end = new double[times.length];
    ChainEnsemble copy = new ChainEnsemble(chain, ChainEnsemble.schemeFor(chain), 0.01, 1, seed);
    for (int j = 0; j < times.length; j++) {
      end[j] = chain.pull().at(times[j]);
      if (simulated && j > 0) {
        copy.advance(Math.round((times[j] - times[j - 1]) / 0.01));
        x[j] = copy.state(0).positions().clone();
      }
      for (int l = 0; l < 7 && j > 0; l++) {
        x[j][l] += error * CounterRandom.gaussian(seed, 7L * j + l);
      }
    }
    return new Trajectory(times, x, end, Math.max(error, 1e-7));
  }

  private static void holds(FittedModel model, TrajectoryParameter parameter, double truth) {
    Estimate estimate = model.estimates().get(parameter);
    if (estimate instanceof Estimate.Known known) {
      double slack = 0.5 * (known.high() - known.low());
      boolean near = known.low() - slack <= truth && truth <= known.high() + slack;
      assertTrue(near, "%s is %s, found %s".formatted(parameter, truth, known));
    }
  }

  /** The four chains of the study of what can be known; the interval may miss by half its width. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 0, 0.1, false",
    "0.125, -0.025, 0.1, false",
    "0.125, -0.025, 0.1, true",
    "0.1, 0, 0.04, true",
    "0.1, 0, 0.5, true"
  })
  void knowsNoMoreThanTheDataDo(double friction, double skew, double noise, boolean simulated) {
    TrajectoryFit fit =
        TrajectoryFit.of(seen(chain(1, friction, skew, noise), simulated, ERROR, 5));
    FittedModel full = fit.full();
    holds(full, TrajectoryParameter.STIFFNESS, 1);
    holds(full, TrajectoryParameter.FRICTION, friction);
    holds(full, TrajectoryParameter.NOISE, noise);
    holds(full, TrajectoryParameter.SKEW, skew);
    assertTrue(full.condition() > 100, "condition " + full.condition());
    assertSame(fit.reduction(), fit.preferred());
    assertTrue(full.rms() < fit.straightLineRms());
    assertTrue(full.rms() <= fit.reduction().rms() * 1.01);
    if (noise == 0.04) {
      assertInstanceOf(Estimate.Known.class, full.estimates().get(TrajectoryParameter.STIFFNESS));
      assertInstanceOf(Estimate.Known.class, full.estimates().get(TrajectoryParameter.NOISE));
      assertInstanceOf(Estimate.Unknown.class, full.estimates().get(TrajectoryParameter.SKEW));
    }
    if (noise == 0.5) {
      assertInstanceOf(Estimate.Unknown.class, full.estimates().get(TrajectoryParameter.FRICTION));
      assertInstanceOf(Estimate.Unknown.class, full.estimates().get(TrajectoryParameter.NOISE));
    }
  }

  /** Friction and noise together, as in the study of what can be known. */
  @Test
  void weakDirection() {
    FittedModel full = TrajectoryFit.of(seen(chain(1, 0.1, 0, 0.1), false, 1e-4, 2)).full();
    double friction = weak(full, TrajectoryParameter.FRICTION);
    double sign = Math.signum(friction);
    assertEquals(0.76, sign * friction, 0.06);
    assertEquals(0.61, sign * weak(full, TrajectoryParameter.NOISE), 0.06);
    assertEquals(0, weak(full, TrajectoryParameter.SKEW), 0.05);
    holds(full, TrajectoryParameter.FRICTION, 0.1);
    assertInstanceOf(Estimate.Known.class, full.estimates().get(TrajectoryParameter.FRICTION));
  }

  private static double weak(FittedModel model, TrajectoryParameter parameter) {
    return Objects.requireNonNull(model.weakDirection().get(parameter));
  }

  /** A chain without friction in closed form, pulled along a broken line. */
  @Test
  void recoversTheClosedForm() {
    double[] times = times(12);
    double[] end = new double[12];
    for (int j = 0; j < 12; j++) {
      end[j] = Math.min(1, j / 4.0);
    }
    Pull.Sampled pull = new Pull.Sampled(times, end);
    ChainSpec chain = ChainVectors.massless(5, 0.3, 0, 0, 1).with(pull);
    double[][] x = new MeanField(chain).positions(1e-13, times);
    FittedModel fit = TrajectoryFit.reduce(new Trajectory(times, x, end, 1e-6));
    assertEquals(0.3, Math.exp(fit.fitted()[0]), 1e-6);
    assertEquals(0, fit.fitted()[1], 1e-6);
    assertTrue(fit.rms() < 1e-9, "rms " + fit.rms());
    assertArrayEquals(x[11], fit.positions()[10], 1e-8);
    FittedModel full = TrajectoryFit.of(new Trajectory(times, x, end, 1e-3)).full();
    assertTrue(full.rms() < 1e-5, "rms " + full.rms());
  }

  /** The reduction is the motion under a constant force: the mean field of endless noise. */
  @Test
  void theReductionIsALoadedChain() {
    double[] times = times(9);
    double[] end = IntStream.range(0, 9).mapToDouble(j -> 1 - 0.05 * j).toArray();
    double[] parameters = {Math.log(0.4), 0.02};
    Trajectory still = new Trajectory(times, new double[9][6], end, 1);
    double[] fast = new LoadedRelaxation(still).at(parameters).residuals();
    SlidingFlow flow = new SlidingFlow(new Trajectory(times, new double[9][6], end, 1e-6));
    double[] free = {parameters[0], Math.log(1e-9), Math.log(1e-9), 0.4 * 0.02};
    double[] slow = flow.at(free).residuals();
    for (int i = 0; i < fast.length; i++) {
      assertEquals(fast[i], 1e-6 * slow[i], 3e-8);
    }
    slopes(new LoadedRelaxation(still), parameters, 1e-6);
    slopes(
        new SlidingFlow(new Trajectory(times, new double[9][6], end, 1e-5)),
        new double[] {Math.log(0.4), Math.log(0.05), Math.log(0.06), 0.01},
        1e-3);
  }

  private static void slopes(
      BoundedLeastSquares.Model model, double[] parameters, double tolerance) {
    double[][] jacobian = model.at(parameters).jacobian();
    for (int p = 0; p < parameters.length; p++) {
      double[] more = parameters.clone();
      double[] less = parameters.clone();
      more[p] += 1e-5;
      less[p] -= 1e-5;
      double[] a = model.at(more).residuals();
      double[] b = model.at(less).residuals();
      double largest = 0;
      double wrong = 0;
      for (int i = 0; i < a.length; i++) {
        largest = Math.max(largest, Math.abs(jacobian[i][p]));
        wrong = Math.max(wrong, Math.abs((a[i] - b[i]) / 2e-5 - jacobian[i][p]));
      }
      assertTrue(wrong < tolerance * largest, "slope %d: %s of %s".formatted(p, wrong, largest));
    }
  }

  /** The interval of the reduction covers the truth of a loaded chain about 95 times in 100. */
  @Test
  void intervalsCover() {
    double[] times = times(21);
    double[] end = new double[21];
    Arrays.fill(end, 1);
    double[] truth = {Math.log(0.5), 0.015};
    Trajectory still = new Trajectory(times, new double[21][7], end, ERROR);
    double[] exact = new LoadedRelaxation(still).at(truth).residuals();
    int[] covered = new int[2];
    for (int draw = 0; draw < 200; draw++) {
      double[][] x = new double[21][7];
      for (int i = 0; i < exact.length; i++) {
        x[1 + i / 7][i % 7] = ERROR * (exact[i] + CounterRandom.gaussian(draw, i));
      }
      Map<TrajectoryParameter, Estimate> found =
          TrajectoryFit.reduce(new Trajectory(times, x, end, ERROR)).estimates();
      covered[0] += known(found, TrajectoryParameter.RATE).holds(0.5) ? 1 : 0;
      covered[1] += known(found, TrajectoryParameter.INCREMENT).holds(0.015) ? 1 : 0;
    }
    assertEquals(0.95, covered[0] / 200.0, 0.045);
    assertEquals(0.95, covered[1] / 200.0, 0.045);
  }

  private static Estimate.Known known(
      Map<TrajectoryParameter, Estimate> found, TrajectoryParameter parameter) {
    return assertInstanceOf(Estimate.Known.class, found.get(parameter));
  }

  /** Replicas with the noise of the chain itself; the bootstrap repeats and covers the whole. */
  @Test
  void bootstrapOverReplicas() {
    ChainSpec chain = chain(1, 0.1, 0, 0.5);
    List<Trajectory> replicas = new ArrayList<>();
    for (int seed = 0; seed < 6; seed++) {
      replicas.add(seen(chain, true, ERROR, seed));
    }
    Trajectory mean = Trajectory.mean(replicas);
    FittedModel whole = TrajectoryFit.reduce(mean);
    Map<TrajectoryParameter, Estimate> drawn = TrajectoryFit.bootstrap(replicas, whole, 100, 1);
    assertEquals(drawn, TrajectoryFit.bootstrap(replicas, whole, 100, 1));
    Estimate.Known rate = known(drawn, TrajectoryParameter.RATE);
    assertTrue(rate.holds(known(whole.estimates(), TrajectoryParameter.RATE).value()));
    assertTrue(rate.holds(2 * 0.4207), "mobility of noise 0.5 over friction 0.1: " + rate);
    Estimate.Unknown few =
        assertInstanceOf(
            Estimate.Unknown.class,
            TrajectoryFit.bootstrap(replicas.subList(0, 2), whole, 100, 1)
                .get(TrajectoryParameter.RATE));
    assertEquals(Status.TOO_FEW_REPLICAS, few.status());
  }

  @Test
  void saysWhenThereIsNothingToFit() {
    double[] times = times(5);
    TrajectoryFit still =
        TrajectoryFit.of(new Trajectory(times, new double[5][3], new double[5], 0.01));
    still
        .preferred()
        .estimates()
        .values()
        .forEach(e -> assertInstanceOf(Estimate.Unknown.class, e));
    double[] pulled = {1, 1, 1, 1, 1};
    FittedModel stuck = TrajectoryFit.reduce(new Trajectory(times, new double[5][3], pulled, 0.01));
    assertInstanceOf(Estimate.Unknown.class, stuck.estimates().get(TrajectoryParameter.INCREMENT));
  }
}
