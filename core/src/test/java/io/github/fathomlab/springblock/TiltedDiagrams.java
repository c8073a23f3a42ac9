package io.github.fathomlab.springblock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Diagrams whose cells have given tilts. */
final class TiltedDiagrams {
  static final String DROPOUT = "network.dropout";

  private TiltedDiagrams() {}

  /** Seven loads around 0.3 that grow by the tilt. */
  static LoadCurve curve(double tilt) {
    double[] separations = new double[9];
    for (int l = 1; l < 9; l++) {
      separations[l] = separations[l - 1] - (0.3 + tilt * (l - 4));
    }
    return LoadCurve.of(separations);
  }

  /** Five replicas whose mean tilt has a given standard error; no error means one replica. */
  static PhaseDiagram.Cell cell(double slope, double noise, double tilt, double error) {
    List<LoadCurve> curves = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    double[] offsets = error == 0 ? new double[1] : new double[] {-2, -1, 0, 1, 2};
    for (double offset : offsets) {
      curves.add(curve(tilt + error * Math.sqrt(2) * offset));
      accuracies.add(0.8 - 2 * (noise - 0.1) * (noise - 0.1) + 0.01 * offset);
    }
    return cell(slope, noise, curves, accuracies);
  }

  /** A cell of any curves. */
  static PhaseDiagram.Cell cell(
      double slope, double noise, List<LoadCurve> curves, List<Double> accuracies) {
    CurvePhase phase = CurvePhase.of(curves.stream().map(c -> c.statistics(true)).toList());
    return new PhaseDiagram.Cell(slope, noise, curves, phase, accuracies, 0);
  }

  /** A diagram of tilts[slope][noise]. */
  static PhaseDiagram of(
      String key, double[] slopes, double[] noises, double error, double[]... tilts) {
    List<List<PhaseDiagram.Cell>> rows = new ArrayList<>();
    for (int i = 0; i < slopes.length; i++) {
      List<PhaseDiagram.Cell> row = new ArrayList<>();
      for (int j = 0; j < noises.length; j++) {
        row.add(cell(slopes[i], noises[j], tilts[i][j], error));
      }
      rows.add(row);
    }
    return of(key, slopes, noises, rows);
  }

  static PhaseDiagram of(
      String key, double[] slopes, double[] noises, List<List<PhaseDiagram.Cell>> rows) {
    PhaseDiagram.Axis nonlinearity =
        new PhaseDiagram.Axis("network.activation.slope", boxed(slopes));
    return new PhaseDiagram(
        "separation.trace_ratio", nonlinearity, new PhaseDiagram.Axis(key, boxed(noises)), rows);
  }

  private static List<Double> boxed(double... values) {
    return Arrays.stream(values).boxed().toList();
  }
}
