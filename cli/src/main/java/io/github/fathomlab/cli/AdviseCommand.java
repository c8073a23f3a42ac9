package io.github.fathomlab.cli;

import io.github.fathomlab.coarsegraining.CutAdvice;
import io.github.fathomlab.experiment.Advice;
import io.github.fathomlab.experiment.ChainMatch;
import io.github.fathomlab.experiment.Cuts;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import io.github.fathomlab.springblock.NoiseAdvice;
import io.github.fathomlab.springblock.TiltZero;
import io.github.fathomlab.springblock.chain.Estimate;
import io.github.fathomlab.sweep.SweepDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom advise}. */
@Command(
    name = "advise",
    description = {
      "Says whether the networks of a run or sweep should be trained with more or less noise, by how much, which layers of a run could be cut, and what speaks against trusting it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  fathom advise runs/first-light-1a2b3c4d      a direction",
      "  fathom advise runs/phase-dropout-5e6f7a8b    a direction and a size for every nonlinearity",
      "  fathom advise runs/depth-9a8b7c6d            with measure.rank: what each layer does, and which could be cut",
      "  fathom advise runs/first-light-1a2b3c4d --chain    and the chain of blocks that comes closest"
    })
final class AdviseCommand implements Callable<Integer> {
  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "RUN", description = "Directory of a run or sweep.")
  private Path run = Path.of("");

  @Option(
      names = "--chain",
      description =
          "Also fit the chain of blocks: to the training of a run, to the rows of a sweep.")
  private boolean chain;

  AdviseCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    RunDirectory directory = RunDirectory.open(run);
    List<Advice> advices;
    List<ChainMatch> matches;
    Optional<CutAdvice> cuts;
    try (RecordedReadings readings = RecordedReadings.open(directory)) {
      advices = Advice.of(directory, readings);
      cuts = Cuts.of(directory, readings);
      matches = chain ? ChainMatch.of(directory, readings) : List.of();
    }
    if (advices.isEmpty() && SweepDirectory.isIn(directory) && !directory.hasParts()) {
      throw new UsageException(
          run + ": the sweep is not finished; go on with: fathom resume " + run);
    }
    if (advices.isEmpty() && cuts.isEmpty()) {
      throw new UsageException(
          run
              + ": no load curve of trained networks was found and no drift over depth; expected a run with measure.separation or measure.rank, or a sweep with one axis of noise and at most one of slopes");
    }
    if (common.json) {
      Map<String, @Nullable Object> document = new LinkedHashMap<>();
      document.put("advice", advices.stream().map(AdviseCommand::json).toList());
      document.put(
          "layers",
          cuts.stream().flatMap(cut -> cut.layers().stream()).map(AdviseCommand::json).toList());
      document.put("cut", cuts.map(cut -> Map.of("sentence", cut.sentence())).orElse(null));
      if (chain) {
        document.put("chain", matches.stream().map(AdviseCommand::json).toList());
      }
      output.json(document);
      return Main.DONE;
    }
    print(advices, cuts, matches);
    return Main.DONE;
  }

  private void print(List<Advice> advices, Optional<CutAdvice> cuts, List<ChainMatch> matches) {
    Set<String> limits = new LinkedHashSet<>();
    for (Advice each : advices) {
      output.result(each.sentence());
      limits.addAll(each.advice().limits());
    }
    limits.forEach(limit -> output.result("but " + limit));
    cuts.stream()
        .flatMap(cut -> cut.layers().stream())
        .forEach(layer -> output.result(layer.sentence()));
    cuts.ifPresent(cut -> output.result(cut.sentence()));
    matches.forEach(match -> output.result(match.text()));
  }

  private static Map<String, @Nullable Object> json(CutAdvice.Part part) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("layer", part.layer().index());
    fields.put("name", part.layer().name());
    fields.put("role", part.role().name().toLowerCase(Locale.ROOT));
    fields.put("sentence", part.sentence());
    fields.put("drift", part.drift());
    fields.put("low", part.low());
    fields.put("high", part.high());
    fields.put("share", part.share());
    fields.put("untrained_share", Double.isNaN(part.untrained()) ? null : part.untrained());
    fields.put("relative_update", Double.isNaN(part.update()) ? null : part.update());
    fields.put("candidate", part.candidate());
    return fields;
  }

  private static Map<String, @Nullable Object> json(Advice advice) {
    NoiseAdvice found = advice.advice();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("measure", advice.measure());
    fields.put("slope", number(advice.slope()));
    fields.put("direction", found.direction().name().toLowerCase(Locale.ROOT));
    fields.put("sentence", advice.sentence());
    fields.put("limits", found.limits());
    fields.put("noise", found.zero().map(TiltZero::noise).orElse(null));
    fields.put("low", found.zero().map(TiltZero::low).orElse(null));
    fields.put("high", found.zero().map(TiltZero::high).orElse(null));
    fields.put("best_noise", found.best().map(NoiseAdvice.Score::noise).orElse(null));
    fields.put("best_accuracy", found.best().map(NoiseAdvice.Score::accuracy).orElse(null));
    fields.put("least_accuracy", found.least().map(NoiseAdvice.Score::accuracy).orElse(null));
    return fields;
  }

  private static Map<String, @Nullable Object> json(ChainMatch match) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("measure", match.measure());
    fields.put("slope", number(match.slope()));
    fields.put("sentence", match.sentence());
    Map<String, @Nullable Object> estimates = new LinkedHashMap<>();
    match.estimates().forEach((name, estimate) -> estimates.put(name, json(estimate)));
    fields.put("estimates", estimates);
    fields.put("condition", number(match.condition()));
    fields.put("rms", number(match.rms()));
    fields.put("null_rms", number(match.nullRms()));
    return fields;
  }

  private static @Nullable Object json(Estimate estimate) {
    return switch (estimate) {
      case Estimate.Known known ->
          Map.of("value", known.value(), "low", known.low(), "high", known.high());
      case Estimate.Unknown _ -> null;
    };
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
