package io.github.fathomlab.cli;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.report.Figure;
import io.github.fathomlab.report.MeasuredDepth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom measure}. */
@Command(
    name = "measure",
    description = {
      "Measures the activations of any network: separation of classes, ranks, change of the kernel.",
      "",
      "The file has arrays layer_00, layer_01, ... of shape (samples, features) and, for separation, labels of shape"
          + " (samples).",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  numpy.savez(\"activations.npz\", layer_00=x, layer_01=h, layer_02=z, labels=y)",
      "  fathom measure activations.npz",
      "  fathom measure activations.npz --json",
      "  fathom measure activations.npz --figure depth.svg   effective rank and drift over depth"
    })
final class MeasureCommand implements Callable<Integer> {
  private static final List<String> FIELDS =
      Stream.of(
              LayerMeasures.SEPARATION,
              LayerMeasures.RANKS.subList(0, 3),
              LayerMeasures.CHANGE.subList(0, 2))
          .flatMap(List::stream)
          .toList();
  private static final List<String> HEADINGS =
      List.of(
          "layer",
          "name",
          "log D",
          "compatible",
          "trace ratio",
          "invariant",
          "rank B",
          "eff. rank",
          "particip.",
          "stable",
          "drift",
          "CKA");

  private final Output output;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private FigureFile picture = new FigureFile();

  @Parameters(paramLabel = "ACTIVATIONS.npz", description = "File of activations.")
  private Path file = Path.of("");

  MeasureCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    List<LayerMeasures> layers = LayerMeasures.of(Activations.read(file));
    picture.draw(() -> figure(layers), output);
    if (common.json) {
      output.json(Map.of("layers", layers.stream().map(LayerMeasures::json).toList()));
    } else {
      print(layers);
    }
    return Main.DONE;
  }

  private Figure figure(List<LayerMeasures> layers) {
    if (layers.size() < 2) {
      throw new UsageException(
          "--figure: expected at least two layers to draw over depth, found one in " + file);
    }
    return MeasuredDepth.of(
        layers.stream()
            .map(layer ->
                new MeasuredDepth.Layer(
                    layer.name(), drawn(layer, "effective_rank"), drawn(layer, "kernel_drift")))
            .toList());
  }

  private static MeasuredDepth.Value drawn(LayerMeasures measures, String field) {
    Number value = measures.values().get(field);
    String reason = measures.status().get(field);
    return new MeasuredDepth.Value(
        value == null ? Double.NaN : value.doubleValue(),
        reason == null ? Status.OK : Status.valueOf(reason));
  }

  private void print(List<LayerMeasures> layers) {
    TextTable table = new TextTable(HEADINGS.toArray(String[]::new));
    TreeSet<String> reasons = new TreeSet<>();
    for (LayerMeasures measures : layers) {
      List<Object> cells = new ArrayList<>(List.of(measures.layer(), measures.name()));
      for (String field : FIELDS) {
        cells.add(cell(measures, field));
        String reason = measures.status().get(field);
        if (reason != null && !reason.equals(Status.NOT_APPLICABLE.name())) {
          reasons.add(reason);
        }
      }
      table.add(cells.toArray());
    }
    table.lines().forEach(output::result);
    reasons.forEach(reason -> output.result(reason + ": " + explanation(reason)));
  }

  /** A dash where there is no number, a star at one that must not be used as it stands. */
  private static Object cell(LayerMeasures measures, String field) {
    Number value = measures.values().get(field);
    if (value == null) {
      return Double.NaN;
    }
    if (measures.status().containsKey(field)) {
      return TextTable.number(value.doubleValue()) + "*";
    }
    return value;
  }

  private static String explanation(String reason) {
    return reason.equals(LayerMeasures.NO_LABELS)
        ? "separation needs an array \"labels\" in the file"
        : Status.valueOf(reason).explanation();
  }
}
