package io.github.fathomlab.cli;

import io.github.fathomlab.coarsegraining.markov.MarkovChain;
import io.github.fathomlab.data.CsvMatrix;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom markov}. */
@Command(
    name = "markov",
    description = {
      "Says what can be known of a Markov chain and of predicting its masked states, all of it exact.",
      "",
      "The file has one row of transition probabilities in each line, without headings.",
      ""
    },
    footer = {
      "",
      "Losses and entropies are in nats. No predictor of masked states has a lower loss than the",
      "Bayes-optimal one; the task rank is the effective rank of what it has to tell apart.",
      "",
      "Examples:",
      "  fathom markov examples/two-groups.csv",
      "  fathom markov examples/two-groups.csv --mask 0.3 --window 2 --json"
    })
final class MarkovCommand implements Callable<Integer> {
  private static final int MOST_STATES = 1000;
  private static final int MOST_POSITIONS = 1000;

  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "MATRIX.csv", description = "Transition matrix.")
  private Path file = Path.of("");

  @Option(
      names = "--mask",
      paramLabel = "M",
      description = "Share of the positions that are masked; without it ${DEFAULT-VALUE}.")
  private double mask = 0.15;

  @Option(
      names = "--window",
      paramLabel = "W",
      description = "Positions seen on either side; without it ${DEFAULT-VALUE}.")
  private int window = 1;

  @Option(
      names = "--length",
      paramLabel = "T",
      description = "Length of a whole sequence; without it ${DEFAULT-VALUE}.")
  private int length = 64;

  MarkovCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    if (!(mask > 0 && mask < 1)) {
      throw new UsageException("--mask: expected a share strictly between 0 and 1, found " + mask);
    }
    requirePositions("--window", window);
    requirePositions("--length", length);
    ChainMeasures measures = ChainMeasures.of(chain(), mask, window, length);
    if (common.json) {
      output.json(measures.json());
    } else {
      measures.lines().forEach(output::result);
    }
    return Main.DONE;
  }

  private static void requirePositions(String option, int positions) {
    if (positions < 1 || positions > MOST_POSITIONS) {
      throw new UsageException(
          "%s: expected 1 to %d positions, found %d".formatted(option, MOST_POSITIONS, positions));
    }
  }

  private MarkovChain chain() {
    CsvMatrix matrix = CsvMatrix.read(file);
    int states = matrix.rows().size();
    if (states > MOST_STATES) {
      throw new UsageException(
          "%s: expected at most %d states, found %d".formatted(file, MOST_STATES, states));
    }
    for (int i = 0; i < states; i++) {
      String flaw = MarkovChain.flaw(matrix.rows().get(i), states);
      if (flaw != null) {
        throw new UsageException("%s: %s; correct this row".formatted(matrix.place(i), flaw));
      }
    }
    return MarkovChain.of(matrix.rows().toArray(double[][]::new));
  }
}
