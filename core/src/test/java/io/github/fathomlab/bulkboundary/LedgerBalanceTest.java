package io.github.fathomlab.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.training.StepSnapshot;
import io.github.fathomlab.training.TrainingCase;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The balance T' - T = Π - D - X - ΔJ of every layer at every step of real trainings. */
class LedgerBalanceTest {
  private static final int STEPS = 200;

  static Stream<TrainingCase> doubles() {
    return LedgerCase.everyKind(Precision.FLOAT64, STEPS);
  }

  static Stream<TrainingCase> floats() {
    return LedgerCase.everyKind(Precision.FLOAT32, STEPS);
  }

  @ParameterizedTest
  @MethodSource("doubles")
  void closesInFloat64(TrainingCase c) {
    assertBalanced(c, 1e-13, 1e-12);
  }

  @ParameterizedTest
  @MethodSource("floats")
  void closesInFloat32(TrainingCase c) {
    assertBalanced(c, 1e-6, 1e-5);
  }

  private static void assertBalanced(TrainingCase c, double tolerance, double closeness) {
    int[] steps = new int[1];
    c.trained(
        1,
        (_, _) ->
            List.of(
                new LedgerProbe(
                    c.plan(),
                    (snapshot, rows) -> {
                      steps[0]++;
                      CurrentAudit audit = along(snapshot);
                      assertEquals(
                          List.of(),
                          LedgerProbe.red(LedgerProbe.residuals(audit, rows), tolerance),
                          "red layers at step " + snapshot.step());
                      assertCurrents(snapshot, rows, audit, closeness);
                    })));
    assertEquals(STEPS, steps[0]);
  }

  private static CurrentAudit along(StepSnapshot snapshot) {
    return CurrentAudit.along(
        snapshot.network(), snapshot.trace(), Objects.requireNonNull(snapshot.displacement()));
  }

  /** D ≥ 0, T ≥ 0 and J by the tangent pass equals J by g·u, summed by hand. */
  private static void assertCurrents(
      StepSnapshot snapshot, LedgerRow[] rows, CurrentAudit audit, double closeness) {
    Matrix u = Objects.requireNonNull(snapshot.displacement());
    double current = 0;
    double size = 0;
    assertEquals(0, audit.current()[0]);
    for (int m = 0; m < rows.length; m++) {
      assertTrue(rows[m].dissipation() >= 0 && rows[m].kineticAfter() >= 0, "D and T");
      Layer layer = snapshot.network().layers().get(m);
      for (int i = layer.start(); i < layer.end(); i++) {
        double work = snapshot.trace().gradient().get(0, i) * u.get(0, i);
        current += work;
        size += Math.abs(work);
      }
      double scale = size + audit.magnitude()[m + 1];
      assertEquals(current, audit.current()[m + 1], closeness * scale, "J_" + (m + 1));
    }
  }
}
