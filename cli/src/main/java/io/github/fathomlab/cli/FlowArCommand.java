package io.github.fathomlab.cli;

import io.github.fathomlab.renormalization.field.BlockedChain;
import io.github.fathomlab.renormalization.field.FixedPoint;
import io.github.fathomlab.renormalization.field.GaussianChain;
import io.github.fathomlab.renormalization.field.GaussianMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fathom flow ar1}. */
@Command(
    name = "ar1",
    description = {"Renormalizes the Gaussian chain x' = phi x + noise by one of three maps.", ""},
    footer = {
      "",
      "Columns: variance of a site, covariance of neighbours, ratio of the covariances of later neighbours.",
      "",
      "Examples:",
      "  fathom flow ar1 --phi 0.9 --block 2 --steps 5",
      "  fathom flow ar1 --phi 0.9 --map average --block 3"
    })
final class FlowArCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FlowOptions flow = new FlowOptions();

  @Option(
      names = "--phi",
      paramLabel = "PHI",
      required = true,
      description = "Correlation of neighbours.")
  private double phi;

  @Option(
      names = "--variance",
      paramLabel = "V",
      description = "Variance of a site; without it ${DEFAULT-VALUE}.")
  private double variance = 1;

  @Option(
      names = "--map",
      paramLabel = "MAP",
      description = "decimation, average or shell; without it ${DEFAULT-VALUE}.")
  private String map = "decimation";

  FlowArCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    GaussianMap rule;
    List<BlockedChain> steps;
    try {
      rule = rule(flow.block());
      steps = rule.flow(new GaussianChain(phi, variance), flow.steps());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    FlowTable table = new FlowTable("variance", "neighbour", "ratio");
    steps.forEach(chain -> table.step(chain.variance(), chain.neighbour(), chain.ratio()));
    for (FixedPoint point : rule.fixedPoints()) {
      table.fixedPoint(point.coordinate(), point.value(), point.exponent());
    }
    table.show(output, common.json);
    return Main.DONE;
  }

  private GaussianMap rule(int block) {
    return switch (map) {
      case "decimation" -> new GaussianMap.Decimation(block);
      case "average" -> new GaussianMap.BlockAverage(block);
      case "shell" -> new GaussianMap.MomentumShell(block);
      default ->
          throw new UsageException("--map: expected decimation, average or shell, found " + map);
    };
  }
}
