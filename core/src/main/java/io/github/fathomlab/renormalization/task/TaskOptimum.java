package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.block.Window;
import io.github.fathomlab.renormalization.field.BlockedChain;
import io.github.fathomlab.renormalization.field.GaussianChain;
import io.github.fathomlab.renormalization.field.GaussianMap;
import io.github.fathomlab.renormalization.field.GaussianThermometer;
import io.github.fathomlab.renormalization.field.ShellModes;
import io.github.fathomlab.renormalization.ising.BlockRule;
import io.github.fathomlab.renormalization.ising.IsingChain;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The exact optimum of a task, and what its feature is worth as a coarse site.
 *
 * <pre>
 *   thermometer      f* = ln p_1(x) - ln p_0(x)           ρ* = 0 without a field (f* is even)
 *   environment      f* = E[x_(b+L) | x_b]                ρ* = λ^b, the decimated chain
 *     both sides     h  = x_1 + x_b in the bottleneck     ρ* = t(1 + t^(b-1))/2
 *   majority         f* = sign Σ x                        ρ* by enumeration
 *   reconstruction   f* = Σ_(k≤M) u_k (u_k · x)           ρ* = t R², the momentum shell
 * </pre>
 *
 * <p>Symbols: b sites, L distance, M units of the bottleneck, u_k principal modes, t = λ_1. Source:
 * our propositions; arXiv:2212.00005 and 2606.00157 say that the coupling of a trained network's
 * output is a fixed point of the renormalization group, and not, as far as could be read, of which
 * task. Cost: that of one pass over the blocks.
 */
final class TaskOptimum {
  private final ChainProblem problem;
  private final int kept;
  private final PrincipalModes modes;

  /**
   * @param kept M, units of the bottleneck; of no consequence for tasks without one
   */
  TaskOptimum(ChainProblem problem, int kept) {
    this.problem = problem;
    this.kept = kept;
    modes = new PrincipalModes(problem.chain(), problem.window());
  }

  PrincipalModes modes() {
    return modes;
  }

  /** The best answers to blocks, [outputs][N]. */
  double[][] answers(Blocks blocks) {
    double[][] answers = new double[problem.outputs()][blocks.count()];
    for (int j = 0; j < blocks.count(); j++) {
      double[] answer = answer(blocks.block(j));
      for (int i = 0; i < answer.length; i++) {
        answers[i][j] = answer[i];
      }
    }
    return answers;
  }

  private double[] answer(double[] block) {
    SolvedChain chain = problem.chain();
    return switch (problem.task()) {
      case BlockTask.Thermometer _ -> {
        SolvedChain other = problem.other();
        yield new double[] {
          chain.logProbability(block) - (other == null ? 0 : other.logProbability(block))
        };
      }
      case BlockTask.Environment environment -> {
        double right = chain.predict(block[block.length - 1], environment.distance());
        yield environment.bothSides()
            ? new double[] {right, chain.predict(block[0], environment.distance())}
            : new double[] {right};
      }
      case BlockTask.Majority _ -> {
        double sum = 0;
        for (double site : block) {
          sum += site;
        }
        yield new double[] {Math.signum(sum)};
      }
      case BlockTask.Reconstruction _ -> modes.projection(block, kept);
    };
  }

  /**
   * ρ_1 of the feature at the optimum; empty where none is known.
   *
   * @param blocks over which a thermometer in a field is averaged
   */
  OptionalDouble correlation(Blocks blocks) {
    double t = problem.chain().ratio(1);
    int b = problem.window();
    return switch (problem.task()) {
      case BlockTask.Thermometer thermometer -> thermometer(thermometer, blocks);
      case BlockTask.Environment environment -> {
        if (environment.bothSides()) {
          yield OptionalDouble.of(t * (1 + StrictMath.pow(t, b - 1)) / 2);
        }
        yield OptionalDouble.of(
            problem.chain() instanceof SolvedQuartic quartic
                ? decimated(quartic, environment.distance(), b)
                : StrictMath.pow(t, b));
      }
      case BlockTask.Majority _ -> OptionalDouble.of(rule(BlockRule.majority(b)));
      case BlockTask.Reconstruction _ ->
          problem.hasWaves() && t > 0
              ? OptionalDouble.of(new ShellModes(t, b).correlation(kept))
              : OptionalDouble.empty();
    };
  }

