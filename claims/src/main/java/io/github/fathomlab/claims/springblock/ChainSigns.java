package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import io.github.fathomlab.springblock.PhaseDiagram;
import io.github.fathomlab.springblock.SignPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One prediction of the chain of blocks about the signs in a phase diagram of networks.
 *
 * <p>Criterion: that of {@link SignPattern}; for the boundary on all rows of nonlinear networks,
 * for the fall of the tilt on the strongly nonlinear ones (slope at most 0.5), because where there
 * is no concave phase the least noise need not be the most concave. The weakly nonlinear rows are
 * shown beside it. Null: the same pattern of the untrained networks; a prediction that holds there
 * too, or was not tried there, is undecided.
 *
 * @param measure what the loads are read from
 * @param prediction which of them
 */
public record ChainSigns(LoadMeasure measure, Prediction prediction, Outcome documented)
    implements Claim {

  /** The predictions that are claims of their own. */
  public enum Prediction {
    /** More noise moves the load to shallower layers. */
    MONOTONE(
        "monotone-in-noise",
        "More noise moves the load of a strongly nonlinear network to its shallow layers: the tilt of the load curve falls with noise"),
    /** The line of equal loads lies at more noise for more nonlinear networks. */
    BOUNDARY(
        "boundary-moves",
        "The more nonlinear a network, the more noise it takes to spread the load equally");

    private final String name;
    private final String statement;

    Prediction(String name, String statement) {
      this.name = name;
      this.statement = statement;
    }

    SignPattern.Prediction of(SignPattern pattern) {
      return this == MONOTONE ? pattern.falls() : pattern.moves();
    }
  }

  @Override
  public String id() {
    return measure.id(prediction.name);
  }

  @Override
  public String statement() {
    return prediction.statement + ", by the " + measure.words() + ".";
  }

  @Override
  public String source() {
    return "arXiv:2407.19353 (abstract and public phase diagrams); the prediction from the chain and the criterion are Fathom's";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    int rowsNeeded = prediction == Prediction.BOUNDARY ? 2 : 1;
    return measure
        .diagram(readings)
        .map(this::rows)
        .filter(rows -> rows.size() >= rowsNeeded && rows.getFirst().size() > 1)
        .isPresent();
  }

  @Override
  public Verdict judge(Readings readings) {
    SignPattern pattern = pattern(measure.diagram(readings).orElseThrow(), this::rows);
    SignPattern untrained =
        pattern(PhaseDiagram.untrained(readings, measure.quantity()).orElseThrow(), this::rows);
    SignPattern.Prediction found = prediction.of(pattern);
    SignPattern.Prediction empty = prediction.of(untrained);
    boolean unexplained = empty.outcome() == Outcome.HOLDS || !measure.hasNull(readings);
    boolean trivial = found.outcome() == Outcome.HOLDS && unexplained;
    SignPattern all = pattern(measure.diagram(readings).orElseThrow(), LoadMeasure::nonlinear);
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("agreeing", (long) found.agreeing());
    evidence.put("against", (long) found.against());
    evidence.put("agreeing_null", (long) empty.agreeing());
    evidence.put("against_null", (long) empty.against());
    evidence.put("falls_in_all_nonlinear_rows", (long) all.falls().agreeing());
    evidence.put("rises_in_all_nonlinear_rows", (long) all.falls().against());
    evidence.put("one_sign_change", all.oneChange().outcome().name());
    for (SignPattern.Row row : all.rows()) {
      row.zero().ifPresent(zero -> evidence.put(zeroKey(row), zero.noise()));
    }
    return new Verdict(
        id(),
        trivial ? Outcome.UNDECIDED : found.outcome(),
        "By the %s %s. Untrained networks: %s."
            .formatted(measure.words(), found.sentence(), empty.sentence()),
        documented,
        evidence,
        source());
  }

  private List<List<PhaseDiagram.Cell>> rows(PhaseDiagram diagram) {
    return prediction == Prediction.MONOTONE
        ? LoadMeasure.stronglyNonlinear(diagram)
        : LoadMeasure.nonlinear(diagram);
  }

  private static SignPattern pattern(
      PhaseDiagram diagram, Function<PhaseDiagram, List<List<PhaseDiagram.Cell>>> rows) {
    return SignPattern.of(
        new PhaseDiagram(
            diagram.measure(), diagram.nonlinearity(), diagram.noise(), rows.apply(diagram)));
  }

  private static String zeroKey(SignPattern.Row row) {
    return row.slope().isPresent() ? "zero_at_slope_" + row.slope().getAsDouble() : "zero";
  }
}
