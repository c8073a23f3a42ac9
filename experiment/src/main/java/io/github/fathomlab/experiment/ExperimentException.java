package io.github.fathomlab.experiment;

import java.util.Comparator;
import java.util.List;

/**
 * An experiment that cannot be run as it is described; every problem is one sentence for the user.
 */
public final class ExperimentException extends RuntimeException {
  private final transient List<String> problems;

  ExperimentException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public ExperimentException(String problem) {
    this(List.of(problem));
  }

  /** All problems in the order of their lines. */
  static ExperimentException of(List<Problem> problems) {
    return new ExperimentException(
        problems.stream()
            .sorted(Comparator.comparing(Problem::place))
            .map(Problem::sentence)
            .distinct()
            .toList());
  }

  /** The sentences, in the order of the lines they speak of. */
  public List<String> problems() {
    return problems;
  }
}
