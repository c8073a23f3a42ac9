package io.github.fathomlab.springblock.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.springblock.CurvePhase;
import io.github.fathomlab.springblock.LoadCurve;
import io.github.fathomlab.springblock.PhaseDiagram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowMatchTest {
  private static final double[] DROPOUTS = {0, 0.02, 0.05, 0.1, 0.2, 0.3};

  /** Replicas whose relative tilts scatter by an error around given ones. */
  private static PhaseDiagram row(double[] noises, double[] tilts, double error) {
    List<PhaseDiagram.Cell> cells = new ArrayList<>();
    for (int j = 0; j < noises.length; j++) {
      List<LoadCurve> curves = new ArrayList<>();
      for (int replica = 0; replica < 5; replica++) {
        double q = tilts[j] + error * Math.sqrt(5) * CounterRandom.gaussian(j, replica);
        double[] separations = new double[9];
        for (int l = 1; l < 9; l++) {
          separations[l] = separations[l - 1] - (1 + q * (l - 4) / 3);
        }
        curves.add(LoadCurve.of(separations));
      }
      CurvePhase phase = CurvePhase.of(curves.stream().map(c -> c.statistics(true)).toList());
      cells.add(new PhaseDiagram.Cell(0, noises[j], curves, phase, List.of(), 0));
    }
    List<Double> values = Arrays.stream(noises).boxed().toList();
    return new PhaseDiagram(
        "separation.trace_ratio",
        null,
        new PhaseDiagram.Axis("network.dropout", values),
        List.of(cells));
  }

  private static double tilt(double friction, double skew, double noise) {
    ChainSpec chain =
        ChainVectors.massless(7, 1, friction + skew, friction - skew, 1)
            .with(ChainNoise.independent(noise));
    return ChainDiagram.cell(chain, 100, 1e-10).statistics().relativeTilt();
  }

  /** The tilts of a chain give its three numbers back. */
  @Test
  void recoversAChain() {
    double[] tilts = Arrays.stream(DROPOUTS).map(p -> tilt(0.08, -0.012, 0.5 * p)).toArray();
    RowMatch found = RowMatch.of(row(DROPOUTS, tilts, 0.004), 0);
    assertEquals(Status.OK, found.status(), found.reason());
    holds(found, RowMatch.Parameter.FRICTION, 0.08);
    holds(found, RowMatch.Parameter.SKEW, -0.012);
    holds(found, RowMatch.Parameter.GAIN, 0.5);
    assertTrue(found.rms().orElseThrow() < 0.02, found.reason());
    assertTrue(found.constantRms().orElseThrow() > 10 * found.rms().orElseThrow());
  }

  private static void holds(RowMatch match, RowMatch.Parameter parameter, double truth) {
    Estimate.Known known = assertInstanceOf(Estimate.Known.class, match.estimates().get(parameter));
    double slack = 0.5 * (known.high() - known.low());
    assertTrue(
        known.low() - slack <= truth && truth <= known.high() + slack, parameter + " " + known);
  }

  /** The slopes and the tilts are those of the mean field itself. */
  @Test
  void modelIsTheMeanField() {
    double[] zeros = new double[4];
    TiltModel model = new TiltModel(7, new double[] {0, 0.1, 0.2, 0.4}, zeros, 1, 0.4);
    double[] at = {Math.log(0.08), -0.01, Math.log(0.3)};
    BoundedLeastSquares.Response found = model.at(at);
    for (int j = 0; j < 4; j++) {
      double noise = 0.12 * new double[] {0, 0.25, 0.5, 1}[j];
      assertEquals(tilt(0.08, -0.01, noise), found.residuals()[j], j == 0 ? 1e-3 : 1e-5);
    }
    for (int p = 0; p < 3; p++) {
      double[] more = at.clone();
      double[] less = at.clone();
      more[p] += 1e-3;
      less[p] -= 1e-3;
      for (int j = 1; j < 4; j++) {
        double slope = (model.at(more).residuals()[j] - model.at(less).residuals()[j]) / 2e-3;
        double size = Math.abs(slope) + 0.1;
        assertEquals(slope, found.jacobian()[j][p], 1e-3 * size, p + " at cell " + j);
      }
    }
  }

  /**
   * Tilts that rise with noise are none of a chain: its residual is no better than a constant's.
   */
  @Test
  void saysHowBadlyItFits() {
    double[] rising = {-0.3, -0.2, -0.1, 0.1, 0.2, 0.3};
    RowMatch found = RowMatch.of(row(DROPOUTS, rising, 0.01), 0);
    assertTrue(found.rms().orElseThrow() > 0.8 * found.constantRms().orElseThrow(), found.reason());
  }

  @Test
  void refusesShortRows() {
    PhaseDiagram three = row(new double[] {0, 0.1, 0.2}, new double[] {0.3, 0.1, -0.1}, 0.01);
    RowMatch found = RowMatch.of(three, 0);
    assertEquals(Status.NOT_APPLICABLE, found.status());
    assertTrue(found.rms().isEmpty());
    found.estimates().values().forEach(e -> assertInstanceOf(Estimate.Unknown.class, e));
    assertThrows(IllegalArgumentException.class, () -> RowMatch.of(three, 1));
  }
}
