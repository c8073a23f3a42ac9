package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import io.github.fathomlab.bulkboundary.EnergyLedger;
import io.github.fathomlab.bulkboundary.LedgerRhythm;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.record.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * CPU time of a step with the zero-cost ledger of every step going into a recorder's lane, and of a
 * step without, in turns; sealing the readings into Parquet parts is timed apart.
 */
final class LedgerWork {
  private static final int SEALS = 3;

  private LedgerWork() {}

  static Map<String, Spread> measure(Options options) {
    try (Scratch scratch = new Scratch();
        Recorder recorder = Recorder.start(scratch.run())) {
      return measure(options, recorder);
    }
  }

  private static Map<String, Spread> measure(Options options, Recorder recorder) {
    Subject subject = Subject.of(options);
    Course without = new Course(subject, 1, 1, Subject.NOBODY);
    Course with =
        new Course(
            subject,
            1,
            1,
            (replica, network) ->
                List.of(
                    new EnergyLedger(
                        LedgerRhythm.of(new Rhythm.Every(1), new Rhythm.Every(0)),
                        subject.plan(),
                        network.layers(),
                        recorder.lane(replica))));
    int epochs = options.get("epochs", 4);
    Timing.warmUp(
        options.get("warm", 4000),
        () -> {
          without.epochs(1);
          with.epochs(1);
        });
    recorder.seal();
    List<Double> plain = new ArrayList<>();
    List<Double> watched = new ArrayList<>();
    List<Double> sealing = new ArrayList<>();
    int chunks = options.get("chunks", 30);
    for (int i = 0; i < chunks; i++) {
      plain.add(Timing.of(() -> without.epochs(epochs)).cpu());
      watched.add(Timing.of(() -> with.epochs(epochs)).cpu());
      if ((i + 1) % (chunks / SEALS) == 0) {
        sealing.add(Timing.of(recorder::seal).cpu());
      }
    }
    double perStep = 1.0 / (epochs * subject.stepsPerEpoch());
    Spread recorded = Spread.ofTimes(watched).times(perStep);
    Spread sealed = Spread.ofTimes(sealing).times(perStep * SEALS / chunks);
    return Map.of(
        "without", Spread.ofTimes(plain).times(perStep),
        "with", recorded,
        "sealed", recorded.plus(sealed),
        "seal", Spread.ofTimes(sealing));
  }
}
