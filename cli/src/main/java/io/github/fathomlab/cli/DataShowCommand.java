package io.github.fathomlab.cli;

import io.github.fathomlab.data.DataSource;
import io.github.fathomlab.experiment.DataFingerprint;
import io.github.fathomlab.experiment.ExperimentFile;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom data show}. */
@Command(
    name = "show",
    description = {"Loads the data of an experiment and shows what they are.", ""},
    footer = {
      "",
      "Examples:",
      "  fathom data show",
      "  fathom data show examples/own-data.yaml --json"
    })
final class DataShowCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "EXPERIMENT.yaml",
      defaultValue = ExperimentFile.FIRST,
      description = "Experiment file; without it the built-in ${DEFAULT-VALUE}.")
  private String experiment = ExperimentFile.FIRST;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Set one key of the experiment.")
  private List<String> sets = new ArrayList<>();

  DataShowCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    DataSource source = ExperimentFile.open(experiment, sets).experiment().data();
    Split split = source.load();
    Map<String, String> hashes = DataFingerprint.of(split);
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("train", part(split.train(), hashes.getOrDefault("train", "")));
    Dataset test = split.test();
    if (test != null) {
      parts.put("test", part(test, hashes.getOrDefault("test", "")));
    }
    if (common.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("data", source.description());
      document.putAll(parts);
      output.json(document);
    } else {
      output.result(source.description());
      parts.forEach((name, part) -> print(name, (Map<?, ?>) part));
    }
    return Main.DONE;
  }

  private void print(String name, Map<?, ?> part) {
    String fields =
        part.entrySet().stream()
            .map(field -> field.getKey() + " " + field.getValue())
            .collect(Collectors.joining(", "));
    output.result("%-5s  %s".formatted(name, fields));
  }

  private static Map<String, Object> part(Dataset dataset, String hash) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("samples", dataset.size());
    part.put("features", dataset.features());
    switch (dataset.targets()) {
      case Targets.Classes classes -> {
        part.put("classes", classes.classes());
        int[] counts = new int[classes.classes()];
        for (int label : classes.labels()) {
          counts[label]++;
        }
        part.put("class_counts", Arrays.stream(counts).boxed().toList());
      }
      case Targets.Values values -> part.put("targets", values.width());
    }
    part.put("sha256", hash);
    return part;
  }
}
