package io.github.fathomlab.cli;

import io.github.fathomlab.claims.Documented;
import io.github.fathomlab.experiment.ExperimentRun;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code fathom}. */
@Command(
    name = "fathom",
    description = {
      "Shows what every layer of a neural network does while it learns, and holds the measurement against published"
          + " physics.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  fathom run                                   train the built-in first experiment and report",
      "  fathom run examples/fashion.yaml --set replicas=3",
      "  fathom sweep examples/phase-dropout.yaml     the phase diagram of a network",
      "  fathom readings runs/first-light-1a2b3c4d    what was measured",
      "  fathom reproduce bulk-boundary               one paper's claims and their verdicts",
      "  fathom COMMAND --help                        options and examples of one command",
      "",
      "Exit codes: 0 done; 1 failed; 2 usage or bad input; 3 a verdict differs from the documented one; 4 some cells of a sweep failed; 130 interrupted.",
      "FATHOM_DEBUG=1 shows stack traces, FATHOM_JAVA_OPTS adds options for the JVM."
    })
public final class Main implements Runnable {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int BAD_INPUT = 2;
  static final int SURPRISING = 3;
  static final int PARTIAL = 4;
  static final int INTERRUPTED = 130;

  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"-V", "--version"},
      description = "Print the version and end.")
  private boolean version;

  private Main(Output output) {
    this.output = output;
  }

  public static void main(String[] args) {
    System.exit(run(args, System.out, StandardError.open()));
  }

  /**
   * Carries out one command line.
   *
   * @param out results
   * @param err talk, progress and errors
   * @return the exit code
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, out, err, Documented.all());
  }

  /**
   * Carries out one command line.
   *
   * @param documented what can be reproduced
   */
  static int run(String[] args, PrintStream out, PrintStream err, List<Documented> documented) {
    Output output = new Output(out, err, List.of(args));
    int code = commandLine(output, documented).execute(args);
    if (out.checkError()) {
      err.println("fathom: standard output could not be written to its end");
      code = Math.max(code, FAILED);
    }
    err.flush();
    return code;
  }

  static CommandLine commandLine(Output output) {
    return commandLine(output, Documented.all());
  }

  private static CommandLine commandLine(Output output, List<Documented> documented) {
    Failures failures = new Failures(output);
    return new CommandLine(new Main(output))
        .addSubcommand(new RunCommand(output))
        .addSubcommand(new SweepCommand(output, documented))
        .addSubcommand(new ResumeCommand(output, documented))
        .addSubcommand(new ReportCommand(output))
        .addSubcommand(new AdviseCommand(output))
        .addSubcommand(new ReadingsCommand(output))
        .addSubcommand(new ReproduceCommand(output, documented))
        .addSubcommand(new MeasureCommand(output))
        .addSubcommand(new SpringCommand(output))
        .addSubcommand(new MarkovCommand(output))
        .addSubcommand(
            new CommandLine(new FlowCommand())
                .addSubcommand(new FlowIsingCommand(output))
                .addSubcommand(new FlowArCommand(output))
                .addSubcommand(new FlowQuarticCommand(output)))
        .addSubcommand(
            new CommandLine(new DataCommand())
                .addSubcommand(new DataListCommand(output))
                .addSubcommand(new DataFetchCommand(output))
                .addSubcommand(new DataShowCommand(output)))
        .addSubcommand(new CiteCommand(output))
        .addSubcommand(new DoctorCommand(output))
        .addSubcommand(new CompletionCommand(output))
        .setOut(new PrintWriter(output.results(), true))
        .setErr(new PrintWriter(output.talk(), true))
        .setParameterExceptionHandler(failures::badArguments)
        .setExecutionExceptionHandler(failures::handle)
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(30);
  }

  @Override
  public void run() {
    if (!version) {
      throw new UsageException("expected a command; see fathom --help");
    }
    if (common.json) {
      output.json(Map.of("version", ExperimentRun.version()));
    } else {
      output.result("fathom " + ExperimentRun.version());
    }
  }
}
