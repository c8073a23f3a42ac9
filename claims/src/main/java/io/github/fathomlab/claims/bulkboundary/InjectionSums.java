package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.bulkboundary.GradientNoise;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Samples;
import io.github.fathomlab.training.StepSnapshot;
import io.github.fathomlab.training.TrainingPlan;
import io.github.fathomlab.training.Watcher;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Means of what batch switches inject and of its leading order, over the steps of a training.
 *
 * <pre>
 *   I = ℓ(θ';B₂) - ℓ(θ';B₁),  θ' = θ + u,  u = -lr (g_{B₁} + earlier gradients)
 *   E[I] = E[(g_{B₂} - g_{B₁})·u] + O(lr²) = lr (E|g_{B₁}|² - E g_{B₁}·g_{B₂}) + O(lr²) = lr S²/B
 * </pre>
 *
 * <p>Derivation for batches drawn without replacement within an epoch. Given θ and what was drawn
 * before, B₁ and B₂ are exchangeable disjoint draws from the N samples left, so ℓ(θ;B₂) - ℓ(θ;B₁)
 * and its work along earlier gradients (heavy-ball) vanish in the mean. With G their mean gradient
 * and S² the trace of their covariance with divisor N - 1, E|g_{B₁}|² = |G|² + S²(1/B - 1/N) and E
 * g_{B₁}·g_{B₂} = |G|² - S²/N: the finite population drops out and lr S²/B is left, whatever N; the
 * S² of those left is that of all n samples in the mean, to leading order. From the last batch of
 * an epoch to the first of the next the batches are not exchangeable given θ; those steps are left
 * out. The derivation is ours (bulk-boundary specification §7.4).
 *
 * <p>S² is measured every {@value #INTERVAL} steps and taken as constant in between. Consecutive I
 * nearly cancel, as one batch's loss enters twice with opposite signs, so naive errors are wrong;
 * standard errors are those of batch means over blocks of whole epochs, of the ratio by the
 * residuals I - rE of the blocks. With one batch per epoch every switch is taken: nothing changes
 * then.
 */
final class InjectionSums implements Watcher {
  private static final int INTERVAL = 200;
  private static final int MOST_BLOCKS = 20;

  private final TrainingPlan plan;
  private final Samples samples;
  private final long first;
  private final long epoch;
  private final long epochsPerBlock;
  private final double[] injected;
  private final double[] expected;
  private final double[] estimated;
  private @Nullable GradientNoise noise;
  private double variance = Double.NaN;

  /**
   * @param first step of an epoch's start; earlier ones are not counted
   * @param epochs that are counted, as far as they fill blocks of equal length
   */
  InjectionSums(TrainingPlan plan, Dataset data, long first, long epochs) {
    this.plan = plan;
    this.first = first;
    samples = new Samples(data, Kernels.of(Precision.FLOAT64));
    epoch = samples.size() / plan.batch();
    int blocks = (int) Math.min(MOST_BLOCKS, epochs);
    epochsPerBlock = epochs / blocks;
    injected = new double[blocks];
    expected = new double[blocks];
    estimated = new double[blocks];
  }

  @Override
  public Need need(long step) {
    return step >= first && (step - first) % INTERVAL == 0 ? Need.STEP : Need.NOTHING;
  }

  @Override
  public void observe(StepSnapshot snapshot) {
    if (noise == null) {
      noise = new GradientNoise(snapshot.network(), plan.loss());
    }
    variance = noise.trace(samples.inputs(), samples.targets());
  }

  /** Takes a reading of the ledger. */
  void add(Reading reading) {
    long step = reading.step() - first;
    long block = Math.floorDiv(step, epoch * epochsPerBlock);
    boolean leavesEpoch = epoch > 1 && (step + 1) % epoch == 0;
    if (step < 0 || block >= injected.length || leavesEpoch) {
      return;
    }
    switch (reading.quantity()) {
      case "ledger.injection" -> {
        injected[(int) block] += reading.value();
        expected[(int) block] += plan.learningRate() * variance / plan.batch();
      }
      case "ledger.injection_expected" -> estimated[(int) block] += reading.value();
      default -> {}
    }
  }

  private double perStep(double[] sums) {
    return Arrays.stream(sums).sum() / switches();
  }

  private double switches() {
    return (double) epochsPerBlock * (epoch > 1 ? epoch - 1 : 1) * injected.length;
  }

  /** ⟨I⟩. */
  double mean() {
    return perStep(injected);
  }

  /** Standard error of ⟨I⟩. */
  double meanError() {
    double[] level = new double[injected.length];
    Arrays.fill(level, Arrays.stream(injected).average().orElse(Double.NaN));
    return error(level) / switches();
  }

  /** ⟨lr S²/B⟩. */
  double expected() {
    return perStep(expected);
  }

  /** ⟨lr ½|g_{k+1} - g_k|²⟩. */
  double estimated() {
    return perStep(estimated);
  }

  double ratio() {
    return mean() / expected();
  }

  /** Standard error of the ratio. */
  double ratioError() {
    double ratio = ratio();
    double[] level = Arrays.stream(expected).map(e -> ratio * e).toArray();
    return error(level) / Arrays.stream(expected).sum();
  }

  /** Standard error of Σ (I - level) over independent blocks. */
  private double error(double[] level) {
    double squares = 0;
    for (int b = 0; b < level.length; b++) {
      squares += (injected[b] - level[b]) * (injected[b] - level[b]);
    }
    return Math.sqrt(squares * level.length / (level.length - 1));
  }
}
