package io.github.fathomlab.springblock.chain;

/** {@link Scheme#AUTHORS_EULER} and {@link Scheme#AUTHORS_SRI2}. */
final class AuthorsStep implements ChainStepper {
  private final ChainSpec chain;
  private final Inertia.Massive inertia;
  private final boolean corrected;
  private final Normals normals;
  private final double step;
  private final double[] row;
  private final double[][] first;
  private final double[][] second;
  private final ChainFields guess;

  /**
   * A stepper.
   *
   * @param corrected SRI2 rather than Euler
   */
  AuthorsStep(
      ChainSpec chain,
      Inertia.Massive inertia,
      boolean corrected,
      double step,
      int chains,
      Normals normals) {
    this.chain = chain;
    this.inertia = inertia;
    this.corrected = corrected;
    this.normals = normals;
    this.step = step;
    row = new double[chains];
    first = new double[chain.blocks()][chains];
    second = new double[chain.blocks()][chains];
    guess = ChainFields.of(chain.start(), chains);
  }

  @Override
  public void advance(ChainFields fields, long n) {
    double time = n * step;
    double[][] x = fields.x();
    double[][] v = fields.v();
    fields.pull(chain.pull().at(time));
    accelerations(fields, first);
    if (corrected) {
      for (int l = 0; l < x.length; l++) {
        for (int c = 0; c < row.length; c++) {
          guess.x()[l][c] = x[l][c] + step * v[l][c];
          guess.v()[l][c] = v[l][c] + step * first[l][c];
        }
      }
      guess.pull(chain.pull().at(time + step));
      accelerations(guess, second);
    }
    double amplitude = chain.noise().at(time) * Math.sqrt(step);
    for (int l = 0; l < x.length; l++) {
      double[] xi =
          amplitude == 0 ? fields.wall() : ChainStepper.noise(chain.noise(), normals, n, l, row);
      double[] late = corrected ? second[l] : first[l];
      double[] speed = corrected ? guess.v()[l] : v[l];
      for (int c = 0; c < row.length; c++) {
        x[l][c] += step * (v[l][c] + speed[c]) / 2;
        v[l][c] += step * (first[l][c] + late[c]) / 2 + amplitude * xi[c];
      }
    }
  }

  private void accelerations(ChainFields fields, double[][] into) {
    for (int l = 0; l < into.length; l++) {
      double[] own = fields.x()[l];
      double[] v = fields.v()[l];
      double[] left = fields.left(l);
      double[] right = fields.right(l);
      for (int c = 0; c < row.length; c++) {
        double force = chain.stiffness() * ((right[c] - own[c]) - (own[c] - left[c]));
        double smooth = (force - inertia.damping() * v[c]) / inertia.mass();
        into[l][c] = smooth - explicitFriction(v[c]);
      }
    }
  }

  private double explicitFriction(double velocity) {
    if (velocity == 0) {
      return 0;
    }
    return velocity > 0 ? chain.friction().right() : -chain.friction().left();
  }
}
