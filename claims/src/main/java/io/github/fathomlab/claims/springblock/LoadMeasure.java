package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.springblock.PhaseDiagram;
import java.util.List;
import java.util.Optional;

/** The two measures that the published code computes; which of them its figures show is unknown. */
public enum LoadMeasure {
  /** log Tr Sigma_W - log Tr Sigma_B. */
  TRACE_RATIO("separation.trace_ratio", "trace ratio", ""),
  /** log Tr(Sigma_W Sigma_B^+). */
  LOG("separation.log", "log separation", "-by-log");

  private static final double STRONGLY_NONLINEAR = 0.5;

  private final String quantity;
  private final String words;
  private final String suffix;

  LoadMeasure(String quantity, String words, String suffix) {
    this.quantity = quantity;
    this.words = words;
    this.suffix = suffix;
  }

  /** The recorded quantity. */
  String quantity() {
    return quantity;
  }

  /** Name for people. */
  String words() {
    return words;
  }

  /** Identifier of a claim about this measure. */
  String id(String statement) {
    return "spring-block/" + statement + suffix;
  }

  /** Whether some untrained network of a sweep was measured, to be the null of the trained ones. */
  boolean hasNull(Readings readings) {
    return PhaseDiagram.untrained(readings, quantity).stream()
        .flatMap(diagram -> diagram.cells().stream())
        .anyMatch(cell -> !cell.curves().isEmpty());
  }

  /** The trained networks of a sweep, when its noise is one that the published diagrams have. */
  Optional<PhaseDiagram> diagram(Readings readings) {
    return PhaseDiagram.of(readings, quantity);
  }

  /**
   * The rows of networks whose nonlinearity is strong enough for a concave phase: the published
   * diagrams have none near slope 1, and the line of equal loads runs into the axis there.
   */
  static List<List<PhaseDiagram.Cell>> stronglyNonlinear(PhaseDiagram diagram) {
    return diagram.rows().stream()
        .filter(row -> !(row.getFirst().slope() > STRONGLY_NONLINEAR))
        .toList();
  }

  /** The rows of nonlinear networks; a linear network only rescales and has no phase. */
  static List<List<PhaseDiagram.Cell>> nonlinear(PhaseDiagram diagram) {
    return diagram.rows().stream().filter(row -> !(row.getFirst().slope() == 1)).toList();
  }
}
