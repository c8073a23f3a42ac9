package io.github.fathomlab.cli;

import io.github.fathomlab.experiment.ChainFile;
import io.github.fathomlab.springblock.chain.ChainMotion;
import io.github.fathomlab.springblock.chain.ChainState;
import io.github.fathomlab.springblock.chain.SlipEvent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom spring}. */
@Command(
    name = "spring",
    description = {
      "Moves a chain of blocks and springs with dry friction, the mechanical model of a network's layers.",
      "",
      "Without noise the motion is exact, with all changes between sticking and slipping.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  fathom spring examples/chain.yaml",
      "  fathom spring examples/chain.yaml --json"
    })
final class SpringCommand implements Callable<Integer> {
  private static final int LOOKS = 200;

  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "CHAIN.yaml", description = "Description of the chain.")
  private Path file = Path.of("");

  SpringCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    ChainFile chain = ChainFile.read(file);
    ChainMotion motion;
    try {
      motion = chain.run().motion(LOOKS);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UsageException(chain.source() + ": " + e.getMessage());
    }
    if (common.json) {
      output.json(json(motion));
    } else {
      print(motion);
    }
    return Main.DONE;
  }

  private static Map<String, Object> json(ChainMotion motion) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("times", numbers(motion.times()));
    document.put(
        "positions",
        motion.states().stream().map(ChainState::positions).map(SpringCommand::numbers).toList());
    document.put("final", numbers(motion.end().positions()));
    document.put("loads", numbers(motion.elongations()));
    document.put("energies", numbers(motion.energies()));
    document.put("events", motion.events().stream().map(SpringCommand::json).toList());
    return document;
  }

  private static Map<String, Object> json(SlipEvent event) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("time", event.time());
    document.put("block", event.block());
    document.put("contact", event.contact().name().toLowerCase(Locale.ROOT));
    return document;
  }

  private static List<Double> numbers(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private void print(ChainMotion motion) {
    TextTable table = new TextTable("at the end", "position", "velocity", "load");
    double[] loads = motion.elongations();
    ChainState end = motion.end();
    double time = motion.times()[motion.times().length - 1];
    for (int l = 0; l < loads.length; l++) {
      boolean pulled = l == loads.length - 1;
      table.add(
          pulled ? "pulled end" : "block " + (l + 1),
          pulled ? motion.chain().pull().at(time) : end.positions()[l],
          pulled ? motion.chain().pull().rate(time) : end.velocities()[l],
          loads[l]);
    }
    table.lines().forEach(output::result);
    if (motion.budget() != null) {
      output.result(
          "exact motion, changes between sticking and slipping: " + motion.events().size());
    }
  }
}
