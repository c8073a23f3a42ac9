package io.github.fathomlab.experiment;

import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.training.Divergence;
import java.util.List;

/**
 * How a run ended.
 *
 * @param interrupted stopped from outside before its last step; it can be resumed
 * @param divergences replicas that left the finite numbers
 * @param verdicts of the claims that apply; empty when interrupted
 * @param seconds wall time of this execution
 * @param watchingShare mean share of the training threads' time that instruments took; NaN of a
 *     study, which trains nothing
 */
public record RunOutcome(
    RunDirectory run,
    boolean interrupted,
    List<Divergence> divergences,
    List<Verdict> verdicts,
    double seconds,
    double watchingShare) {

  /** The end of a study. */
  static RunOutcome ofStudy(RunDirectory run, List<Verdict> verdicts, double seconds) {
    return new RunOutcome(run, false, List.of(), verdicts, seconds, Double.NaN);
  }
}
