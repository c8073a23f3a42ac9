package io.github.fathomlab.springblock;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.network.RowLayer;
import io.github.fathomlab.training.StateSnapshot;
import io.github.fathomlab.training.StateSnapshot.View;
import io.github.fathomlab.training.Targets;
import io.github.fathomlab.training.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Data separation over depth as an instrument, with the tilt of its load curve.
 *
 * <p>Representations l = 0..L: the (normalised) input, the output of every hidden layer, the
 * logits. Quantities per representation: {@code separation.log} (D_l = log Tr(Σ_W Σ_B⁺)), {@code
 * separation.trace_ratio}, {@code separation.invariant}, {@code separation.log_compatible} (the
 * authors' float32 cut); of the whole network {@code load.tilt} and {@code load.relative_tilt} (s
 * and q of the loads of D without the logits), and the same with the suffixes {@code .trace_ratio}
 * and {@code .compatible} for the loads of these. See {@link DataSeparation} and {@link
 * LoadStatistics}. Cost: one forward pass and about n d (d + 2C) flops per representation.
 *
 * <p>One instrument looks at one {@link View}. The quantities above are those of training samples
 * in evaluation mode; those of held-out samples begin with {@code held_out.}, those with batch
 * statistics with {@code batch.}, such as {@code held_out.load.tilt}.
 */
public final class SeparationProfile implements Watcher {
  private final View view;
  private final Rhythm rhythm;
  private final Consumer<Reading> sink;
  private final DataSeparation separation = new DataSeparation();

  public SeparationProfile(View view, Rhythm rhythm, Consumer<Reading> sink) {
    this.view = view;
    this.rhythm = rhythm;
    this.sink = sink;
  }

  @Override
  public boolean wantsState(long step) {
    return rhythm.due(step);
  }

  @Override
  public Set<View> views() {
    return Set.of(view);
  }

  @Override
  public void observe(StateSnapshot snapshot) {
    if (!(snapshot.evaluation().targets() instanceof Targets.Classes classes)) {
      return;
    }
    List<Separation.Measure> logs = new ArrayList<>();
    List<Separation.Measure> compatibles = new ArrayList<>();
    List<Separation.Measure> traceRatios = new ArrayList<>();
    List<Matrix> states = representations(snapshot);
    List<String> names = names(snapshot.network().layers());
    for (int l = 0; l < states.size(); l++) {
      Matrix state = states.get(l);
      Separation found =
          separation.measure(
              state.toArray(), state.columns(), state.rows(), classes.labels(), classes.classes());
      logs.add(found.log());
      compatibles.add(found.compatibleLog());
      traceRatios.add(found.traceRatio());
      accept(snapshot, "separation.log", l, names.get(l), found.log());
      accept(snapshot, "separation.log_compatible", l, names.get(l), found.compatibleLog());
      accept(snapshot, "separation.trace_ratio", l, names.get(l), found.traceRatio());
      accept(snapshot, "separation.invariant", l, names.get(l), found.invariant());
    }
    acceptTilt(snapshot, "", LoadCurve.of(logs).statistics(true));
    acceptTilt(snapshot, ".trace_ratio", LoadCurve.of(traceRatios).statistics(true));
    acceptTilt(snapshot, ".compatible", LoadCurve.of(compatibles).statistics(true));
  }

  private static List<Matrix> representations(StateSnapshot snapshot) {
    List<Matrix> states = new ArrayList<>();
    List<Layer> layers = snapshot.network().layers();
    if (!(layers.getFirst() instanceof RowLayer)) {
      states.add(snapshot.evaluation().trace().input());
    }
    for (int m = 0; m < layers.size(); m++) {
      states.add(snapshot.evaluation().trace().representation(m));
    }
    return states;
  }

  /** Names of the representations of a network, input first. */
  public static List<String> names(List<Layer> layers) {
    List<String> names = new ArrayList<>();
    if (!(layers.getFirst() instanceof RowLayer)) {
      names.add("input");
    }
    for (Layer layer : layers) {
      names.add(layer.name());
    }
    return names;
  }

  private void accept(
      StateSnapshot snapshot, String quantity, int l, String name, Separation.Measure measure) {
    sink.accept(
        new Reading(
            view.prefix() + quantity,
            snapshot.step(),
            l,
            name,
            snapshot.replica(),
            measure.value(),
            measure.status(),
            Double.NaN));
  }

  private void acceptTilt(StateSnapshot snapshot, String suffix, LoadStatistics loads) {
    acceptOfNetwork(
        snapshot, "load.tilt" + suffix, loads.tilt(), loads.status(), loads.tiltError());
    acceptOfNetwork(
        snapshot, "load.relative_tilt" + suffix, loads.relativeTilt(), loads.status(), Double.NaN);
  }

  private void acceptOfNetwork(
      StateSnapshot snapshot, String quantity, double value, Status status, double error) {
    Status honest = Double.isNaN(value) && status == Status.OK ? Status.NOT_APPLICABLE : status;
    sink.accept(
        new Reading(
            view.prefix() + quantity,
            snapshot.step(),
            Reading.WHOLE_NETWORK,
            "",
            snapshot.replica(),
            value,
            honest,
            error));
  }
}
