package io.github.fathomlab.experiment;

import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.kernels.Engine;
import io.github.fathomlab.record.Checkpoints;
import io.github.fathomlab.record.Provenance;
import io.github.fathomlab.record.Recorder;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Replica;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.TrainingPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One execution of an experiment, from its data to its verdicts and report.
 *
 * <p>Training goes in legs. At the end of a leg all replicas stand at the same step; the readings
 * are sealed into a part, then the state is written as a checkpoint that names the number of parts.
 * A killed run goes on from its last checkpoint with the parts that belong to it, and so has the
 * same bits as one that was never killed.
 */
public final class ExperimentRun {
  private final Experiment experiment;
  private final RunDirectory directory;
  private final Recorder recorder;
  private final Ensemble ensemble;
  private final long firstStep;

  private ExperimentRun(
      Experiment experiment,
      Split split,
      RunDirectory directory,
      Recorder recorder,
      int workers,
      Checkpoints.@Nullable Checkpoint from) {
    this.experiment = experiment;
    this.directory = directory;
    this.recorder = recorder;
    TrainingPlan plan = experiment.plan(split.train().size());
    Instruments instruments = new Instruments(experiment, plan);
    ensemble =
        new Ensemble(
            experiment.network(split),
            experiment.precision(),
            plan,
            split,
            experiment.replicas(),
            experiment.seed(),
            workers,
            (replica, network) -> instruments.of(network, recorder.lane(replica)));
    Path weights = experiment.network().weights();
    if (from != null) {
      EnsembleState.restore(ensemble, from.content());
    } else if (weights != null) {
      ensemble.replicas().forEach(replica -> ForeignWeights.load(weights, replica.network()));
    }
    firstStep = from == null ? 0 : from.step();
  }

  /**
   * A new run.
   *
   * @param out where it is written; null for {@code runs/<name>-<hash>}, numbered when that exists
   * @param workers threads that train
   */
  public static ExperimentRun fresh(
      ExperimentFile file, @Nullable Path out, int workers, List<String> commandLine) {
    Experiment experiment = file.experiment();
    Split split = experiment.data().load();
    experiment.requireSound(split);
    Path place = out == null ? RunDirectory.unused(Path.of("runs", experiment.runName())) : out;
    return fresh(file, split, place, workers, commandLine);
  }

  /** A new run on data that were loaded already, of an experiment that is sound. */
  public static ExperimentRun fresh(
      ExperimentFile file, Split split, Path out, int workers, List<String> commandLine) {
    Experiment experiment = file.experiment();
    RunDirectory directory = RunDirectory.create(out);
    directory.writeAtomically("experiment.yaml", utf8(file.text()));
    String hashed = "# sha256 of what follows: " + experiment.hash() + "\n";
    directory.writeAtomically("resolved.yaml", utf8(hashed + experiment.resolvedYaml()));
    Recorder recorder = Recorder.start(directory);
    ExperimentRun run = new ExperimentRun(experiment, split, directory, recorder, workers, null);
    Provenance.begin(
            version(),
            Engine.describe(),
            run.ensemble.replicas().stream().map(Replica::seed).toList(),
            DataFingerprint.of(split),
            experiment.hash(),
            commandLine)
        .write(directory);
    return run;
  }

  /**
   * Goes on with a run that was interrupted or killed; a finished one is only judged and reported
   * again.
   */
  public static ExperimentRun resumed(Path path, int workers) {
    return resumed(path, null, workers);
  }

