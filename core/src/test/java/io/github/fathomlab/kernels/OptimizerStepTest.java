package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Optimizer steps against textbook recursions, and the sums they give away against plain sums and
 * the energy balance.
 */
class OptimizerStepTest {
  private static final int STEPS = 60;

  /**
   * One optimizer setting.
   *
   * @param momentum μ, or β₁ for Adam
   * @param decay decoupled weight decay
   */
  record Setting(boolean adam, double rate, double momentum, boolean nesterov, double decay) {}

  /** The vectors of one run. */
  private static final class Run {
    final Kernels k;
    final int n;
    final Matrix force;
    final Matrix gradient;
    final Matrix first;
    final Matrix second;
    final Matrix theta;
    final StepSums sums = new StepSums();

    Run(Precision precision, int n) {
      k = Kernels.of(precision);
      this.n = n;
      force = k.vector(n);
      gradient = k.vector(n);
      first = k.vector(n);
      second = k.vector(n);
      theta = Operands.gaussian(k.vector(n), new SplittableRandom(1));
    }

    /** The step's inputs: random, with a force that is not quite the gradient. */
    void draw(int t) {
      Operands.gaussian(gradient, new SplittableRandom(1000 + t));
      for (int i = 0; i < n; i++) {
        force.set(0, i, gradient.get(0, i) * (1 + 0.01 * (i % 7)) + 0.05 * theta.get(0, i));
      }
    }

    void step(Setting s, int t, @Nullable Matrix u, boolean tally) {
      int middle = n / 32 * 16;
      for (int half = 0; half < 2; half++) {
        int from = half == 0 ? 0 : middle;
        int to = half == 0 ? middle : n;
        StepSums receiver = tally ? sums : null;
        if (s.adam()) {
          k.adamStep(adamRule(s, t), force, gradient, first, second, theta, u, from, to, receiver);
        } else {
          k.momentumStep(
              new Kernels.MomentumRule(s.rate(), s.momentum(), s.nesterov()),
              force,
              gradient,
              first,
              theta,
              u,
              from,
              to,
              receiver);
        }
      }
    }
  }

