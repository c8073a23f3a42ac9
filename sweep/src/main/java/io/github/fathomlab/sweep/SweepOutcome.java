package io.github.fathomlab.sweep;

import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.record.RunDirectory;
import java.util.List;

/**
 * How a sweep ended.
 *
 * @param interrupted whether cells are left to be trained
 * @param cells of the grid
 * @param failures one sentence for every cell that gave no curve at all: it could not be trained,
 *     or all its replicas diverged
 * @param diverged replicas that left the finite numbers, those of failed cells included
 * @param verdicts none when interrupted
 * @param seconds wall time of this execution
 */
public record SweepOutcome(
    RunDirectory run,
    boolean interrupted,
    int cells,
    List<String> failures,
    int diverged,
    List<Verdict> verdicts,
    double seconds) {

  public SweepOutcome {
    failures = List.copyOf(failures);
    verdicts = List.copyOf(verdicts);
  }
}
