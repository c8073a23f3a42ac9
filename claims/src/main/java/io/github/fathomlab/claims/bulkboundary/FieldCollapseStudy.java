package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.bulkboundary.field.CollapseDistance;
import io.github.fathomlab.bulkboundary.field.CollapseOrder;
import io.github.fathomlab.bulkboundary.field.DepthCollapse;
import io.github.fathomlab.bulkboundary.field.DepthProfile;
import io.github.fathomlab.bulkboundary.field.DepthScheme;
import io.github.fathomlab.bulkboundary.field.InitialField;
import io.github.fathomlab.bulkboundary.field.Roughness;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Study;
import io.github.fathomlab.kernels.CounterRandom;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Residual networks of 16, 32 and 64 blocks that learn the same data, from smooth initial fields
 * and, as the null, from independent random parameters of the same size.
 *
 * <p>Width 3, 4 samples, tanh, friction 1, from rest to time 2. Every draw has its own data and
 * initial field. The field that a smooth lattice approaches is stood for by a midpoint lattice of
 * 256 sites; the field that a rough one approaches by the same lattice started from zero, the local
 * mean.
 *
 * <p>Quantities, {@code step} = number of blocks M; replica 0 smooth, 1 rough: {@code field.energy}
 * (layer = site m, at x = m/M) and {@code field.current} (layer = cut m, at x = m/M) of the first
 * draw; {@code field.roughness} of its final field; {@code field.distance_*} to the reference,
 * geometric mean over draws, and {@code field.order_*} from the smallest to the largest M (step =
 * the largest), for energy, current, loss and output; {@code field.midpoint_distance_*} and {@code
 * field.midpoint_order_*} of midpoint lattices from the smooth fields.
 */
public final class FieldCollapseStudy implements Study {
  static final int SMOOTH = 0;
  static final int ROUGH = 1;

  private static final int[] DEPTHS = {16, 32, 64};
  private static final int REFERENCE = 256;
  private static final int MODES = 3;
  private static final long SEED = 2511;
  private static final DepthScheme EULER = new DepthScheme.Euler();
  private static final DepthScheme MIDPOINT = new DepthScheme.Midpoint();

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    int smoothDraws = quick ? 4 : 8;
    int roughDraws = quick ? 48 : 256;
    CollapseDistance[][] network = new CollapseDistance[DEPTHS.length][smoothDraws];
    CollapseDistance[][] solver = new CollapseDistance[DEPTHS.length][smoothDraws];
    CollapseDistance[][] rough = new CollapseDistance[DEPTHS.length][roughDraws];
    for (int draw = 0; draw < smoothDraws; draw++) {
      DepthCollapse setting = setting(draw, quick);
      InitialField smooth = new InitialField.Smooth(CounterRandom.key(SEED, draw, SMOOTH), MODES);
      DepthProfile field = setting.profile(REFERENCE, MIDPOINT, smooth);
      DepthProfile mean = setting.profile(REFERENCE, MIDPOINT, new InitialField.Zero());
      for (int k = 0; k < DEPTHS.length; k++) {
        DepthProfile lattice = setting.profile(DEPTHS[k], EULER, smooth);
        network[k][draw] = CollapseDistance.between(lattice, field);
        solver[k][draw] =
            CollapseDistance.between(setting.profile(DEPTHS[k], MIDPOINT, smooth), field);
        if (draw == 0) {
          curves(lattice, SMOOTH, sink);
        }
        for (int sibling = draw; sibling < roughDraws; sibling += smoothDraws) {
          InitialField noise = new InitialField.Rough(CounterRandom.key(SEED, sibling, ROUGH));
          DepthProfile uneven = setting.profile(DEPTHS[k], EULER, noise);
          rough[k][sibling] = CollapseDistance.between(uneven, mean);
          if (sibling == 0) {
            curves(uneven, ROUGH, sink);
          }
        }
      }
    }
    distances("field.", SMOOTH, network, sink);
    distances("field.midpoint_", SMOOTH, solver, sink);
    distances("field.", ROUGH, rough, sink);
  }

  private static DepthCollapse setting(int draw, boolean quick) {
    return new DepthCollapse(3, 4, 1, 2, quick ? 10 : 40, CounterRandom.key(SEED, draw));
  }

  private static void curves(DepthProfile lattice, int replica, Consumer<Reading> sink) {
    int sites = lattice.state().shape().sites();
    double[] energy = lattice.observation().energy();
    double[] current = lattice.observation().current();
    for (int m = 0; m < energy.length; m++) {
      sink.accept(reading("field.energy", sites, m, "site " + m, replica, energy[m], Double.NaN));
    }
    for (int m = 0; m < current.length; m++) {
      sink.accept(reading("field.current", sites, m, "cut " + m, replica, current[m], Double.NaN));
    }
    double roughness = Roughness.of(lattice.state()).value();
    sink.accept(Reading.ofNetwork("field.roughness", sites, replica, roughness));
  }

  private static void distances(
      String prefix, int replica, CollapseDistance[][] all, Consumer<Reading> sink) {
    distances(prefix, "energy", replica, all, CollapseDistance::energy, sink);
    distances(prefix, "current", replica, all, CollapseDistance::current, sink);
    distances(prefix, "loss", replica, all, CollapseDistance::loss, sink);
    distances(prefix, "output", replica, all, CollapseDistance::output, sink);
  }

  private static void distances(
      String prefix,
      String name,
      int replica,
      CollapseDistance[][] all,
      ToDoubleFunction<CollapseDistance> part,
      Consumer<Reading> sink) {
    int last = DEPTHS.length - 1;
    double[][] values = new double[DEPTHS.length][];
    for (int k = 0; k <= last; k++) {
      values[k] = Arrays.stream(all[k]).mapToDouble(part).toArray();
      double logarithm = Arrays.stream(values[k]).map(StrictMath::log).average().orElseThrow();
      double mean = StrictMath.exp(logarithm);
      sink.accept(Reading.ofNetwork(prefix + "distance_" + name, DEPTHS[k], replica, mean));
    }
    CollapseOrder order =
        CollapseOrder.of(values[0], values[last], (double) DEPTHS[last] / DEPTHS[0]);
    sink.accept(
        reading(
            prefix + "order_" + name,
            DEPTHS[last],
            Reading.WHOLE_NETWORK,
            "",
            replica,
            order.order(),
            order.standardError()));
  }

  private static Reading reading(
      String quantity, int step, int layer, String name, int replica, double value, double error) {
    boolean finite = Double.isFinite(value);
    return new Reading(
        quantity,
        step,
        layer,
        name,
        replica,
        finite ? value : Double.NaN,
        finite ? Status.OK : Status.NOT_FINITE,
        error);
  }
}
