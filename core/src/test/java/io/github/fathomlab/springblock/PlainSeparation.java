package io.github.fathomlab.springblock;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/** The definitions of the separation measures, word by word, with full pseudo-inverses. */
final class PlainSeparation {
  private final RealMatrix within;
  private final RealMatrix between;
  private final int rankBetween;

  PlainSeparation(Sample sample) {
    int n = sample.samples();
    int d = sample.features();
    within = new Array2DRowRealMatrix(d, d);
    between = new Array2DRowRealMatrix(d, d);
    RealVector centre = mean(sample, Arrays.stream(sample.labels()).map(c -> 1).toArray(), 1);
    int present = 0;
    for (int c = 0; c < sample.classes(); c++) {
      int size = count(sample.labels(), c);
      if (size == 0) {
        continue;
      }
      present++;
      RealVector mu = mean(sample, sample.labels(), c);
      RealVector m = mu.subtract(centre);
      add(between, m, (double) size / n);
      for (int i = 0; i < n; i++) {
        if (sample.labels()[i] == c) {
          add(within, column(sample, i).subtract(mu), 1.0 / n);
        }
      }
    }
    rankBetween = Math.min(present - 1, d);
  }

  double log() {
    return Math.log(within.multiply(pseudoInverse(between, rankBetween)).getTrace());
  }

  double traceRatio() {
    return Math.log(within.getTrace()) - Math.log(between.getTrace());
  }

  /** With the given rank of Sigma_W. */
  double invariant(int rank) {
    return Math.log(between.multiply(pseudoInverse(within, rank)).getTrace());
  }

  private static RealMatrix pseudoInverse(RealMatrix symmetric, int rank) {
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(symmetric);
    RealMatrix inverse = symmetric.scalarMultiply(0);
    for (int j = 0; j < rank; j++) {
      add(inverse, eigen.getEigenvector(j), 1 / eigen.getEigenvalue(j));
    }
    return inverse;
  }

  private static void add(RealMatrix sum, RealVector v, double weight) {
    for (int i = 0; i < v.getDimension(); i++) {
      for (int j = 0; j < v.getDimension(); j++) {
        sum.addToEntry(i, j, weight * v.getEntry(i) * v.getEntry(j));
      }
    }
  }

  private static int count(int[] labels, int c) {
    return (int) Arrays.stream(labels).filter(l -> l == c).count();
  }

  private static RealVector mean(Sample sample, int[] labels, int c) {
    RealVector sum = new ArrayRealVector(sample.features());
    for (int i = 0; i < sample.samples(); i++) {
      if (labels[i] == c) {
        sum = sum.add(column(sample, i));
      }
    }
    return sum.mapDivide(count(labels, c));
  }

  private static RealVector column(Sample sample, int i) {
    return new ArrayRealVector(Arrays.stream(sample.x()).mapToDouble(row -> row[i]).toArray());
  }
}
