package io.github.fathomlab.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fathom doctor}. */
@Command(
    name = "doctor",
    description = {
      "Checks what Fathom needs on this machine and says what to do about what is missing.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  fathom doctor",
      "",
      "Exit codes: 0 all that is needed is there; 1 something is missing."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();

  DoctorCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    List<Diagnosis> found = Diagnosis.all();
    if (common.json) {
      output.json(Map.of("checks", found.stream().map(DoctorCommand::json).toList()));
    } else {
      for (Diagnosis one : found) {
        output.result("%-8s %-12s %s".formatted(one.word(), one.subject(), one.found()));
        if (!one.remedy().isEmpty()) {
          output.result(" ".repeat(22) + one.remedy());
        }
      }
    }
    return found.stream().anyMatch(one -> one.needed() && !one.sound()) ? Main.FAILED : Main.DONE;
  }

  private static Map<String, Object> json(Diagnosis one) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("subject", one.subject());
    fields.put("state", one.word());
    fields.put("found", one.found());
    fields.put("remedy", one.remedy());
    return fields;
  }
}
