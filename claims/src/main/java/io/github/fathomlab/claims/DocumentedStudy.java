package io.github.fathomlab.claims;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Study;
import java.util.List;

/**
 * The study on which a claim was documented.
 *
 * @param claim judged on the readings of the study
 */
public record DocumentedStudy(Claim claim, Study study) implements Documented {

  public DocumentedStudy {
    Identifiers.requireSound(List.of(claim));
  }

  @Override
  public List<Claim> claims() {
    return List.of(claim);
  }

  @Override
  public String kind() {
    return "study";
  }
}
