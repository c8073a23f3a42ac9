package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The table of a sweep whose load curves and accuracies are given cell by cell. */
final class SyntheticSweep {
  static final String DROPOUT = "network.dropout";
  static final long LAST = 100;

  /** Loads of a curve without that of the logits. */
  static final int LOADS = 6;

  /** Mean load of {@link #tilted}. */
  static final double LOAD = 0.3;

  /** Log D of untrained networks: it goes up and down and has no loads. */
  static final double[] UNTRAINED = {2, 2.4, 1.9, 2.3, 2, 2.5, 2.1, 2};

  private final Recorded readings = new Recorded();
  private final String measure;
  private final @Nullable String noise;
  private final int seeds;
  private final double scatter;
  private final double accuracyScatter;
  private int cells;

  private SyntheticSweep(
      String measure, @Nullable String noise, int seeds, double scatter, double accuracyScatter) {
    this.measure = measure;
    this.noise = noise;
    this.seeds = seeds;
    this.scatter = scatter;
    this.accuracyScatter = accuracyScatter;
  }

  /** Five seeds, which scatter a little, over dropout. */
  static SyntheticSweep of(LoadMeasure measure) {
    return new SyntheticSweep(measure.quantity(), DROPOUT, 5, 0.003, 0.001);
  }

  /** The same with other seeds. */
  SyntheticSweep seeds(int count, double ofCurves, double ofAccuracies) {
    return new SyntheticSweep(measure, noise, count, ofCurves, ofAccuracies);
  }

  /** The same over another axis of noise; null for none. */
  SyntheticSweep over(@Nullable String key) {
    return new SyntheticSweep(measure, key, seeds, scatter, accuracyScatter);
  }

  /**
   * Loads that run from (1-q) to (1+q) of the mean load, and then the logits, which do not count.
   */
  static double[] tilted(double q) {
    double[] separations = new double[LOADS + 2];
    separations[0] = 3;
    for (int l = 0; l < LOADS; l++) {
      separations[l + 1] = separations[l] - LOAD * (1 + q * (2.0 * l / (LOADS - 1) - 1));
    }
    separations[LOADS + 1] = separations[LOADS] - 5;
    return separations;
  }

  /** The tilt per layer of such a curve. */
  static double tilt(double q) {
    return LOAD * 2 * q / (LOADS - 1);
  }

  /** Adds a cell with all its seeds. */
  SyntheticSweep cell(
      double slope, double strength, double[] untrained, double[] trained, double accuracy) {
    for (int seed = 0; seed < seeds; seed++) {
      int replica = cells * seeds + seed;
      if (noise != null) {
        number("axis." + noise, 0, replica, strength);
      }
      number("axis.network.activation.slope", 0, replica, slope);
      number("sweep.cell", 0, replica, cells);
      curve(0, replica, untrained, new SplittableRandom(seed));
      SplittableRandom random = new SplittableRandom(1000 + replica);
      curve(LAST, replica, trained, random);
      number("accuracy.test", 0, replica, 0.1);
      number("accuracy.test", LAST, replica, accuracy + accuracyScatter * random.nextGaussian());
    }
    cells++;
    return this;
  }

  /** Adds a row of cells with tilted curves, after untrained networks without loads. */
  SyntheticSweep row(double slope, double[] noises, double... tilts) {
    for (int j = 0; j < noises.length; j++) {
      cell(slope, noises[j], UNTRAINED, tilted(tilts[j]), 0.8);
    }
    return this;
  }

  /** Adds a row in which the networks had the same curves before they were trained. */
  SyntheticSweep rowOfUntrained(double slope, double[] noises, double... tilts) {
    for (int j = 0; j < noises.length; j++) {
      cell(slope, noises[j], tilted(tilts[j]), tilted(tilts[j]), 0.8);
    }
    return this;
  }

  /** Adds a row with given accuracies. */
  SyntheticSweep scored(double slope, double[] noises, double[] tilts, double... accuracies) {
    for (int j = 0; j < noises.length; j++) {
      cell(slope, noises[j], UNTRAINED, tilted(tilts[j]), accuracies[j]);
    }
    return this;
  }

  private void curve(long step, int replica, double[] separations, SplittableRandom random) {
    for (int l = 0; l < separations.length; l++) {
      readings.add(measure, step, l, replica, separations[l] + scatter * random.nextGaussian());
    }
  }

  private void number(String quantity, long step, int replica, double value) {
    readings.add(Reading.ofNetwork(quantity, step, replica, value));
  }

  Recorded readings() {
    return readings;
  }

  /** The table without what was measured before the first step. */
  static Recorded withoutNull(Recorded readings) {
    return readings.changed(reading ->
        reading.quantity().startsWith("separation.") && reading.step() == 0 ? null : reading);
  }

  /** The table with one value of a replica's last curve replaced by a reason why there is none. */
  static Recorded unusable(Recorded readings, String quantity, int replica, Status status) {
    return readings.changed(reading ->
        reading.quantity().equals(quantity)
                && reading.step() == LAST
                && reading.replica() == replica
                && reading.layer() == 2
            ? new Reading(
                quantity,
                LAST,
                2,
                reading.layerName(),
                replica,
                status == Status.NOT_FINITE ? Double.NaN : reading.value(),
                status,
                Double.NaN)
            : reading);
  }

  /** The table of a training that belongs to no sweep. */
  static Recorded noSweep(Recorded readings) {
    return readings.changed(reading -> reading.quantity().startsWith("axis.") ? null : reading);
  }
}
