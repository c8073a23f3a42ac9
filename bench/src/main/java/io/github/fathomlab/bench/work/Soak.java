package io.github.fathomlab.bench.work;

import io.github.fathomlab.bulkboundary.EnergyLedger;
import io.github.fathomlab.bulkboundary.LedgerRhythm;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.record.Recorder;
import io.github.fathomlab.training.Ensemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trains ten replicas with a recording ledger, seals their readings now and then, and watches the
 * resident memory of the process, native memory included: {@code Soak FOLDER [steps]}.
 */
public final class Soak {
  private static final int REPLICAS = 10;
  private static final int SAMPLE_EVERY = 250;
  private static final int SEAL_EVERY = 1000;
  private static final int RECORD_EVERY = 10;

  /**
   * Megabytes per 1000 steps that count as flat: a tenth of a percent of the heap limit, within the
   * noise of a collector.
   */
  private static final double FLAT = 0.5;

  private Soak() {}

  /** Resident memory after a number of steps of every replica. */
  private record Sample(long step, double seconds, double resident, double heap) {}

  public static void main(String[] arguments) throws IOException {
    long steps = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000;
    List<Sample> samples;
    try (Scratch scratch = new Scratch();
        Recorder recorder = Recorder.start(scratch.run())) {
      samples = train(recorder, steps);
    }
    double slope = slopeAfterFirstQuarter(samples);
    String text = table(samples, slope);
    System.out.println(text);
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Path file = folder.resolve("soak-" + LocalDate.now() + ".md");
    Path temporary = folder.resolve(file.getFileName() + ".tmp");
    Files.writeString(temporary, text);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    System.exit(slope <= FLAT ? 0 : 1);
  }

  private static List<Sample> train(Recorder recorder, long steps) throws IOException {
    Subject subject = new Subject(8, 100, 100, 2560, 100);
    Ensemble ensemble =
        subject.ensemble(
            REPLICAS,
            2,
            (replica, network) ->
                List.of(
                    new EnergyLedger(
                        LedgerRhythm.of(new Rhythm.Every(RECORD_EVERY), new Rhythm.Every(0)),
                        subject.plan(),
                        network.layers(),
                        recorder.lane(replica))));
    List<Sample> samples = new ArrayList<>();
    long began = System.nanoTime();
    for (long step = SAMPLE_EVERY; step <= steps; step += SAMPLE_EVERY) {
      ensemble.advance(step);
      if (step % SEAL_EVERY == 0) {
        recorder.seal();
      }
      Runtime runtime = Runtime.getRuntime();
      double heap = (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
      samples.add(new Sample(step, (System.nanoTime() - began) / 1e9, resident(), heap));
    }
    return samples;
  }

  /** VmRSS in megabytes. */
  private static double resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6;
      }
    }
    throw new IOException("/proc/self/status has no VmRSS");
  }

  /** Least squares, megabytes per 1000 steps. */
  private static double slopeAfterFirstQuarter(List<Sample> samples) {
    List<Sample> late = samples.subList(samples.size() / 4, samples.size());
    double meanStep = late.stream().mapToDouble(Sample::step).average().orElse(0);
    double meanSize = late.stream().mapToDouble(Sample::resident).average().orElse(0);
    double covariance = 0;
    double variance = 0;
    for (Sample sample : late) {
      covariance += (sample.step - meanStep) * (sample.resident - meanSize);
      variance += (sample.step - meanStep) * (sample.step - meanStep);
    }
    return 1000 * covariance / variance;
  }

  private static String table(List<Sample> samples, double slope) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %d replicas, ledger every %d steps, sealed every %d steps, -Xmx%dm%n%n"
            .formatted(
                LocalDate.now(),
                REPLICAS,
                RECORD_EVERY,
                SEAL_EVERY,
                Runtime.getRuntime().maxMemory() >> 20));
    text.append("| step | seconds | resident MB | heap in use MB |\n|---|---|---|---|\n");
    for (Sample s : samples) {
      text.append(
          String.format(
              Locale.ROOT, "| %d | %.1f | %.1f | %.1f |%n", s.step, s.seconds, s.resident, s.heap));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nAfter the first quarter the resident memory grows by %.2f MB per 1000 steps: %s (flat is at most %.1f).%n",
            slope,
            slope <= FLAT ? "flat" : "not flat",
            FLAT));
    return text.toString();
  }
}
