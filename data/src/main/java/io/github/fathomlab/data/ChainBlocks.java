package io.github.fathomlab.data;

import io.github.fathomlab.renormalization.task.BlockTask;
import io.github.fathomlab.renormalization.task.ChainLaw;
import io.github.fathomlab.renormalization.task.ChainProblem;
import io.github.fathomlab.training.Split;

/**
 * Blocks of an infinite chain with a task on them; see {@link ChainProblem}.
 *
 * <p>Training draws every batch afresh. The samples of the split are fixed ones of the same
 * population, on which a network is evaluated and not trained.
 *
 * @param law of the chain
 * @param window sites of a block
 * @param task what is asked about a block
 * @param shuffle share of targets that belong to another block: 1 is the null
 * @param samples number of fixed samples
 * @param seed of the fixed samples; what is trained on follows from the seeds of the replicas
 */
public record ChainBlocks(
    ChainLaw law, int window, BlockTask task, double shuffle, int samples, long seed)
    implements DataSource {

  public ChainBlocks {
    if (samples < 1) {
      throw new DataException("data.samples must be at least 1, found " + samples + ".");
    }
    try {
      new ChainProblem(law, window, task, shuffle);
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage() + ".");
    }
  }

  /** The samples without end. */
  public ChainProblem problem() {
    return new ChainProblem(law, window, task, shuffle);
  }

  @Override
  public Split load() {
    ChainProblem problem = problem();
    return new Split(problem.sample("chain", samples, seed), null, problem);
  }

  @Override
  public String description() {
    String chain =
        switch (law) {
          case ChainLaw.Ising(double coupling, double field) ->
              "Ising chain, K = %s, h = %s".formatted(coupling, field);
          case ChainLaw.Gaussian(double phi) -> "Gaussian chain, phi = %s".formatted(phi);
          case ChainLaw.Quartic(double theta2, double theta4, double coupling) ->
              "quartic chain, theta2 = %s, theta4 = %s, J = %s".formatted(theta2, theta4, coupling);
        };
    String asked =
        switch (task) {
          case BlockTask.Thermometer(double against) -> "thermometer against " + against;
          case BlockTask.Environment(int distance, boolean bothSides) ->
              "the site %d beyond%s".formatted(distance, bothSides ? ", on both sides" : "");
          case BlockTask.Majority _ -> "majority";
          case BlockTask.Reconstruction _ -> "reconstruction";
        };
    return "blocks of %d sites of an infinite %s; task: %s%s"
        .formatted(
            window, chain, asked, shuffle > 0 ? ", share of foreign targets " + shuffle : "");
  }

  @Override
  public Selection selection() {
    return Selection.ALL;
  }
}
