package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.bulkboundary.LedgerRhythm;
import io.github.fathomlab.bulkboundary.SecantLedger;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.NetworkSpec;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import io.github.fathomlab.training.TrainingPlan;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stationary training with mini-batches: what the switch of the batch injects, against lr tr Σ/B.
 *
 * <p>A tanh network 4-8-8-1 is trained by squared error on {@value #SAMPLES} samples whose targets
 * are half noise, until its loss has settled; from there it goes on with every setting, a fifth of
 * the steps unobserved. {@link InjectionSums} derives the law and says how it is measured.
 *
 * <p>Quantities, {@code step} = index of the setting, replica = seed: {@code injection.mean} (⟨I⟩
 * with its standard error), {@code injection.expected} (⟨lr S²/B⟩, S² the exact covariance of
 * per-sample gradients), {@code injection.ratio} (their quotient with its standard error), {@code
 * injection.estimated} (⟨lr ½|g_{k+1} - g_k|²⟩, as {@code ledger.injection_expected} gives it to
 * everybody; above the law by the motion of θ between the two gradients, O(lr)); once per setting
 * {@code injection.rate}, {@code injection.batch}, {@code injection.momentum} and {@code
 * injection.samples}. Settings 0 to 3 are those of the specification, 4 to 6 larger rates, 7 has
 * heavy-ball momentum 0.9, and 8, the null, a batch that never changes.
 */
public final class InjectionStudy implements Study {
  static final int SAMPLES = 1024;
  static final List<Setting> SETTINGS =
      List.of(
          new Setting(0.02, 8, 0, 1),
          new Setting(0.01, 8, 0, 1.5),
          new Setting(0.02, 32, 0, 2),
          new Setting(0.005, 4, 0, 1.5),
          new Setting(0.04, 8, 0, 0.6),
          new Setting(0.08, 8, 0, 0.6),
          new Setting(0.16, 8, 0, 0.6),
          new Setting(0.02, 8, 0.9, 0.8),
          new Setting(0.02, SAMPLES, 0, 0.02));

  private static final int FEATURES = 4;
  private static final NetworkSpec NETWORK =
      new MlpSpec(
          List.of(FEATURES, 8, 8, 1),
          new Activation.Tanh(),
          false,
          false,
          0,
          true,
          new Initialisation.Scaled(1));
  private static final TrainingPlan SETTLING = new Setting(0.04, 8, 0, 1).plan(5000);

  /**
   * How a network is trained.
   *
   * @param momentum μ of heavy-ball, 0 for plain SGD
   * @param share of the study's number of steps that this setting gets
   */
  record Setting(double rate, int batch, double momentum, double share) {
    TrainingPlan plan(long steps) {
      return new TrainingPlan(
          new Loss.SquaredError(),
          momentum == 0 ? new OptimizerRule.Sgd() : new OptimizerRule.HeavyBall(momentum),
          rate,
          new Schedule.Constant(),
          0,
          0,
          batch,
          steps,
          Noise.none());
    }
  }

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    for (int s = 0; s < SETTINGS.size(); s++) {
      Setting setting = SETTINGS.get(s);
      sink.accept(Reading.ofNetwork("injection.rate", s, 0, setting.rate));
      sink.accept(Reading.ofNetwork("injection.batch", s, 0, setting.batch));
      sink.accept(Reading.ofNetwork("injection.momentum", s, 0, setting.momentum));
      sink.accept(Reading.ofNetwork("injection.samples", s, 0, SAMPLES));
    }
    for (int seed = 0; seed < (quick ? 2 : 4); seed++) {
      Dataset data = data(seed);
      Matrix settled = settled(data, seed);
      for (int s = 0; s < SETTINGS.size(); s++) {
        long steps = (long) (SETTINGS.get(s).share * (quick ? 3000 : 16000));
        emit(s, seed, observed(SETTINGS.get(s), data, settled, seed, steps), sink);
      }
    }
  }

  /** The parameters of a network whose loss has settled. */
  static Matrix settled(Dataset data, int seed) {
    Ensemble training = ensemble(SETTLING, data, seed, (_, _) -> List.of());
    training.advance(SETTLING.steps());
    return training.replicas().getFirst().network().parameters();
  }

  /** What a setting injects over about so many steps, from the given parameters on. */
  static InjectionSums observed(Setting setting, Dataset data, Matrix start, int seed, long steps) {
    long epoch = SAMPLES / setting.batch;
    long unseen = steps / 5 / epoch * epoch;
    long epochs = Math.max(2, steps / epoch);
    TrainingPlan plan = setting.plan(unseen + epochs * epoch + 1);
    InjectionSums sums = new InjectionSums(plan, data, unseen, epochs);
    Rhythm never = new Rhythm.Every(0);
    LedgerRhythm rhythm = new LedgerRhythm(never, never, never, new Rhythm.Every(1), false);
    Ensemble training =
        ensemble(
            plan,
            data,
            seed,
            (_, network) -> List.of(sums, new SecantLedger(rhythm, plan, network, sums::add)));
    training.replicas().getFirst().network().parameters().copyFrom(start);
    training.advance(plan.steps());
    return sums;
  }

  private static Ensemble ensemble(
      TrainingPlan plan, Dataset data, int seed, Ensemble.Watchers watchers) {
    return new Ensemble(
        NETWORK, Precision.FLOAT64, plan, new Split(data, null), 1, seed, 1, watchers);
  }

  static Dataset data(int seed) {
    long inputKey = CounterRandom.key(seed, 1);
    long noiseKey = CounterRandom.key(seed, 2);
    double[] inputs = new double[SAMPLES * FEATURES];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = CounterRandom.gaussian(inputKey, i);
    }
    double[] values = new double[SAMPLES];
    for (int j = 0; j < SAMPLES; j++) {
      double signal = StrictMath.sin(2 * inputs[j * FEATURES]) * inputs[j * FEATURES + 1];
      values[j] = 0.5 * signal + 0.5 * CounterRandom.gaussian(noiseKey, j);
    }
    return new Dataset("noisy-product", FEATURES, inputs, new Targets.Values(values, 1));
  }

  private static void emit(int s, int seed, InjectionSums sums, Consumer<Reading> sink) {
    emit("injection.mean", s, seed, sums.mean(), sums.meanError(), sink);
    emit("injection.expected", s, seed, sums.expected(), Double.NaN, sink);
    emit("injection.ratio", s, seed, sums.ratio(), sums.ratioError(), sink);
    emit("injection.estimated", s, seed, sums.estimated(), Double.NaN, sink);
  }

  private static void emit(
      String quantity, int s, int seed, double value, double error, Consumer<Reading> sink) {
    boolean finite = Double.isFinite(value);
    sink.accept(
        new Reading(
            quantity,
            s,
            Reading.WHOLE_NETWORK,
            "",
            seed,
            finite ? value : Double.NaN,
            finite ? Status.OK : Status.NOT_FINITE,
            error));
  }
}
