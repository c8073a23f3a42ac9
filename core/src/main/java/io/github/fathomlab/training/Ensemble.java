package io.github.fathomlab.training;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * R replicas of one experiment that differ in their seeds, trained side by side.
 *
 * <p>Each worker takes one replica after the other and trains it alone: at the widths of interest
 * one network per core is faster than all networks in one tensor, and each replica has the same
 * bits as when trained alone.
 */
public final class Ensemble {
  private final List<Replica> replicas = new ArrayList<>();
  private final List<Workspace> workspaces = new ArrayList<>();
  private final TrainingPlan plan;
  private final LongAdder stepsDone = new LongAdder();
  private volatile boolean stopped;

  /** Gives each replica its watchers. */
  public interface Watchers {
    List<? extends Watcher> of(int replica, Network network);
  }

  /**
   * @param watchers of each replica; called once per replica
   * @param workers threads that train
   */
  public Ensemble(
      NetworkSpec spec,
      Precision precision,
      TrainingPlan plan,
      Split split,
      int size,
      long seed,
      int workers,
      Watchers watchers) {
    this.plan = plan;
    Kernels kernels = Kernels.of(precision);
    Samples train = new Samples(split.train(), kernels);
    Dataset held = split.test();
    Samples test = held == null ? null : new Samples(held, kernels);
    for (int r = 0; r < size; r++) {
      long replicaSeed = Replica.seedOf(seed, r);
      Network network = Network.create(spec, kernels, Replica.weightSeed(replicaSeed));
      replicas.add(
          new Replica(
              r,
              replicaSeed,
              plan,
              network,
              train,
              test,
              split.population(),
              watchers.of(r, network)));
    }
    for (int w = 0; w < Math.min(workers, size); w++) {
      workspaces.add(new Workspace(replicas.getFirst().network()));
    }
  }

  /** Trains every replica up to the given step and returns when the last one is there. */
  public void advance(long until) {
    AtomicInteger next = new AtomicInteger();
    Workers.run(
        workspaces.stream().<Runnable>map(workspace -> () -> work(next, until, workspace)).toList(),
        this::stop);
  }

  private void work(AtomicInteger next, long until, Workspace workspace) {
    int r;
    while ((r = next.getAndIncrement()) < replicas.size()) {
      replicas.get(r).advance(until, workspace, () -> stopped, stepsDone::increment);
    }
  }

  /** Asks all workers to return after the step they are in. */
  public void stop() {
    stopped = true;
  }

  public boolean isStopped() {
    return stopped;
  }

  public List<Replica> replicas() {
    return List.copyOf(replicas);
  }

  public TrainingPlan plan() {
    return plan;
  }

  /** Steps done by all replicas since this ensemble was made; may be read while it trains. */
  public long stepsDone() {
    return stepsDone.sum();
  }

  /** Divergences so far. */
  public List<Divergence> divergences() {
    List<Divergence> found = new ArrayList<>();
    for (Replica replica : replicas) {
      @Nullable Divergence divergence = replica.divergence();
      if (divergence != null) {
        found.add(divergence);
      }
    }
    return found;
  }
}