  /**
   * Goes on with a run.
   *
   * @param loaded its data when they were loaded already, or null
   */
  public static ExperimentRun resumed(Path path, @Nullable Split loaded, int workers) {
    RunDirectory directory = RunDirectory.open(path);
    Experiment experiment = ExperimentFile.reopen(directory.resolved());
    Split split = loaded == null ? experiment.data().load() : loaded;
    Provenance before = Provenance.read(directory);
    Map<String, String> recorded = before.data();
    if (!DataFingerprint.of(split).equals(recorded)) {
      throw new ExperimentException(
          path
              + ": the data have changed since this run began, so it cannot go on; start a new run");
    }
    Optional<Checkpoints.Checkpoint> latest = new Checkpoints(directory).latest();
    if (latest.isEmpty() && before.ended() != null && directory.hasParts()) {
      throw new ExperimentException(
          path
              + ": this training is finished and its networks were not kept, so there is nothing to go on with; its page: fathom report "
              + path);
    }
    int parts = latest.map(c -> Integer.parseInt(c.content().metadata().get("parts"))).orElse(0);
    Recorder recorder = Recorder.resume(directory, parts);
    try {
      return new ExperimentRun(
          experiment, split, directory, recorder, workers, latest.orElse(null));
    } catch (RuntimeException e) {
      recorder.close();
      throw e;
    }
  }

  /** Trains to the end or until {@link #stop}, then judges and reports what there is. */
  public RunOutcome execute() {
    long began = System.nanoTime();
    train();
    List<Verdict> verdicts =
        ensemble.isStopped()
            ? List.of()
            : Judgement.write(directory, Instruments.claims(experiment));
    double watching =
        ensemble.replicas().stream().mapToDouble(Replica::watchingShare).average().orElse(0);
    double seconds = (System.nanoTime() - began) / 1e9;
    RunFiles.writeCost(directory, cost(seconds, watching));
    RunReport.write(directory);
    return new RunOutcome(
        directory, ensemble.isStopped(), ensemble.divergences(), verdicts, seconds, watching);
  }

  /** Trains to the end or until {@link #stop}; nothing is judged nor reported. */
  public void train() {
    try (recorder) {
      Checkpoints checkpoints = new Checkpoints(directory);
      long total = ensemble.plan().steps();
      long leg = experiment.checkpointEvery();
      for (long step = firstStep; step < total && !ensemble.isStopped(); ) {
        step = Math.min(total, step - step % leg + leg);
        ensemble.advance(step);
        if (!ensemble.isStopped()) {
          int parts = recorder.seal();
          checkpoints.write(
              step, EnsembleState.tensors(ensemble), Map.of("parts", Integer.toString(parts)));
        }
      }
    }
    RunFiles.writeDivergences(directory, ensemble.divergences());
    Provenance.read(directory).end().write(directory);
  }

  /** Of this execution alone; readings hold only what is reproducible, and time is not. */
  private SequencedMap<String, String> cost(double seconds, double watching) {
    SequencedMap<String, String> cost = new LinkedHashMap<>();
    cost.put("wall time", String.format(Locale.ROOT, "%.1f s", seconds));
    cost.put("optimizer steps", Long.toString(ensemble.stepsDone()));
    cost.put(
        "steps per second", String.format(Locale.ROOT, "%.0f", ensemble.stepsDone() / seconds));
    cost.put(
        "instruments",
        String.format(
            Locale.ROOT,
            "%.0f %% of the training threads' time, evaluations included",
            100 * watching));
    return cost;
  }

  /** Version of this program. */
  public static String version() {
    String version = ExperimentRun.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Asks the training to stop after the steps it is in; {@link #execute} then returns. */
  public void stop() {
    ensemble.stop();
  }

  /** Whether {@link #stop} was called, so that the training may be unfinished. */
  public boolean isStopped() {
    return ensemble.isStopped();
  }

  public RunDirectory directory() {
    return directory;
  }

  public Experiment experiment() {
    return experiment;
  }

  /** Steps done by all replicas together, those before a resumption included. */
  public long stepsDone() {
    return firstStep * ensemble.replicas().size() + ensemble.stepsDone();
  }

  public long stepsTotal() {
    return ensemble.plan().steps() * ensemble.replicas().size();
  }

  /** Mean over replicas of the last batch's loss; NaN before the first step. */
  public double loss() {
    return ensemble.replicas().stream()
        .mapToDouble(Replica::loss)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
