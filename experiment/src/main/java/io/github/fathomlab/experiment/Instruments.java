package io.github.fathomlab.experiment;

import io.github.fathomlab.bulkboundary.EnergyLedger;
import io.github.fathomlab.bulkboundary.LedgerRhythm;
import io.github.fathomlab.bulkboundary.MidpointEnergy;
import io.github.fathomlab.bulkboundary.SecantLedger;
import io.github.fathomlab.bulkboundary.field.FieldRoughness;
import io.github.fathomlab.claims.bulkboundary.BooksClose;
import io.github.fathomlab.claims.bulkboundary.LedgerBalances;
import io.github.fathomlab.claims.rankcollapse.RankCollapseClaims;
import io.github.fathomlab.claims.renormalization.CouplingClaims;
import io.github.fathomlab.claims.springblock.LinearNetworkRescales;
import io.github.fathomlab.claims.springblock.LowNoiseConcave;
import io.github.fathomlab.coarsegraining.Origin;
import io.github.fathomlab.coarsegraining.Positions;
import io.github.fathomlab.coarsegraining.RankProfile;
import io.github.fathomlab.coarsegraining.markov.TokenProfile;
import io.github.fathomlab.coarsegraining.markov.TokenReadout;
import io.github.fathomlab.data.ChainBlocks;
import io.github.fathomlab.data.MaskedTokens;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.LearningCurve;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.NetworkSpec;
import io.github.fathomlab.renormalization.task.CouplingProfile;
import io.github.fathomlab.renormalization.task.CouplingReadout;
import io.github.fathomlab.springblock.SeparationProfile;
import io.github.fathomlab.training.StateSnapshot.View;
import io.github.fathomlab.training.TrainingPlan;
import io.github.fathomlab.training.Watcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The instruments that an experiment asks for, and the claims that its readings can speak on. */
final class Instruments {
  /**
   * Dropout, label and input noise up to this count as low; where the published diagrams begin to
   * bend.
   */
  private static final double LOW_NOISE = 0.02;

  private final Experiment experiment;
  private final TrainingPlan plan;
  private final @Nullable CouplingReadout readout;
  private final @Nullable TokenReadout tokens;

  Instruments(Experiment experiment, TrainingPlan plan) {
    this.experiment = experiment;
    this.plan = plan;
    readout = readout(experiment);
    tokens = tokens(experiment);
  }

  /** What masked tokens are measured with; null when no ranks are, or other data. */
  private static @Nullable TokenReadout tokens(Experiment experiment) {
    Measurement.Rank rank = experiment.measure().rank();
    return rank != null && experiment.data() instanceof MaskedTokens masked
        ? new TokenReadout(masked.problem(), rank.pooled())
        : null;
  }

  /** What couplings are read with, once for all replicas; null when none are measured. */
  private static @Nullable CouplingReadout readout(Experiment experiment) {
    Measurement.Coupling coupling = experiment.measure().coupling();
    if (coupling == null || !(experiment.data() instanceof ChainBlocks blocks)) {
      return null;
    }
    Architecture network = experiment.network();
    int narrowest =
        network.shape() instanceof Architecture.Mlp mlp && !mlp.hidden().isEmpty()
            ? Collections.min(mlp.hidden())
            : blocks.window();
    boolean linear = network.isLinear() && network.norm() == NetworkSpec.Norm.NONE;
    return new CouplingReadout(
        blocks.problem(),
        linear && !network.inputNorm(),
        narrowest,
        coupling.samples(),
        coupling.units());
  }

