package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.bulkboundary.field.DepthSlope;
import io.github.fathomlab.bulkboundary.field.RandomBulk;
import io.github.fathomlab.bulkboundary.field.VarianceMap;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The dissipation of every layer of untrained tanh networks, width 200, σ_b = 0.3, for four σ_w;
 * and, as the null, of networks whose σ_w rises from 0.8 at the input to 1.8 at the output.
 *
 * <p>Inputs have the variance at which the bulk is stationary from its first layer. Lines are
 * fitted without four layers at either boundary.
 *
 * <p>Quantities, {@code step} = index of σ_w, replica = network: {@code bulk.dissipation} (layer =
 * m; the null has the index after the last σ_w), {@code bulk.slope} and {@code bulk.bend} of ln
 * D_m, {@code bulk.slope_null} and {@code bulk.bend_null}; once per σ_w: {@code bulk.sigma_weight},
 * {@code bulk.chi1}, and {@code bulk.finite_width}, the term by which the mean slope lies above -ln
 * χ_1 at this width.
 */
public final class RandomBulkStudy implements Study {
  private static final double[] SIGMA_WEIGHTS = {0.8, 1.0, 1.3, 1.8};
  private static final double SIGMA_BIAS = 0.3;
  private static final int WIDTH = 200;
  private static final int BOUNDARY = 4;
  private static final long SEED = 1611;

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    int layers = quick ? 24 : 32;
    int nets = quick ? 8 : 64;
    for (int index = 0; index < SIGMA_WEIGHTS.length; index++) {
      VarianceMap map = new VarianceMap(SIGMA_WEIGHTS[index], SIGMA_BIAS);
      sink.accept(Reading.ofNetwork("bulk.sigma_weight", index, 0, SIGMA_WEIGHTS[index]));
      sink.accept(Reading.ofNetwork("bulk.chi1", index, 0, map.chi()));
      sink.accept(Reading.ofNetwork("bulk.finite_width", index, 0, map.finiteWidthShift(WIDTH)));
      double[] sigmas = new double[layers];
      Arrays.fill(sigmas, SIGMA_WEIGHTS[index]);
      networks(index, sigmas, map, nets, "", sink);
    }
    double lowest = SIGMA_WEIGHTS[0];
    double highest = SIGMA_WEIGHTS[SIGMA_WEIGHTS.length - 1];
    double[] rising = new double[layers];
    for (int m = 0; m < layers; m++) {
      rising[m] = lowest + (highest - lowest) * m / (layers - 1);
    }
    VarianceMap first = new VarianceMap(lowest, SIGMA_BIAS);
    networks(SIGMA_WEIGHTS.length, rising, first, nets, "_null", sink);
  }

  private static void networks(
      int index,
      double[] sigmas,
      VarianceMap map,
      int nets,
      String suffix,
      Consumer<Reading> sink) {
    double input =
        (map.fixedPoint() - SIGMA_BIAS * SIGMA_BIAS) / (map.sigmaWeight() * map.sigmaWeight());
    for (int net = 0; net < nets; net++) {
      long seed = CounterRandom.key(SEED, index, net);
      double[] dissipation = RandomBulk.dissipation(WIDTH, sigmas, SIGMA_BIAS, input, seed);
      double[] logarithms = new double[sigmas.length];
      for (int m = 0; m < sigmas.length; m++) {
        logarithms[m] = StrictMath.log(dissipation[m]);
        sink.accept(
            new Reading(
                "bulk.dissipation",
                index,
                m,
                "layer " + m,
                net,
                dissipation[m],
                Status.OK,
                Double.NaN));
      }
      DepthSlope line = DepthSlope.of(logarithms, BOUNDARY, sigmas.length - BOUNDARY);
      sink.accept(Reading.ofNetwork("bulk.slope" + suffix, index, net, line.slope()));
      sink.accept(Reading.ofNetwork("bulk.bend" + suffix, index, net, line.bend()));
    }
  }
}
