package io.github.fathomlab.experiment;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The end of a run: its verdicts and the works to cite for it. */
public final class Judgement {
  private Judgement() {}

  /** Judges the claims that the recorded readings can speak on and writes both files. */
  public static List<Verdict> write(RunDirectory run, List<Claim> claims) {
    try (RecordedReadings readings = RecordedReadings.open(run)) {
      List<Verdict> verdicts =
          claims.stream()
              .filter(claim -> claim.appliesTo(readings))
              .map(claim -> claim.judge(readings))
              .toList();
      run.writeAtomically(
          run.citations().getFileName().toString(),
          Citations.of(run, readings).getBytes(StandardCharsets.UTF_8));
      RunFiles.writeVerdicts(run, verdicts);
      return verdicts;
    }
  }
}
