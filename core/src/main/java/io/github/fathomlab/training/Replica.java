package io.github.fathomlab.training;

import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.StepSums;
import io.github.fathomlab.network.FiniteStep;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;
import io.github.fathomlab.training.StateSnapshot.View;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One training of an ensemble: a network, its optimizer and its place in the sequence of steps.
 *
 * <p>All randomness follows from the replica's seed and the step number, so its bits do not depend
 * on the worker, on the other replicas, or on having been stopped and restored in between.
 */
public final class Replica {
  private static final long WEIGHTS = 11;
  private static final long MASKS = 12;
  private static final long LANGEVIN = 13;
  private static final int MEASURED_SAMPLES = 4096;
  private static final int TEST_CHUNK = 2048;

  private final int index;
  private final long seed;
  private final TrainingPlan plan;
  private final Samples train;
  private final @Nullable Samples test;
  private final Network network;
  private final Optimizer optimizer;
  private final Batches batches;
  private final List<? extends Watcher> watchers;
  private long step;
  private double loss = Double.NaN;
  private @Nullable Divergence divergence;
  private long watchingNanos;
  private long totalNanos;

  Replica(
      int index,
      long seed,
      TrainingPlan plan,
      Network network,
      Samples train,
      @Nullable Samples test,
      @Nullable Population population,
      List<? extends Watcher> watchers) {
    this.index = index;
    this.seed = seed;
    this.plan = plan;
    this.network = network;
    this.train = train;
    this.test = test;
    this.watchers = List.copyOf(watchers);
    if (test == null && watchers.stream().anyMatch(w -> w.views().contains(View.HELD_OUT))) {
      throw new IllegalArgumentException(
          "a watcher wants to see held-out samples, but the split has none");
    }
    optimizer = new Optimizer(plan, network);
    batches = new Batches(train, population, plan, seed);
  }

  /** The seed of replica r in an experiment. */
  static long seedOf(long experimentSeed, int replica) {
    return CounterRandom.key(experimentSeed, replica);
  }

  /** The seed of a replica's weights. */
  static long weightSeed(long replicaSeed) {
    return CounterRandom.key(replicaSeed, WEIGHTS);
  }

  /** Trains until step {@code until}, a divergence, or a stop. */
  void advance(long until, Workspace workspace, BooleanSupplier stopped, Runnable onStep) {
    long began = System.nanoTime();
    while (step < until && divergence == null && !stopped.getAsBoolean()) {
      showState(workspace);
      train(workspace);
      onStep.run();
    }
    if (step == plan.steps() && divergence == null) {
      showState(workspace);
    }
    totalNanos += System.nanoTime() - began;
  }

  private void train(Workspace workspace) {
    Trace trace = workspace.trace(batches.size(step));
    Matrix targets = workspace.targets(train.targets().rows(), trace.batch());
    if (!batches.constant() || workspace.mustLoadConstant()) {
      batches.load(step, trace.input(), targets);
    }
    Watcher.Need need = need();
    trace.keepGradients(need == Watcher.Need.TENSORS);
    workspace.statistics().copyFrom(network.statistics());
    Pass pass = Pass.training(CounterRandom.key(seed, MASKS, step));
    network.forward(trace, pass);
    loss = plan.loss().evaluate(network.kernels(), trace.output(), targets, trace.outputGradient());
    if (!Double.isFinite(loss)) {
      int layer = network.firstNonFinite(trace);
      String name = layer < 0 ? "" : network.layers().get(layer).name();
      divergence = new Divergence(index, step, layer, name);
      network.statistics().copyFrom(workspace.statistics());
      return;
    }
    network.backward(trace);
    update(workspace, trace, pass, targets, need);
    step++;
  }

