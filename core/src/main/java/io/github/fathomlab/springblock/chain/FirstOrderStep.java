package io.github.fathomlab.springblock.chain;

import java.util.Arrays;

/** {@link Scheme#FIRST_ORDER_EULER}. */
final class FirstOrderStep implements ChainStepper {
  private final ChainSpec chain;
  private final Normals normals;
  private final double step;
  private final double mobile;
  private final double[] row;
  private final double[] before;

  FirstOrderStep(
      ChainSpec chain, Inertia.Massless inertia, double step, int chains, Normals normals) {
    this.chain = chain;
    this.normals = normals;
    this.step = step;
    mobile = step / inertia.damping();
    row = new double[chains];
    before = new double[chains];
  }

  @Override
  public void advance(ChainFields fields, long n) {
    double time = n * step;
    fields.pull(chain.pull().at(time));
    double amplitude = chain.noise().at(time);
    Arrays.fill(before, 0);
    for (int l = 0; l < fields.x().length; l++) {
      double[] xi =
          amplitude == 0 ? fields.wall() : ChainStepper.noise(chain.noise(), normals, n, l, row);
      move(fields.x()[l], fields.right(l), fields.v()[l], amplitude, xi);
    }
  }

  /** Moves one row; {@code before} holds the old positions of the block to its left. */
  private void move(double[] x, double[] right, double[] v, double amplitude, double[] xi) {
    double k = chain.stiffness();
    double high = chain.friction().right();
    double low = -chain.friction().left();
    for (int c = 0; c < x.length; c++) {
      double own = x[c];
      double force = k * ((right[c] - own) - (own - before[c])) + amplitude * xi[c];
      double moved = mobile * (force - Math.max(low, Math.min(high, force)));
      before[c] = own;
      x[c] = own + moved;
      v[c] = moved / step;
    }
  }
}
