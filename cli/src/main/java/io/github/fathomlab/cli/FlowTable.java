package io.github.fathomlab.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A flow as it is shown: one row for each step, then the fixed points. */
final class FlowTable {
  private final List<String> columns;
  private final List<double[]> rows = new ArrayList<>();
  private final List<Map<String, Object>> fixedPoints = new ArrayList<>();

  FlowTable(String... columns) {
    this.columns = List.of(columns);
  }

  void step(double... numbers) {
    rows.add(numbers);
  }

  /**
   * @param exponent how fast a small departure grows, as a power of the block
   */
  void fixedPoint(String coordinate, double value, double exponent) {
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("coordinate", coordinate);
    point.put("value", Double.isFinite(value) ? (Object) value : "infinite");
    point.put("exponent", Double.isFinite(exponent) ? (Object) exponent : "-infinite");
    point.put("stable", exponent < 0);
    fixedPoints.add(point);
  }

  void show(Output output, boolean json) {
    if (json) {
      output.json(Map.of("flow", flow(), "fixed_points", fixedPoints));
      return;
    }
    List<String> names = new ArrayList<>(columns);
    names.addFirst("step");
    TextTable table = new TextTable(names.toArray(String[]::new));
    for (int n = 0; n < rows.size(); n++) {
      Object[] cells = new Object[columns.size() + 1];
      cells[0] = Integer.toString(n);
      for (int i = 0; i < columns.size(); i++) {
        cells[i + 1] = rows.get(n)[i];
      }
      table.add(cells);
    }
    table.lines().forEach(output::result);
    for (Map<String, Object> point : fixedPoints) {
      output.result(
          "fixed point %s = %s, exponent %s, %s"
              .formatted(
                  point.get("coordinate"),
                  point.get("value"),
                  point.get("exponent"),
                  Boolean.TRUE.equals(point.get("stable")) ? "stable" : "not stable"));
    }
  }

  private List<Map<String, Object>> flow() {
    List<Map<String, Object>> flow = new ArrayList<>();
    for (int n = 0; n < rows.size(); n++) {
      Map<String, Object> step = new LinkedHashMap<>();
      step.put("step", n);
      for (int i = 0; i < columns.size(); i++) {
        step.put(columns.get(i), rows.get(n)[i]);
      }
      flow.add(step);
    }
    return flow;
  }
}
