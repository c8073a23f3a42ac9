package io.github.fathomlab.cli;

import io.github.fathomlab.renormalization.field.BlockedChain;
import io.github.fathomlab.renormalization.field.FixedPoint;
import io.github.fathomlab.renormalization.field.GaussianChain;
import io.github.fathomlab.renormalization.field.GaussianMap;
import io.github.fathomlab.report.Figure;
import io.github.fathomlab.report.FlowFigures;
import java.util.ArrayList;
import java.util.Arrays;
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
      "  fathom flow ar1 --phi 0.9 --map average --block 3",
      "  fathom flow ar1 --phi 0.9 --map shell --figure shell.svg"
    })
final class FlowArCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FlowOptions flow = new FlowOptions();
  @Mixin private FigureFile file = new FigureFile();

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
    file.draw(() -> figure(rule, steps), output);
    table.show(output, common.json);
    return Main.DONE;
  }

  private Figure figure(GaussianMap rule, List<BlockedChain> steps) {
    double[] correlations = steps.stream().mapToDouble(chain -> chain.correlation(1)).toArray();
    double[] ratios = steps.stream().mapToDouble(BlockedChain::ratio).toArray();
    List<FlowFigures.Line> lines = new ArrayList<>();
    lines.add(new FlowFigures.Line("correlation of neighbours", correlations));
    if (rule instanceof GaussianMap.BlockAverage) {
      lines.add(new FlowFigures.Line("ratio of later neighbours", ratios));
    }
    List<String> remarks =
        rule.fixedPoints().stream()
            .map(point ->
                FlowFigures.remark(
                    point.coordinate().replace("phi", "\u03c6"),
                    point.value(),
                    point.exponent(),
                    point.stable()))
            .toList();
    boolean shell = rule instanceof GaussianMap.MomentumShell;
    double[] rates =
        Arrays.stream(ratios)
            .map(psi -> shell ? psi / ((1 - psi) * (1 - psi)) : -Math.log(Math.abs(psi)))
            .toArray();
    return FlowFigures.steps(
        "The Gaussian chain under " + map + ", b = " + flow.block(),
        List.of(
            new FlowFigures.Side(
                "Correlation", "correlation", false, lines, List.of(0.0, 1.0), List.of()),
            new FlowFigures.Side(
                shell ? "Stiffness over mass" : "Inverse correlation length",
                shell
                    ? "g = \u03c6/(1\u2212\u03c6)\u00b2, g\u2032 = g/b\u00b2, log scale"
                    : "u = \u2212ln|ratio|, u\u2032 = b u, log scale",
                true,
                List.of(new FlowFigures.Line(shell ? "g" : "u", rates)),
                List.of(),
                remarks)));
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
