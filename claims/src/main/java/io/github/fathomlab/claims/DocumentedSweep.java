package io.github.fathomlab.claims;

import io.github.fathomlab.instrument.Claim;
import java.util.List;

/**
 * The grid of experiments on which claims about phase diagrams were documented.
 *
 * @param claims judged on the readings of the sweep
 * @param file name of the grid, below the folder of all claims
 * @param quick settings, {@code key=value}, of a smaller grid with the same documented verdicts
 */
public record DocumentedSweep(List<Claim> claims, String file, List<String> quick)
    implements Documented {

  public DocumentedSweep {
    claims = List.copyOf(claims);
    quick = List.copyOf(quick);
    Identifiers.requireSound(claims);
  }

  @Override
  public String kind() {
    return "sweep";
  }

  /** The grid as text. */
  public String text() {
    return DocumentedExperiment.textOf(file);
  }

  /** The claims about sweeps, each once; which of them a sweep can speak on is theirs to say. */
  public static List<Claim> claims(List<Documented> documented) {
    return documented.stream()
        .filter(DocumentedSweep.class::isInstance)
        .flatMap(each -> each.claims().stream())
        .toList();
  }
}
