package io.github.fathomlab.cli;

import io.github.fathomlab.data.DataException;
import io.github.fathomlab.experiment.ExperimentException;
import io.github.fathomlab.record.RecordException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one sentence and an exit code. */
final class Failures {
  private final Output output;

  Failures(Output output) {
    this.output = output;
  }

  /** Arguments that do not fit the command. */
  int badArguments(ParameterException e, String[] args) {
    debug(e);
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> nearest = unmatched.getSuggestions();
      if (!nearest.isEmpty()) {
        message += "; did you mean " + String.join(" or ", nearest) + "?";
      }
    }
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    tell(message + " (see " + command + " --help)");
    return Main.BAD_INPUT;
  }

  /** An exception out of a command. */
  int handle(Exception e, CommandLine command, ParseResult parsed) {
    debug(e);
    return switch (e) {
      case ParameterException bad -> badArguments(bad, new String[0]);
      case UsageException _, ExperimentException _, DataException _, RecordException _ -> {
        tell(String.valueOf(e.getMessage()));
        yield Main.BAD_INPUT;
      }
      case RunFailedException _ -> {
        tell(String.valueOf(e.getMessage()));
        yield Main.FAILED;
      }
      default -> {
        tell(unexpected(e));
        yield Main.FAILED;
      }
    };
  }

  private void tell(String message) {
    if (output.commandLine().contains(CommonOptions.JSON)) {
      output.json(Map.of("error", message));
    }
    message.lines().forEach(line -> output.talk("fathom: " + line));
  }

  private static boolean debugging() {
    return "1".equals(System.getenv("FATHOM_DEBUG"));
  }

  private void debug(Exception e) {
    if (debugging()) {
      output.talk(trace(e));
    }
  }

  private static String unexpected(Exception e) {
    String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String sentence = "something unexpected happened: " + what.lines().findFirst().orElse(what);
    try {
      Path log = Files.createTempFile("fathom-", ".log");
      Files.writeString(log, trace(e));
      return sentence + "; the details are in " + log;
    } catch (IOException _) {
      return sentence + "; FATHOM_DEBUG=1 shows the details";
    }
  }

  private static String trace(Exception e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
