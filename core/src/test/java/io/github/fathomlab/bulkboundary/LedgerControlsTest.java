package io.github.fathomlab.bulkboundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Layer;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.Pass;
import io.github.fathomlab.network.Trace;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.StepSnapshot;
import io.github.fathomlab.training.TrainingCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors put into a step on purpose: the audit turns red, in the layer where the error is. */
class LedgerControlsTest {
  private static final double TOLERANCE = 1e-13;
  private static final int STEPS = 12;

  static List<TrainingCase> mlps() {
    List<TrainingCase> cases = new ArrayList<>();
    for (OptimizerRule rule : TrainingCase.RULES) {
      cases.add(LedgerCase.of(100 + cases.size(), rule, 4, Precision.FLOAT64, STEPS));
    }
    return cases;
  }

  static List<TrainingCase> cases() {
    return mlps().stream().flatMap(LedgerCase::kinds).toList();
  }

  /** An error: how the current looks to somebody who made it. */
  private interface Mistake {
    CurrentAudit made(StepSnapshot snapshot, Matrix displacement);
  }

  /** The red layers at every step but the first few, and the largest residual of each step. */
  private static List<double[]> residuals(TrainingCase c, Mistake mistake) {
    List<double[]> found = new ArrayList<>();
    c.trained(
        1,
        (_, _) ->
            List.of(
                new LedgerProbe(
                    c.plan(),
                    (snapshot, rows) -> {
                      Matrix u = Objects.requireNonNull(snapshot.displacement());
                      CurrentAudit audit = mistake.made(snapshot, u);
                      found.add(LedgerProbe.residuals(audit, rows));
                    })));
    assertEquals(STEPS, found.size());
    return found;
  }

  private static int depth(TrainingCase c) {
    return c.ensemble(1, 1, TrainingCase.UNWATCHED).replicas().getFirst().network().layers().size();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noMistakeIsGreen(TrainingCase c) {
    for (double[] residuals :
        residuals(c, (s, u) -> CurrentAudit.along(s.network(), s.trace(), u))) {
      assertEquals(List.of(), LedgerProbe.red(residuals, TOLERANCE));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aLayerMovedTooFarTurnsRedAlone(TrainingCase c) {
    for (int layer = 0; layer < depth(c); layer++) {
      int moved = layer;
      for (double[] residuals :
          residuals(
              c,
              (s, u) ->
                  CurrentAudit.along(
                      s.network(), s.trace(), scaled(s.network(), u, moved, 1.01)))) {
        assertEquals(List.of(moved), LedgerProbe.red(residuals, TOLERANCE));
      }
    }
  }

  private static Matrix scaled(Network network, Matrix u, int m, double factor) {
    Kernels k = network.kernels();
    Layer layer = network.layers().get(m);
    Matrix scaled = k.vector(u.columns());
    scaled.copyFrom(u);
    for (int i = layer.start(); i < layer.end(); i++) {
      scaled.set(0, i, factor * u.get(0, i));
    }
    return scaled;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aCutGraphTurnsRedOnBothSidesOfTheCutOnly(TrainingCase c) {
    for (int cut = 0; cut < depth(c) - 1; cut++) {
      int severed = cut;
      for (double[] residuals :
          residuals(
              c,
              (s, u) -> {
                s.trace().outGradient(severed).fill(0);
                return CurrentAudit.along(s.network(), s.trace(), u);
              })) {
        assertEquals(List.of(severed, severed + 1), LedgerProbe.red(residuals, TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("mlps")
  void freshMasksInTheTangentTurnRedAboveTheFirstMask(TrainingCase c) {
    MlpSpec spec = (MlpSpec) c.spec();
    assertTrue(spec.dropout() > 0);
    int input = spec.inputNorm() ? 1 : 0;
    for (double[] residuals :
        residuals(
            c,
            (s, u) -> {
              s.network().forward(s.trace(), new Pass(true, false, true, 12345 + s.step()));
              return CurrentAudit.along(s.network(), s.trace(), u);
            })) {
      List<Integer> red = LedgerProbe.red(residuals, TOLERANCE);
      assertTrue(red.contains(input), "the first masked layer");
      assertTrue(red.containsAll(IntStream.range(input, residuals.length - 1).boxed().toList()));
      assertTrue(Arrays.stream(residuals).max().orElseThrow() > 1e-3, Arrays.toString(residuals));
      assertEquals(input == 1, !red.contains(0), "the input norm has no mask above it");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aTangentAfterTheUpdateIsRed(TrainingCase c) {
    List<double[]> found =
        residuals(
            c,
            (s, u) -> {
              Matrix theta = s.network().parameters();
              double[] before = theta.toArray();
              s.network().kernels().add(1, u, theta);
              CurrentAudit audit = CurrentAudit.along(s.network(), s.trace(), u);
              theta.setAll(before);
              return audit;
            });
    // Where nothing below has moved yet, the weights do not enter the tangent.
    for (double[] residuals : found) {
      assertFalse(LedgerProbe.red(residuals, TOLERANCE).isEmpty());
    }
  }

  /** δ of the batch at hand beside a step along the gradient of the batch before. */
  @ParameterizedTest
  @MethodSource("cases")
  void aStaleGradientIsRedEverywhere(TrainingCase c) {
    double[][] last = new double[1][];
    List<double[]> found =
        residuals(
            c,
            (s, u) -> {
              Trace trace = s.trace();
              double[] input = trace.input().toArray();
              double[] stale = last[0];
              last[0] = input;
              if (stale != null && stale.length == input.length) {
                trace.input().setAll(stale);
                s.network().forward(trace, new Pass(true, false, true, s.step()));
                c.plan()
                    .loss()
                    .evaluate(
                        s.network().kernels(),
                        trace.output(),
                        targets(s.network().kernels(), trace),
                        trace.outputGradient());
                s.network().backward(trace);
              }
              return CurrentAudit.along(s.network(), trace, u);
            });
    int red = 0;
    for (double[] residuals : found) {
      boolean all = LedgerProbe.red(residuals, TOLERANCE).size() == residuals.length;
      assertTrue(all || LedgerProbe.red(residuals, TOLERANCE).isEmpty());
      red += all ? 1 : 0;
    }
    assertTrue(red >= STEPS / 2, red + " stale steps");
  }

  private static Matrix targets(Kernels k, Trace trace) {
    Matrix targets = k.zeros(trace.output().rows(), trace.batch());
    for (int j = 0; j < trace.batch(); j++) {
      targets.set(j % targets.rows(), j, 1);
    }
    return targets;
  }
}
