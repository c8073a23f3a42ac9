package io.github.fathomlab.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.training.Middle;
import io.github.fathomlab.training.TrainingCase;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The balance of the midpoint form, with J from a tangent pass along w̄, at every step. */
class MidpointLedgerTest {
  private static final int STEPS = 60;

  static Stream<TrainingCase> doubles() {
    return LedgerCase.everyKind(Precision.FLOAT64, STEPS);
  }

  static Stream<TrainingCase> floats() {
    return LedgerCase.everyKind(Precision.FLOAT32, STEPS);
  }

  @ParameterizedTest
  @MethodSource("doubles")
  void closesInFloat64(TrainingCase c) {
    assertBalanced(c, 1e-13);
  }

  @ParameterizedTest
  @MethodSource("floats")
  void closesInFloat32(TrainingCase c) {
    assertBalanced(c, 1e-6);
  }

  private static void assertBalanced(TrainingCase c, double tolerance) {
    MidpointLedger ledger = new MidpointLedger(c.plan().rule());
    double[][] kinetic = new double[1][];
    int[] steps = new int[1];
    c.trained(
        1,
        (_, _) ->
            List.of(
                new LedgerProbe(
                    c.plan(),
                    (snapshot, kickDrift) -> {
                      Middle middle = Objects.requireNonNull(snapshot.middle());
                      var sums = Objects.requireNonNull(snapshot.sums());
                      if (kinetic[0] == null) {
                        kinetic[0] = new double[kickDrift.length];
                      }
                      LedgerRow[] rows = new LedgerRow[kickDrift.length];
                      for (int m = 0; m < rows.length; m++) {
                        rows[m] = ledger.row(sums.get(m), middle.sums().get(m), kinetic[0][m]);
                        kinetic[0][m] = rows[m].kineticAfter();
                        assertTrue(rows[m].dissipation() >= 0 && rows[m].kineticAfter() >= 0);
                      }
                      CurrentAudit audit =
                          CurrentAudit.along(
                              snapshot.network(), snapshot.trace(), middle.direction());
                      assertEquals(
                          List.of(),
                          LedgerProbe.red(LedgerProbe.residuals(audit, rows), tolerance),
                          "red layers at step " + snapshot.step());
                      steps[0]++;
                    })));
    assertEquals(STEPS, steps[0]);
  }
}
