package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Curvatures c over friction and noise as they were recorded.
 *
 * @param prefix of the quantities
 * @param noises amplitude of each column
 * @param cells [friction][noise]; NaN where there is no number
 */
record CurvatureGrid(String prefix, double[] noises, double[][] cells) {
  /** The mean field is integrated far more closely than this. */
  private static final double ROUNDING = 1e-6;

  /** One of a chain's grids, as large as its axes say. */
  static CurvatureGrid of(Readings readings, String prefix, String name) {
    double[] noises = new double[readings.of(prefix + "noise").size()];
    Arrays.fill(noises, Double.NaN);
    for (Reading reading : readings.of(prefix + "noise")) {
      if (reading.status() == Status.OK && reading.replica() < noises.length) {
        noises[reading.replica()] = reading.value();
      }
    }
    double[][] cells = new double[readings.of(prefix + "friction").size()][noises.length];
    for (double[] row : cells) {
      Arrays.fill(row, Double.NaN);
    }
    for (Reading reading : readings.of(prefix + name)) {
      boolean inside = reading.step() < cells.length && reading.replica() < noises.length;
      if (inside && reading.status() == Status.OK) {
        cells[(int) reading.step()][reading.replica()] = reading.value();
      }
    }
    return new CurvatureGrid(prefix, noises, cells);
  }

  /** Whether the diagram has at least two rows and columns and a number in every cell. */
  boolean isWhole() {
    return cells.length > 1
        && noises.length > 1
        && Arrays.stream(noises).allMatch(Double::isFinite)
        && Arrays.stream(cells).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
  }

  /** What is wrong with the topology; null where nothing is that has a number. */
  @Nullable String failure() {
    for (int i = 0; i < cells.length; i++) {
      double[] row = cells[i];
      int last = row.length - 1;
      for (int j = 1; j <= last; j++) {
        if (row[j] < row[j - 1] - ROUNDING) {
          return at("c falls with noise, to %.5f from %.5f", i, j, row[j], row[j - 1]);
        }
      }
      if (last > 0 && row[0] >= 0) {
        return at("c is %.5f at the lowest noise, not negative", i, 0, row[0]);
      }
      if (last > 0 && row[last] <= 0) {
        return at("c is %.5f at the highest noise, not positive", i, last, row[last]);
      }
      if (i > 0 && straightNoise(i) <= straightNoise(i - 1)) {
        return String.format(
            Locale.ROOT,
            "the sign change does not move to more noise with friction: at %.5f in row %d of %s and at %.5f in the row"
                + " before",
            straightNoise(i),
            i,
            prefix + "curvature",
            straightNoise(i - 1));
      }
    }
    return null;
  }

  private String at(String said, int row, int column, Object... numbers) {
    String where = " (" + prefix + "curvature, row " + row + ", column " + column + ")";
    return String.format(Locale.ROOT, said, numbers) + where;
  }

  /** The noise at which c changes its sign, between columns by ln noise; NaN where it does not. */
  double straightNoise(int row) {
    double[] c = cells[row];
    for (int j = 1; j < c.length; j++) {
      if (c[j - 1] < 0 && c[j] >= 0) {
        double part = c[j - 1] / (c[j - 1] - c[j]);
        return noises[j - 1] * StrictMath.pow(noises[j] / noises[j - 1], part);
      }
    }
    return Double.NaN;
  }

  /** The largest c; NaN where a cell has none. */
  double highest() {
    return Arrays.stream(cells).flatMapToDouble(Arrays::stream).max().orElse(Double.NaN);
  }

  /** Whether some loads are convex. */
  boolean isSomewhereConvex() {
    return Arrays.stream(cells).flatMapToDouble(Arrays::stream).anyMatch(c -> c > ROUNDING);
  }

  /** The smallest rise of c from a noise to the next; NaN where a cell has none. */
  double smallestRise() {
    double smallest = Double.POSITIVE_INFINITY;
    for (double[] row : cells) {
      for (int j = 1; j < row.length; j++) {
        smallest = Math.min(smallest, row[j] - row[j - 1]);
      }
    }
    return smallest;
  }
}