  static List<Setting> settings() {
    return List.of(
        new Setting(false, 0.05, 0, false, 0),
        new Setting(false, 0.05, 0.9, false, 0),
        new Setting(false, 0.05, 0.9, true, 0),
        new Setting(true, 0.01, 0.9, false, 0),
        new Setting(true, 0.01, 0.9, false, 0.2));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void followsTheTextbook(Setting s) {
    Run run = new Run(Precision.FLOAT64, 48);
    double[] theta = run.theta.toArray();
    double[] m = new double[48];
    double[] v = new double[48];
    for (int t = 1; t <= STEPS; t++) {
      run.draw(t);
      for (int i = 0; i < 48; i++) {
        double f = run.force.get(0, i);
        if (s.adam()) {
          theta[i] *= 1 - s.rate() * s.decay();
          m[i] = s.momentum() * m[i] + (1 - s.momentum()) * f;
          v[i] = 0.999 * v[i] + (1 - 0.999) * f * f;
          double unbiasedM = m[i] / (1 - Math.pow(s.momentum(), t));
          double unbiasedV = v[i] / (1 - Math.pow(0.999, t));
          theta[i] -= s.rate() * unbiasedM / (Math.sqrt(unbiasedV) + 1e-8);
        } else {
          m[i] = s.momentum() * m[i] + f;
          theta[i] -= s.rate() * (s.nesterov() ? f + s.momentum() * m[i] : m[i]);
        }
      }
      run.step(s, t, null, false);
      assertArrayEquals(theta, run.theta.toArray(), 1e-12, "step " + t);
    }
  }

  /** Asking for u or for sums, or cutting the range, never changes a bit of θ. */
  @ParameterizedTest
  @MethodSource("settings")
  void observationLeavesTheBitsAlone(Setting s) {
    for (Precision precision : Precision.values()) {
      Run plain = new Run(precision, 1600);
      Run observed = new Run(precision, 1600);
      Matrix u = observed.k.vector(1600);
      for (int t = 1; t <= 10; t++) {
        plain.draw(t);
        observed.draw(t);
        plain.step(s, t, null, false);
        double[] before = observed.theta.toArray();
        observed.step(s, t, u, true);
        assertArrayEquals(before, observed.theta.toArray());
        observed.k.add(1, u, observed.theta);
        assertArrayEquals(plain.theta.toArray(), observed.theta.toArray());
        assertArrayEquals(plain.first.toArray(), observed.first.toArray());
        assertArrayEquals(plain.second.toArray(), observed.second.toArray());
      }
    }
  }

  /** The table of tolerances of sums: relative to the sum of absolute terms. */
  private static double tolerance(Precision precision) {
    return precision == Precision.FLOAT32 ? 1e-6 : 2e-15;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void sumsAreWhatTheyAreCalled(Setting s) {
    for (Precision precision : Precision.values()) {
      Run run = new Run(precision, 1600);
      Matrix u = run.k.vector(1600);
      for (int t = 1; t <= 12; t++) {
        run.draw(t);
        double[] before = run.first.toArray();
        run.sums.clear();
        run.step(s, t, u, true);
        double[] sums = new double[6];
        double[] scales = new double[6];
        for (int i = 0; i < run.n; i++) {
          // Normal form: p = -m and N = (√v̂+ε)(1-β₁^t)/lr for Adam, p = -(1-μ) buf and N =
          // (1-μ)/lr otherwise.
          double n =
              s.adam() ? adamMass(s, t, run.second.get(0, i)) : (1 - s.momentum()) / s.rate();
          double unit = s.adam() ? 1 : 1 - s.momentum();
          double f = run.force.get(0, i);
          double g = run.gradient.get(0, i);
          double old = unit * before[i];
          double now = unit * run.first.get(0, i);
          double[] terms = {
            old * old / n,
            now * now / n,
            f * f / n,
            g * u.get(0, i),
            u.get(0, i) * (f - g),
            run.theta.get(0, i) * f
          };
          for (int j = 0; j < 6; j++) {
            sums[j] += terms[j];
            scales[j] += Math.abs(terms[j]);
          }
        }
        double[] found = values(run.sums);
        for (int j = 0; j < 6; j++) {
          assertEquals(sums[j], found[j], 10 * tolerance(precision) * scales[j], "sum " + j);
        }
        requireBalance(s, run.sums, tolerance(precision));
        run.k.add(1, u, run.theta);
      }
    }
  }

  /**
   * The kick-drift balance with T = a Σp²/N: T' - T = -D - u·g - X, where D = (1-μ²) T + ½(1-μ)
   * Σf²/N and X = u·(f-g) plus the work of decoupled decay; for Nesterov a = μ/(2(1-μ)) and D =
   * (1-μ²) T + (1+μ/2)(1-μ) Σf²/N.
   */
  private static void requireBalance(Setting s, StepSums sums, double tolerance) {
    double mu = s.momentum();
    double a = (s.nesterov() ? mu : 1) / (2 * (1 - mu));
    double friction = (s.nesterov() ? 1 + mu / 2 : 0.5) * (1 - mu) * sums.force;
    double after = a * sums.momentumAfter;
    double before = a * sums.momentumBefore;
    double dissipated = (1 - mu * mu) * before + friction;
    double external = sums.externalWork + s.rate() * s.decay() * sums.decayWork;
    double residual = after - before + dissipated + sums.gradientWork + external;
    double scale = after + before + dissipated + Math.abs(sums.gradientWork) + Math.abs(external);
    assertTrue(dissipated >= 0);
    assertTrue(Math.abs(residual) <= tolerance * scale, s + ": " + residual + " of " + scale);
  }

  /**
   * The midpoint balance: with the mass of one step ½Σ(p'² - p²)/N = -2(1-μ)/(1+μ) (Σ N w̄² + Σ
   * f·w̄), and w̄ itself from the momenta before and after; the step comes after and is not
   * changed.
   */
  @ParameterizedTest
  @MethodSource("settings")
  void middlesBalanceTheKineticEnergy(Setting s) {
    for (Precision precision : Precision.values()) {
      Run run = new Run(precision, 1600);
      Matrix middle = run.k.vector(1600);
      for (int t = 1; t <= 12; t++) {
        run.draw(t);
        double[] before = run.first.toArray();
        double[] theta = run.theta.toArray();
        MiddleSums sums = new MiddleSums();
        middle(run, s, t, middle, sums);
        assertArrayEquals(before, run.first.toArray());
        assertArrayEquals(theta, run.theta.toArray());
        run.sums.clear();
        run.step(s, t, null, true);
        for (int i = 0; i < run.n; i++) {
          double mass =
              s.adam() ? adamMass(s, t, run.second.get(0, i)) : (1 - s.momentum()) / s.rate();
          double unit = s.adam() ? 1 : 1 - s.momentum();
          double expected = -unit * (before[i] + run.first.get(0, i)) / (2 * mass);
          double scale = unit * (Math.abs(before[i]) + Math.abs(run.first.get(0, i))) / mass;
          assertEquals(expected, middle.get(0, i), 4 * tolerance(precision) * scale);
        }
        double share = 2 * (1 - s.momentum()) / (1 + s.momentum());
        double work = sums.dissipation + sums.gradientWork + sums.externalWork;
        double change = 0.5 * (run.sums.momentumAfter - run.sums.momentumBefore);
        double scale = run.sums.momentumAfter + run.sums.momentumBefore + run.sums.force;
        assertEquals(-share * work, change, 4 * tolerance(precision) * scale);
      }
    }
  }

  private static void middle(Run run, Setting s, int t, Matrix middle, MiddleSums sums) {
    for (int from = 0; from < run.n; from += 800) {
      int to = from + 800;
      if (s.adam()) {
        run.k.adamMiddle(
            adamRule(s, t), run.force, run.gradient, run.first, run.second, middle, from, to, sums);
      } else {
        Kernels.MomentumRule rule = new Kernels.MomentumRule(s.rate(), s.momentum(), s.nesterov());
        run.k.momentumMiddle(rule, run.force, run.gradient, run.first, middle, from, to, sums);
      }
    }
  }

  private static Kernels.AdamRule adamRule(Setting s, int t) {
    return new Kernels.AdamRule(
        s.rate() / (1 - Math.pow(s.momentum(), t)),
        s.momentum(),
        0.999,
        Math.sqrt(1 - Math.pow(0.999, t)),
        1e-8,
        s.rate() * s.decay());
  }

  private static double adamMass(Setting s, int t, double v) {
    double root = Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8;
    return root * (1 - Math.pow(s.momentum(), t)) / s.rate();
  }

  private static double[] values(StepSums s) {
    return new double[] {
      s.momentumBefore, s.momentumAfter, s.force, s.gradientWork, s.externalWork, s.decayWork
    };
  }
}
