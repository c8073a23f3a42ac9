package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.bulkboundary.EnergyLedger;
import io.github.fathomlab.bulkboundary.LedgerRhythm;
import io.github.fathomlab.bulkboundary.SecantLedger;
import io.github.fathomlab.bulkboundary.Sharpness;
import io.github.fathomlab.instrument.LearningCurve;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.Loss;
import io.github.fathomlab.network.MlpSpec;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Noise;
import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Samples;
import io.github.fathomlab.training.Schedule;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import io.github.fathomlab.training.TrainingPlan;
import java.util.List;
import java.util.function.Consumer;

/**
 * Full-batch gradient descent at a rate that meets the edge of stability and, as the null, at one
 * that does not, from the same start.
 *
 * <p>A tanh network 1-24-24-1 learns the Chebyshev polynomial T_4 at 20 points by squared error, in
 * float64, with rates 0.15 and 0.02, over windows of {@value #WINDOW} steps.
 *
 * <p>At the edge rounding grows, so the numbers of a window follow the machine's matrix products;
 * the verdict does not.
 *
 * <p>Quantities, {@code step} = end of the window, replica 2s the large rate of seed s and 2s + 1
 * the small one: {@code edge.curvature} (Σ Q), {@code edge.dissipation} (Σ D of the memoryless form
 * D = lr|f|² = -(X + ΔJ)), {@code edge.ratio} (their quotient), {@code edge.sharpness} (lr λ/2,
 * mean over ten moments of the window; at step 0 that of the start), {@code edge.identity} (|Σ Q -
 * Σ D - Δℓ| over Σ D + ℓ, with Δℓ from plain forward passes: bookkeeping, true of every training).
 */
public final class EdgeStudy implements Study {
  static final int WINDOW = 400;

  private static final double[] RATES = {0.15, 0.02};
  private static final List<Integer> WIDTHS = List.of(1, 24, 24, 1);
  private static final int POINTS = 20;
  private static final int MOMENTS = 10;
  private static final double SHARPNESS_TOLERANCE = 3e-3;
  private static final int MOST_ITERATIONS = 2000;

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    perform(quick ? 2 : 6, quick ? 8 : 16, sink);
  }

  static void perform(int seeds, int windows, Consumer<Reading> sink) {
    for (int seed = 0; seed < seeds; seed++) {
      for (int r = 0; r < RATES.length; r++) {
        descend(1 + seed, 2 * seed + r, RATES[r], windows, sink);
      }
    }
  }

  private static void descend(
      long seed, int replica, double rate, int windows, Consumer<Reading> sink) {
    // One step more than asked for tells the loss at the end of the last window.
    TrainingPlan plan =
        new TrainingPlan(
            new Loss.SquaredError(),
            new OptimizerRule.Sgd(),
            rate,
            new Schedule.Constant(),
            0,
            0,
            0,
            (long) windows * WINDOW + 1,
            Noise.none());
    Dataset data = polynomial();
    Books books = new Books(windows + 1);
    Ensemble training = training(plan, data, seed, books);
    Network network = training.replicas().getFirst().network();
    Samples samples = new Samples(data, network.kernels());
    Sharpness sharpness = new Sharpness(network, plan.loss(), samples.inputs(), samples.targets());
    sink.accept(sharpness(0, replica, reduced(sharpness, rate)));
    for (int w = 0; w < windows; w++) {
      double sum = 0;
      for (int moment = 1; moment <= MOMENTS; moment++) {
        training.advance((long) w * WINDOW + moment * WINDOW / MOMENTS);
        sum += reduced(sharpness, rate);
      }
      sink.accept(sharpness(w + 1, replica, sum / MOMENTS));
    }
    training.advance(plan.steps());
    emit(books, windows, replica, sink);
  }

  private static void emit(Books books, int windows, int replica, Consumer<Reading> sink) {
    for (int w = 0; w < windows; w++) {
      emit("edge.curvature", w + 1, replica, books.curvature[w], sink);
      emit("edge.dissipation", w + 1, replica, books.dissipation[w], sink);
      emit("edge.ratio", w + 1, replica, books.curvature[w] / books.dissipation[w], sink);
      emit("edge.identity", w + 1, replica, books.error(w), sink);
    }
  }

  private static Reading sharpness(int windows, int replica, double value) {
    return new Reading(
        "edge.sharpness",
        (long) windows * WINDOW,
        Reading.WHOLE_NETWORK,
        "",
        replica,
        value,
        Double.isNaN(value) ? Status.NOT_CONVERGED : Status.OK,
        Double.NaN);
  }

  /** lr λ/2, or NaN where the iteration did not converge. */
  private static double reduced(Sharpness sharpness, double rate) {
    Sharpness.Estimate found = sharpness.largest(SHARPNESS_TOLERANCE, MOST_ITERATIONS);
    return found.converged() ? rate * found.value() / 2 : Double.NaN;
  }

  private static Ensemble training(TrainingPlan plan, Dataset data, long seed, Books books) {
    MlpSpec spec =
        new MlpSpec(
            WIDTHS, new Activation.Tanh(), false, false, 0, true, new Initialisation.Scaled(1));
    Rhythm every = new Rhythm.Every(1);
    Rhythm never = new Rhythm.Every(0);
    LedgerRhythm rhythm = new LedgerRhythm(every, never, never, every, false);
    return new Ensemble(
        spec,
        Precision.FLOAT64,
        plan,
        new Split(data, null),
        1,
        seed,
        1,
        (_, network) ->
            List.of(
                new EnergyLedger(rhythm, plan, network.layers(), books),
                new SecantLedger(rhythm, plan, network, books),
                new LearningCurve(new Rhythm.Every(WINDOW), never, books)));
  }

  /** T_4 at equally spaced points of [-1, 1]. */
  private static Dataset polynomial() {
    double[] inputs = new double[POINTS];
    double[] values = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      double x = 2.0 * i / (POINTS - 1) - 1;
      inputs[i] = x;
      values[i] = 1 - 8 * x * x * (1 - x * x);
    }
    return new Dataset("chebyshev-4", 1, inputs, new Targets.Values(values, 1));
  }

  private static void emit(
      String quantity, int windows, int replica, double value, Consumer<Reading> sink) {
    sink.accept(Reading.ofNetwork(quantity, (long) windows * WINDOW, replica, value));
  }

  /** Sums of the ledgers' readings over windows, and the loss at the start of each. */
  private static final class Books implements Consumer<Reading> {
    final double[] curvature;
    final double[] dissipation;
    final double[] loss;

    Books(int windows) {
      curvature = new double[windows];
      dissipation = new double[windows];
      loss = new double[windows];
    }

    @Override
    public void accept(Reading reading) {
      int w = (int) (reading.step() / WINDOW);
      switch (reading.quantity()) {
        case "ledger.curvature" -> curvature[w] += reading.value();
        case "ledger.external" -> dissipation[w] -= reading.value();
        case "ledger.current" -> {
          if (reading.layer() == WIDTHS.size() - 2) {
            dissipation[w] -= reading.value();
          }
        }
        case "loss" -> loss[w] = reading.value();
        default -> {}
      }
    }

    double error(int w) {
      double change = loss[w + 1] - loss[w];
      return Math.abs(curvature[w] - dissipation[w] - change) / (dissipation[w] + loss[w]);
    }
  }
}
