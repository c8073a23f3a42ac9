package io.github.fathomlab.springblock.chain;

/** {@link Scheme#STRANG_PROX}. */
final class StrangProxStep implements ChainStepper {
  private final ChainSpec chain;
  private final Normals normals;
  private final double step;
  private final double keep;
  private final double push;
  private final double spread;
  private final double[] row;

  StrangProxStep(
      ChainSpec chain, Inertia.Massive inertia, double step, int chains, Normals normals) {
    this.chain = chain;
    this.normals = normals;
    this.step = step;
    double damping = inertia.damping();
    double mass = inertia.mass();
    double decay = damping * step / mass;
    keep = Math.exp(-decay);
    push = damping == 0 ? step / mass : -Math.expm1(-decay) / damping;
    spread =
        damping == 0
            ? Math.sqrt(step) / mass
            : Math.sqrt(-Math.expm1(-2 * decay) / (2 * damping * mass));
    row = new double[chains];
  }

  @Override
  public void advance(ChainFields fields, long n) {
    double middle = (n + 0.5) * step;
    drift(fields);
    fields.pull(chain.pull().at(middle));
    double amplitude = chain.noise().at(middle) * spread;
    for (int l = 0; l < fields.x().length; l++) {
      double[] xi =
          amplitude == 0 ? fields.wall() : ChainStepper.noise(chain.noise(), normals, n, l, row);
      kick(fields.v()[l], fields.left(l), fields.x()[l], fields.right(l), amplitude, xi);
    }
    drift(fields);
  }

  private void drift(ChainFields fields) {
    double half = step / 2;
    for (int l = 0; l < fields.x().length; l++) {
      double[] x = fields.x()[l];
      double[] v = fields.v()[l];
      for (int c = 0; c < x.length; c++) {
        x[c] += half * v[c];
      }
    }
  }

  private void kick(
      double[] v, double[] left, double[] own, double[] right, double amplitude, double[] xi) {
    double pushed = push * chain.stiffness();
    double high = push * chain.friction().right();
    double low = -push * chain.friction().left();
    for (int c = 0; c < v.length; c++) {
      double stretch = (right[c] - own[c]) - (own[c] - left[c]);
      double z = keep * v[c] + pushed * stretch + amplitude * xi[c];
      v[c] = z - Math.max(low, Math.min(high, z));
    }
  }
}
