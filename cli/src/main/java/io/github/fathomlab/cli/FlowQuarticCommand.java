package io.github.fathomlab.cli;

import io.github.fathomlab.renormalization.field.EvenFamily;
import io.github.fathomlab.renormalization.field.QuarticChain;
import io.github.fathomlab.report.Figure;
import io.github.fathomlab.report.FlowFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fathom flow phi4}. */
@Command(
    name = "phi4",
    description = {
      "Decimates the chain of sites exp(-theta2 x^2 - theta4 x^4) with coupling J, by its transfer operator.",
      ""
    },
    footer = {
      "",
      "Columns: the three largest eigenvalues of the transfer operator below the first, over the first; decimation raises them to the power b.",
      "",
      "Examples:",
      "  fathom flow phi4 --theta2 -1 --theta4 0.5 --coupling 0.6"
    })
final class FlowQuarticCommand implements Callable<Integer> {
  private static final int RATIOS = 3;

  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FlowOptions flow = new FlowOptions();
  @Mixin private FigureFile file = new FigureFile();

  @Option(names = "--theta2", paramLabel = "T2", required = true, description = "Weight of x^2.")
  private double theta2;

  @Option(names = "--theta4", paramLabel = "T4", required = true, description = "Weight of x^4.")
  private double theta4;

  @Option(names = "--coupling", paramLabel = "J", required = true, description = "Coupling J.")
  private double coupling;

  FlowQuarticCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    QuarticChain chain = chain();
    FlowTable table = new FlowTable("lambda_1", "lambda_2", "lambda_3");
    for (int n = 0; n <= flow.steps(); n++) {
      double[] ratios = new double[RATIOS];
      for (int i = 0; i < RATIOS; i++) {
        ratios[i] = StrictMath.pow(chain.ratio(i + 1), StrictMath.pow(flow.block(), n));
      }
      table.step(ratios);
    }
    table.fixedPoint("lambda_n", 0, Double.NEGATIVE_INFINITY);
    table.fixedPoint("lambda_n", 1, 1);
    file.draw(() -> figure(chain), output);
    table.show(output, common.json);
    return Main.DONE;
  }

  private QuarticChain chain() {
    try {
      return QuarticChain.of(new EvenFamily(theta2, theta4), coupling);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private Figure figure(QuarticChain chain) {
    List<FlowFigures.Line> ratios = new ArrayList<>();
    List<FlowFigures.Line> rates = new ArrayList<>();
    for (int i = 1; i <= RATIOS; i++) {
      double[] ratio = new double[flow.steps() + 1];
      double[] rate = new double[flow.steps() + 1];
      for (int n = 0; n < ratio.length; n++) {
        double power = StrictMath.pow(flow.block(), n);
        ratio[n] = StrictMath.pow(chain.ratio(i), power);
        rate[n] = -power * StrictMath.log(Math.abs(chain.ratio(i)));
      }
      ratios.add(new FlowFigures.Line("\u03bb" + (char) ('\u2080' + i), ratio));
      rates.add(new FlowFigures.Line("\u03bb" + (char) ('\u2080' + i), rate));
    }
    return FlowFigures.steps(
        "The quartic chain under decimation, b = " + flow.block(),
        List.of(
            new FlowFigures.Side(
                "Eigenvalue ratios",
                "\u03bb_n, over the largest",
                false,
                ratios,
                List.of(0.0, 1.0),
                List.of()),
            new FlowFigures.Side(
                "Inverse correlation lengths",
                "\u2212ln \u03bb_n, log scale",
                true,
                rates,
                List.of(),
                List.of(
                    FlowFigures.remark("\u03bb", 0, Double.NEGATIVE_INFINITY, true),
                    FlowFigures.remark("\u03bb", 1, 1, false)))));
  }
}