  /** A fresh set for one replica. */
  List<Watcher> of(Network network, Consumer<Reading> sink) {
    Measurement measure = experiment.measure();
    Rhythm states = states();
    List<Watcher> watchers = new ArrayList<>();
    Measurement.LearningCurve curve = measure.learningCurve();
    watchers.add(
        new LearningCurve(new Rhythm.Every(curve == null ? 0 : curve.every()), states, sink));
    Measurement.Separation separation = measure.separation();
    if (separation != null) {
      for (View view : separation.views()) {
        watchers.add(new SeparationProfile(view, states, sink));
      }
    }
    Measurement.Coupling coupling = measure.coupling();
    if (coupling != null && readout != null) {
      watchers.add(new CouplingProfile(readout, states, plan.steps(), sink));
    }
    Measurement.Rank rank = measure.rank();
    if (rank != null) {
      watchers.addAll(ranks(rank, states, sink));
    }
    Measurement.Ledger ledger = measure.ledger();
    if (ledger != null) {
      watchers.addAll(ledgers(ledger, network, sink));
      if (FieldRoughness.appliesTo(network.layers())) {
        watchers.add(new FieldRoughness(states, sink));
      }
    }
    return watchers;
  }

  private List<Watcher> ranks(Measurement.Rank rank, Rhythm states, Consumer<Reading> sink) {
    if (tokens != null) {
      return List.of(new TokenProfile(tokens, rank.uncentred(), rank.pooled(), states, sink));
    }
    List<Watcher> watchers = new ArrayList<>();
    for (View view : rank.views()) {
      for (Positions positions : rank.positions()) {
        for (Origin origin : rank.origins()) {
          watchers.add(new RankProfile(view, positions, origin, null, states, sink));
        }
      }
    }
    return watchers;
  }

  private List<Watcher> ledgers(
      Measurement.Ledger ledger, Network network, Consumer<Reading> sink) {
    LedgerRhythm rhythm =
        new LedgerRhythm(
            new Rhythm.Every(ledger.every()),
            new Rhythm.Every(ledger.audit()),
            new Rhythm.Every(ledger.audit() * ledger.control()),
            new Rhythm.Every(ledger.secant()),
            ledger.midpoint());
    List<Watcher> watchers = new ArrayList<>();
    watchers.add(new EnergyLedger(rhythm, plan, network.layers(), sink));
    if (ledger.midpoint()) {
      watchers.add(new MidpointEnergy(rhythm, plan, network.layers(), sink));
    }
    if (ledger.secant() > 0) {
      watchers.add(new SecantLedger(rhythm, plan, network, sink));
    }
    return watchers;
  }

  /** When the network is evaluated; at its beginning and its end at least. */
  private Rhythm states() {
    SortedSet<Long> steps = new TreeSet<>(List.of(0L, plan.steps()));
    Measurement.Separation separation = experiment.measure().separation();
    if (separation != null) {
      for (long step : separation.moments(plan.steps())) {
        steps.add(step);
      }
    }
    Measurement.Coupling coupling = experiment.measure().coupling();
    if (coupling != null) {
      for (long step : coupling.moments(plan.steps())) {
        steps.add(step);
      }
    }
    Measurement.Rank rank = experiment.measure().rank();
    if (rank != null) {
      for (long step : rank.moments(plan.steps())) {
        steps.add(step);
      }
    }
    return new Rhythm.At(steps);
  }

  /** Claims about this kind of experiment; whether the readings suffice is the claim's to say. */
  static List<Claim> claims(Experiment experiment) {
    List<Claim> claims = new ArrayList<>();
    claims.add(new LedgerBalances(experiment.precision()));
    claims.add(new BooksClose(experiment.precision()));
    boolean quiet =
        experiment.network().dropout() <= LOW_NOISE
            && experiment.noise().labels() <= LOW_NOISE
            && experiment.noise().inputs() <= LOW_NOISE
            && experiment.noise().temperature() == 0;
    boolean linear = experiment.network().isLinear();
    boolean perceptron = experiment.network().shape() instanceof Architecture.Mlp;
    boolean mixed =
        experiment.network().shape() instanceof Architecture.Mlp mlp && !mlp.linear().isEmpty();
    if (quiet && !linear && perceptron && !mixed) {
      claims.add(new LowNoiseConcave());
    }
    if (linear && perceptron && experiment.precision() == Precision.FLOAT64) {
      claims.add(new LinearNetworkRescales());
    }
    if (experiment.measure().coupling() != null) {
      claims.addAll(CouplingClaims.all());
    }
    if (experiment.measure().rank() != null && experiment.data() instanceof MaskedTokens) {
      claims.addAll(RankCollapseClaims.chains());
    }
    return claims;
  }
}