  private void update(
      Workspace workspace, Trace trace, Pass pass, Matrix targets, Watcher.Need need) {
    Matrix gradient = trace.gradient();
    Matrix force =
        optimizer.force(gradient, workspace.force(), step, CounterRandom.key(seed, LANGEVIN, step));
    List<StepSums> sums = need.compareTo(Watcher.Need.SUMS) < 0 ? null : workspace.sums();
    boolean held = need.compareTo(Watcher.Need.STEP) >= 0;
    Matrix displacement = held ? workspace.displacement() : null;
    Middle middle = null;
    if (watchers.stream().anyMatch(watcher -> watcher.wantsMiddle(step))) {
      middle = workspace.middle();
      optimizer.middle(step, force, gradient, middle);
    }
    optimizer.step(step, force, gradient, displacement, sums);
    if (need != Watcher.Need.NOTHING) {
      FiniteStep finiteStep = held ? workspace.finiteStep(network) : null;
      showStep(
          new StepSnapshot(
              index,
              step,
              network,
              trace,
              pass,
              targets,
              plan,
              loss,
              sums,
              displacement,
              finiteStep,
              middle));
    }
    if (displacement != null) {
      network.kernels().add(1, displacement, network.parameters());
    }
  }

  private Watcher.Need need() {
    Watcher.Need most = Watcher.Need.NOTHING;
    for (Watcher watcher : watchers) {
      Watcher.Need need = watcher.need(step);
      if (need.compareTo(most) > 0) {
        most = need;
      }
    }
    return most;
  }

  private void showStep(StepSnapshot snapshot) {
    long began = System.nanoTime();
    for (Watcher watcher : watchers) {
      if (watcher.need(snapshot.step()) != Watcher.Need.NOTHING) {
        watcher.observe(snapshot);
      }
    }
    watchingNanos += System.nanoTime() - began;
  }

  private void showState(Workspace workspace) {
    List<? extends Watcher> interested =
        watchers.stream().filter(watcher -> watcher.wantsState(step)).toList();
    if (interested.isEmpty()) {
      return;
    }
    long began = System.nanoTime();
    Evaluation.Score testScore = test == null ? null : score(test, workspace);
    // Evaluations may share a trace, so each view is shown before the next one is computed.
    for (View view : View.values()) {
      List<? extends Watcher> viewers =
          interested.stream().filter(watcher -> watcher.views().contains(view)).toList();
      if (!viewers.isEmpty()) {
        StateSnapshot snapshot =
            new StateSnapshot(index, step, network, view, evaluate(view, workspace), testScore);
        viewers.forEach(watcher -> watcher.observe(snapshot));
      }
    }
    watchingNanos += System.nanoTime() - began;
  }

  private Evaluation evaluate(View view, Workspace workspace) {
    Samples samples = view == View.HELD_OUT ? Objects.requireNonNull(test) : train;
    Pass pass = view == View.BATCH_STATISTICS ? Pass.batchStatisticsOnly() : Pass.evaluation();
    Trace trace = workspace.evaluation(Math.min(samples.size(), MEASURED_SAMPLES));
    return Evaluation.of(network, plan.loss(), samples, 0, pass, trace);
  }

  private Evaluation.Score score(Samples samples, Workspace workspace) {
    double lossSum = 0;
    double hits = 0;
    for (int from = 0; from < samples.size(); from += TEST_CHUNK) {
      int size = Math.min(TEST_CHUNK, samples.size() - from);
      Evaluation.Score part =
          Evaluation.of(
                  network,
                  plan.loss(),
                  samples,
                  from,
                  Pass.evaluation(),
                  workspace.evaluation(size))
              .score();
      lossSum += part.loss() * size;
      hits += part.accuracy() * size;
    }
    return new Evaluation.Score(lossSum / samples.size(), hits / samples.size());
  }

  public int index() {
    return index;
  }

  /** What all randomness of this replica follows from. */
  public long seed() {
    return seed;
  }

  /** Steps done. */
  public long step() {
    return step;
  }

  /** Loss of the last batch, NaN before the first. */
  public double loss() {
    return loss;
  }

  public Network network() {
    return network;
  }

  public Optimizer optimizer() {
    return optimizer;
  }

  public List<? extends Watcher> watchers() {
    return watchers;
  }

  /** Where the training diverged, or null. */
  public @Nullable Divergence divergence() {
    return divergence;
  }

  /** Share of the time spent in evaluations and watchers. */
  public double watchingShare() {
    return totalNanos == 0 ? 0 : (double) watchingNanos / totalNanos;
  }

  /**
   * Puts the replica at a step; parameters, statistics and optimizer state are set through their
   * matrices.
   */
  public void restore(long atStep, @Nullable Divergence diverged) {
    step = atStep;
    divergence = diverged;
  }
}
