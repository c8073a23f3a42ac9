package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/** The tensors of a layer normalisation; matrices [width x columns], vectors one entry a column. */
final class ColumnTrace extends LayerTrace {
  /** x̂, the normalised state. */
  final Matrix normal;

  /** A second matrix of the same shape for what a map needs on its way. */
  final Matrix scratch;

  /** i = (var + ε)^{-1/2}. */
  final Matrix inverse;

  final Matrix sum;
  final Matrix dot;
  final Matrix ka;
  final Matrix kb;
  final Matrix kc;

  /** One entry, -1/D: turns a sum over rows into what centring subtracts. */
  final Matrix minusShare;

  /** Row sums: two vectors, one entry a row. */
  final Matrix rowSum;

  final Matrix rowDot;
  private @Nullable Secants secants;

  ColumnTrace(Kernels k, int width, int columns, @Nullable Matrix sharedGradient) {
    super(k, width, columns, sharedGradient);
    normal = k.zeros(width, columns);
    scratch = k.zeros(width, columns);
    inverse = k.vector(columns);
    sum = k.vector(columns);
    dot = k.vector(columns);
    ka = k.vector(columns);
    kb = k.vector(columns);
    kc = k.vector(columns);
    minusShare = k.vector(1);
    minusShare.fill(-1.0 / width);
    rowSum = k.vector(width);
    rowDot = k.vector(width);
  }

  Secants secants() {
    if (secants == null) {
      secants = new Secants(this);
    }
    return secants;
  }

  /** What the secant maps keep from forward to backward. */
  static final class Secants {
    /** c̄, the mean of the centred states before and after. */
    final Matrix centred;

    /** The mean of x̂ before and after. */
    final Matrix meanNormal;

    final Matrix outStep;
    final Matrix meanIn;

    /** ½ for every row. */
    final Matrix half;

    /** Σ (c + Δc)² of every column. */
    final Matrix squaresAfter;

    /** Δγ and Δβ. */
    final Matrix stepGamma;

    final Matrix stepBeta;
    final double[] meanInverse;
    final double[] inverseSlope;

    Secants(ColumnTrace trace) {
      centred = trace.like(trace.out());
      meanNormal = trace.like(trace.out());
      outStep = trace.like(trace.out());
      meanIn = trace.like(trace.out());
      half = trace.kernels().vector(trace.out().rows());
      half.fill(0.5);
      squaresAfter = trace.kernels().vector(trace.out().columns());
      stepGamma = trace.kernels().vector(trace.out().rows());
      stepBeta = trace.kernels().vector(trace.out().rows());
      meanInverse = new double[trace.out().columns()];
      inverseSlope = new double[trace.out().columns()];
    }
  }
}