  private OptionalDouble thermometer(BlockTask.Thermometer task, Blocks blocks) {
    if (problem.law() instanceof ChainLaw.Gaussian(double phi)) {
      return OptionalDouble.of(
          new GaussianThermometer(problem.window(), task.against(), phi).on(phi).correlation());
    }
    if (problem.hasWaves()) {
      return OptionalDouble.of(0);
    }
    if (!blocks.exact()) {
      return OptionalDouble.empty();
    }
    double[] logits = answers(blocks)[0];
    SectorFeature best = SectorFeature.of(problem.chain(), blocks, logits, logits);
    return best.status() == Status.OK
        ? OptionalDouble.of(best.correlation())
        : OptionalDouble.empty();
  }

  /** ρ_1 of g(x_b) = E[x_(b+L) | x_b] over b sites: Σ λ^b g² / Σ g² with g_n = λ_n^L E[x e_n]. */
  private static double decimated(SolvedQuartic chain, int distance, int sites) {
    double own = 0;
    double next = 0;
    for (int n = 1; n <= chain.sectors(); n++) {
      double share = StrictMath.pow(chain.ratio(n), distance) * chain.amplitude(n);
      own += share * share;
      next += StrictMath.pow(chain.ratio(n), sites) * share * share;
    }
    return next / own;
  }

  /** ρ_1 of other exact rules on the same blocks, by name: the nulls of a wrong rule. */
  SequencedMap<String, Double> rules() {
    SequencedMap<String, Double> rules = new LinkedHashMap<>();
    if (!problem.hasWaves()) {
      return rules;
    }
    double t = problem.chain().ratio(1);
    int b = problem.window();
    rules.put("decimation", StrictMath.pow(t, b));
    if (problem.law() instanceof ChainLaw.Ising && b % 2 == 1 && b <= Window.WIDEST) {
      rules.put("majority", rule(BlockRule.majority(b)));
    }
    BlockedChain sums =
        new GaussianMap.BlockAverage(b).apply(BlockedChain.of(new GaussianChain(t, 1)));
    rules.put("block sum", sums.correlation(1));
    if (t > 0) {
      rules.put("momentum shell", new ShellModes(t, b).correlation(1));
    }
    return rules;
  }

  private double rule(BlockRule rule) {
    return rule.levels(IsingChain.withoutField(((ChainLaw.Ising) problem.law()).coupling()), 1)
        .getLast()
        .first();
  }

  /**
   * How far answers lie above the optimum: the loss (nats) of thermometers, the squared error of
   * the others, and for reconstructions the share of the least squared error. Optimum and answers
   * are averaged over the same blocks, so the noise of samples mostly cancels.
   *
   * @param own answers to the blocks of the chain
   * @param toOthers answers to the blocks of the other coupling; null but for thermometers
   */
  double excess(BlockAnswers own, @Nullable BlockAnswers toOthers) {
    return switch (problem.task()) {
      case BlockTask.Thermometer _ ->
          toOthers == null
              ? Double.NaN
              : 0.5 * (own.logisticExcess(-1) + toOthers.logisticExcess(1));
      case BlockTask.Environment environment -> {
        double t = problem.chain().ratio(1);
        double unavoidable =
            environment.bothSides() ? t * t * (1 - StrictMath.pow(t, problem.window() - 1)) : 0;
        yield own.squaredDistance() - unavoidable;
      }
      case BlockTask.Majority _ -> own.squaredDistance();
      case BlockTask.Reconstruction _ -> own.reconstructionExcess() / modes.loss(kept);
    };
  }

  /** What is known of the optimum beside its correlation, by quantity. */
  Map<String, Double> expectations() {
    Map<String, Double> expected = new LinkedHashMap<>();
    if (problem.chain() instanceof SolvedQuartic quartic
        && problem.task() instanceof BlockTask.Reconstruction
        && kept == 1) {
      expected.putAll(SumShape.of(quartic.chain(), modes.vector(0)).named("_prediction"));
      double[] average = new double[problem.window()];
      Arrays.fill(average, 1);
      expected.put("coupling.kurtosis_average", SumShape.of(quartic.chain(), average).kurtosis());
    }
    if (problem.hasWaves() && problem.task() instanceof BlockTask.Reconstruction && kept > 1) {
      double t = problem.chain().ratio(1);
      expected.put("coupling.stiffness_prediction", new GaussianChain(t, 1).stiffness());
    }
    return expected;
  }
}
