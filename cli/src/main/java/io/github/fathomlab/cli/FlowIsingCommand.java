package io.github.fathomlab.cli;

import io.github.fathomlab.renormalization.ising.Decimation;
import io.github.fathomlab.renormalization.ising.Flow;
import io.github.fathomlab.renormalization.ising.IsingChain;
import io.github.fathomlab.report.FlowFigures;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fathom flow ising}. */
@Command(
    name = "ising",
    description = {"Decimates the one-dimensional Ising chain: every b-th spin is kept.", ""},
    footer = {
      "",
      "Columns: coupling K, field h, u = -ln of the ratio of the transfer matrix's eigenvalues (u' = b u),",
      "g split off per bond, and the free energy per site of the first chain put together again, which must not change.",
      "",
      "Examples:",
      "  fathom flow ising --coupling 1.5 --block 2 --steps 5",
      "  fathom flow ising --coupling 1.5 --field 0.05 --figure flow.svg"
    })
final class FlowIsingCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FlowOptions flow = new FlowOptions();
  @Mixin private FigureFile file = new FigureFile();

  @Option(names = "--coupling", paramLabel = "K", required = true, description = "Coupling K.")
  private double coupling;

  @Option(
      names = "--field",
      paramLabel = "H",
      description = "Field h; without it ${DEFAULT-VALUE}.")
  private double field;

  FlowIsingCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    Flow steps;
    try {
      steps = new Decimation(flow.block()).flow(new IsingChain(coupling, field), flow.steps());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    FlowTable table = new FlowTable("coupling", "field", "u", "constant", "free_energy");
    for (int n = 0; n < steps.steps().size(); n++) {
      Flow.Step step = steps.steps().get(n);
      IsingChain chain = step.chain();
      table.step(
          chain.coupling(),
          chain.field(),
          chain.inverseCorrelationLength(),
          step.constant(),
          steps.freeEnergy(n));
    }
    for (Decimation.FixedPoint point : Decimation.fixedPoints()) {
      table.fixedPoint("coupling", point.coupling(), point.exponent());
    }
    Flow drawn = steps;
    file.draw(() -> FlowFigures.ising(drawn), output);
    table.show(output, common.json);
    return Main.DONE;
  }
}
