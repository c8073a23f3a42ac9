package io.github.fathomlab.record;

import io.github.fathomlab.instrument.Reading;
import java.nio.file.Path;

/** Writes a run without end and tells after each flush how far it came; the test kills it. */
final class KilledWriter {
  static final int REPLICAS = 2;

  private KilledWriter() {}

  public static void main(String[] arguments) {
    RunDirectory run = RunDirectory.create(Path.of(arguments[0]));
    try (Recorder recorder = Recorder.start(run)) {
      for (long step = 0; step < Long.MAX_VALUE; step++) {
        for (int replica = 0; replica < REPLICAS; replica++) {
          recorder.lane(replica).accept(Reading.ofNetwork("loss", step, replica, 1.0 / (step + 1)));
        }
        if (step % 500 == 0) {
          recorder.flush();
          System.out.println(step);
        }
        if (step % 5000 == 4999) {
          recorder.seal();
        }
      }
    }
  }
}
