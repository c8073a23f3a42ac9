package io.github.fathomlab.bulkboundary;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.StepSums;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.SecantWork;
import io.github.fathomlab.network.Trace;
import io.github.fathomlab.training.Middle;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.StepSnapshot;
import io.github.fathomlab.training.TrainingPlan;
import io.github.fathomlab.training.Watcher;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loss in the energy ledger: which layer changed it by how much in a finite step, what the
 * switch of batch and masks injected, and whether the books of the whole run close.
 *
 * <pre>
 *   ℓ(θ';B_k) - ℓ(θ;B_k) = Σ_m 𝒫_m exactly,   Q_m = 𝒫_m - ΔJ_m   (½ u·Hu to leading order)
 *   I_k = ℓ(θ';B_{k+1}) - ℓ(θ';B_k),   E = Σ T + ℓ,   E_{k+1} - E_k = Σ_m (Π - D - X + Q)_m + I_k
 * </pre>
 *
 * <p>Quantities per layer: {@code ledger.work_weights} (𝒫 of W and γ), {@code ledger.work_biases}
 * (𝒫 of b and β), {@code ledger.secant_current} (𝒥 at the upper cut), {@code ledger.curvature}
 * (Q); {@code midpoint.curvature} where the midpoint form is recorded. Of the network: {@code
 * ledger.loss_change} (Σ 𝒫), {@code ledger.injection} (I), {@code ledger.injection_expected} (lr
 * tr Σ/B, its leading order for SGD and heavy-ball, with tr Σ/B = ½ E|g_{k+1} - g_k|² from
 * consecutive batches), {@code ledger.energy} (E before the step), {@code ledger.balance} (closing
 * error of E - E_0 over all steps so far, relative to E_0; {@link Status#PARTIAL} unless every step
 * was split), and on controlled audits {@code ledger.secant_residual} (the loss after the step
 * against a plain forward pass, relative).
 *
 * <p>Source: bulk-boundary specification §4.3-4.5, §5, §7; our derivation, built on discrete
 * gradients. The split of a finite step over layers is a convention, only its sum is unique. Cost:
 * a secant pass, about one training step; nothing on other steps.
 */
public final class SecantLedger implements Watcher {
  private static final int OWN_NUMBERS = 5;

  private final LedgerRhythm rhythm;
  private final TrainingPlan plan;
  private final Kernels kernels;
  private final KickDriftLedger ledger;
  private final LayerReadings readings;
  private final double[] kinetic;

  /** Steps that are in the books, from step 0 on without a gap. */
  private long booked;

  private double firstEnergy = Double.NaN;

  /** Σ of all that went into the books: Π - D - X + Q of every step, and I. */
  private double sum;

  /** The step whose injection is still open, its loss after the step, and its gradient. */
  private long open = -1;

  private double lossAfter = Double.NaN;
  private @Nullable Matrix gradient;

  public SecantLedger(
      LedgerRhythm rhythm, TrainingPlan plan, Network network, Consumer<Reading> sink) {
    this.rhythm = rhythm;
    this.plan = plan;
    kernels = network.kernels();
    ledger = new KickDriftLedger(plan.rule());
    readings = new LayerReadings(network.layers(), sink);
    kinetic = new double[network.layers().size()];
  }

  /** The step after a split closes its injection, the step before leaves T. */
  @Override
  public Need need(long step) {
    if (rhythm.secants().due(step)) {
      return Need.STEP;
    }
    boolean beside = rhythm.secants().due(step + 1) || step > 0 && rhythm.secants().due(step - 1);
    return beside ? Need.SUMS : Need.NOTHING;
  }

  @Override
  public boolean wantsMiddle(long step) {
    return rhythm.midpoint() && rhythm.secants().due(step);
  }

  @Override
  public void observe(StepSnapshot snapshot) {
    long step = snapshot.step();
    if (open >= 0 && open == step - 1) {
      closeInjection(snapshot);
    }
    if (rhythm.secants().due(step)) {
      balance(snapshot);
    }
    LedgerRow[] rows = rows(snapshot);
    if (rhythm.secants().due(step)) {
      split(snapshot, rows);
    }
  }

  private LedgerRow[] rows(StepSnapshot snapshot) {
    List<StepSums> sums = Objects.requireNonNull(snapshot.sums());
    LedgerRow[] rows = new LedgerRow[kinetic.length];
    for (int m = 0; m < rows.length; m++) {
      rows[m] = ledger.row(sums.get(m), kinetic[m], snapshot.learningRate());
      kinetic[m] = rows[m].kineticAfter();
    }
    return rows;
  }

  private void closeInjection(StepSnapshot snapshot) {
    double injection = snapshot.loss() - lossAfter;
    sum += injection;
    readings.emitOfNetwork(snapshot.replica(), open, "ledger.injection", injection);
    if (gradient != null) {
      kernels.add(-1, snapshot.trace().gradient(), gradient);
      double expected = plan.rateAt(open) * 0.5 * kernels.dot(gradient, gradient);
      readings.emitOfNetwork(snapshot.replica(), open, "ledger.injection_expected", expected);
    }
    open = -1;
  }

  /** The law ⟨I⟩ ≈ lr tr Σ/B is known for these two. */
  private boolean knowsExpectation() {
    return plan.rule() instanceof OptimizerRule.Sgd
        || plan.rule() instanceof OptimizerRule.HeavyBall;
  }

  private void balance(StepSnapshot snapshot) {
    double energy = snapshot.loss() + Arrays.stream(kinetic).sum();
    long step = snapshot.step();
    readings.emitOfNetwork(snapshot.replica(), step, "ledger.energy", energy);
    if (step == 0) {
      firstEnergy = energy;
    }
    if (booked == step) {
      double error = Math.abs(energy - firstEnergy - sum) / Math.abs(firstEnergy);
      readings.emitOfNetwork(snapshot.replica(), step, "ledger.balance", error);
    } else {
      readings.emitAbsent(snapshot.replica(), step, "ledger.balance", Status.PARTIAL);
    }
  }

  private void split(StepSnapshot snapshot, LedgerRow[] rows) {
    SecantWork work =
        snapshot
            .network()
            .secant(
                snapshot.trace(),
                Objects.requireNonNull(snapshot.finiteStep()),
                plan.loss(),
                snapshot.targets());
    double change = work.current(rows.length);
    record(snapshot, rows, work, change);
    for (int m = 0; m < rows.length; m++) {
      double curvature = work.ofLayer(m) - rows[m].currentDrop();
      sum += rows[m].metricWork() - rows[m].dissipation() - rows[m].external() + curvature;
    }
    if (booked == snapshot.step()) {
      booked++;
    }
    open = snapshot.step();
    lossAfter = snapshot.loss() + change;
    if (knowsExpectation()) {
      remember(snapshot.trace().gradient());
    }
    if (rhythm.controls().due(snapshot.step())) {
      audit(snapshot);
    }
  }

  private void remember(Matrix source) {
    if (gradient == null) {
      gradient = kernels.vector(source.columns());
    }
    gradient.copyFrom(source);
  }

  private void record(StepSnapshot snapshot, LedgerRow[] rows, SecantWork work, double change) {
    int replica = snapshot.replica();
    long step = snapshot.step();
    readings.emit(replica, step, "ledger.work_weights", work::ofFactors);
    readings.emit(replica, step, "ledger.work_biases", work::ofShifts);
    readings.emit(replica, step, "ledger.secant_current", m -> work.current(m + 1));
    readings.emit(replica, step, "ledger.curvature", m -> work.ofLayer(m) - rows[m].currentDrop());
    Middle middle = snapshot.middle();
    if (rhythm.midpoint() && middle != null) {
      readings.emit(
          replica,
          step,
          "midpoint.curvature",
          m -> work.ofLayer(m) - middle.sums().get(m).gradientWork);
    }
    readings.emitOfNetwork(replica, step, "ledger.loss_change", change);
  }

  /** The loss at θ' by a plain forward pass with the same batch and masks. */
  private void audit(StepSnapshot snapshot) {
    Matrix moved = kernels.vector(snapshot.network().parameters().columns());
    moved.copyFrom(snapshot.network().parameters());
    kernels.add(1, Objects.requireNonNull(snapshot.displacement()), moved);
    Trace trace = snapshot.network().trace(snapshot.trace().batch());
    trace.input().copyFrom(snapshot.trace().input());
    snapshot.network().forward(trace, snapshot.pass().again(), moved);
    double plain =
        plan.loss().evaluate(kernels, trace.output(), snapshot.targets(), trace.outputGradient());
    double residual = Math.abs(lossAfter - plain) / Math.max(snapshot.loss(), plain);
    readings.emitOfNetwork(snapshot.replica(), snapshot.step(), "ledger.secant_residual", residual);
  }

  @Override
  public double[] memory() {
    double[] own = {booked, firstEnergy, sum, open, lossAfter};
    double[] pending = open < 0 || gradient == null ? new double[0] : gradient.toArray();
    double[] memory = Arrays.copyOf(own, own.length + kinetic.length + pending.length);
    System.arraycopy(kinetic, 0, memory, own.length, kinetic.length);
    System.arraycopy(pending, 0, memory, own.length + kinetic.length, pending.length);
    return memory;
  }

  @Override
  public void restore(double[] memory) {
    booked = (long) memory[0];
    firstEnergy = memory[1];
    sum = memory[2];
    open = (long) memory[3];
    lossAfter = memory[4];
    System.arraycopy(memory, OWN_NUMBERS, kinetic, 0, kinetic.length);
    double[] pending = Arrays.copyOfRange(memory, OWN_NUMBERS + kinetic.length, memory.length);
    gradient = null;
    if (pending.length > 0) {
      gradient = kernels.vector(pending.length);
      gradient.setAll(pending);
    }
  }
}
