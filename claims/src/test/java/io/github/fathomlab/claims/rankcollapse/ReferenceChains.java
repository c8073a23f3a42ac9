package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.claims.rankcollapse.SyntheticChains.Chain;

/**
 * A sweep with the means of the prototype over 2 to 10 seeds (rank-collapse specification, E1 to
 * E3), eight seeds each; plateaus, shares of variance and nulls are those of the documented sweep.
 */
final class ReferenceChains {
  private ReferenceChains() {}

  static Recorded readings() {
    SyntheticChains sweep = new SyntheticChains();
    sweep
        .chain("iid", 0)
        .named("iid")
        .independent()
        .rho(1.20)
        .rhoAll(0.58)
        .tops(0.76, 0.92)
        .plateaus(0.65)
        .add();
    sweep
        .chain("hier2", 1)
        .named("shuffled")
        .shuffled()
        .rho(1.20)
        .rhoAll(0.55)
        .tops(0.78, 0.92)
        .plateaus(0.67)
        .add();
    chain(sweep, "hier2", 0.5, 1.0954, 0.42, 0.39, 0.97, 0.99, 0, 0.88)
        .plateaus(0.833)
        .shares(0.423, 0.13)
        .add();
    chain(sweep, "hier2", 1, 2.0774, 0.392, 0.336, 0.867, 0.939, 0, 0.976)
        .plateaus(0.8)
        .shares(0.346, 0.228)
        .add();
    chain(sweep, "hier2", 2, 3.6949, 0.657, 0.503, 0.794, 0.862, 0, 0.986)
        .plateaus(0.817)
        .shares(0.273, 0.313)
        .add();
    chain(sweep, "hier2", 3.5, 4.5448, 0.804, 0.609, 0.775, 0.849, 0, 0.987)
        .plateaus(0.667)
        .shares(0.255, 0.268)
        .add();
    chain(sweep, "hier2", 7, 5.2529, 0.868, 0.640, 0.655, 0.805, 0, 0.993)
        .plateaus(0.583)
        .shares(0.204, 0.234)
        .add();
    chain(sweep, "hier2", 14, 5.7424, 0.889, 0.649, 0.496, 0.648, 0, 0.993)
        .plateaus(0.1)
        .shares(0.152, 0.246)
        .add();
    chain(sweep, "block2", 1, 1, 0.272, 0.248, 0.835, 0.927, 0, 0.979)
        .plateaus(0.733)
        .shares(0.605, 0.227)
        .add();
    chain(sweep, "block2", 7, 1, 0.294, 0.247, 0.583, 0.794, 0, 0.996)
        .plateaus(0.45)
        .shares(0.557, 0.345)
        .add();
    chain(sweep, "block4", 1, 3, 0.580, 0.462, 0.782, 0.887, 0, 0.984)
        .plateaus(0.583)
        .shares(0.435, 0.219)
        .add();
    chain(sweep, "block4", 7, 3, 0.575, 0.441, 0.500, 0.656, 0.1, 0.995)
        .plateaus(0.033)
        .shares(0.292, 0.349)
        .add();
    chain(sweep, "heat", 1, 3.1695, 0.552, 0.445, 0.906, 0.957, 0, 0.980)
        .plateaus(0.817)
        .shares(0.313, 0.138)
        .add();
    chain(sweep, "heat", 7, 3.3764, 0.654, 0.520, 0.758, 0.860, 0, 0.993)
        .plateaus(0.7)
        .shares(0.191, 0.201)
        .add();
    chain(sweep, "sticky", 1, 7, 0.972, 0.728, 0.666, 0.799, 0.05, 0.986)
        .plateaus(0.467)
        .shares(0.305, 0.263)
        .add();
    chain(sweep, "sticky", 7, 7 + 1e-14, 0.948, 0.679, 0.482, 0.640, 0.1, 0.996)
        .plateaus(0)
        .shares(0.109, 0.278)
        .add();
    chain(sweep, "ring", 1, 6.2847, 0.916, 0.697, 0.781, 0.868, 0, 0.980)
        .plateaus(0.767)
        .shares(0.307, 0.15)
        .add();
    chain(sweep, "ring", 7, 4.7885, 0.771, 0.590, 0.607, 0.748, 0, 0.994)
        .plateaus(0.317)
        .shares(0.187, 0.229)
        .add();
    chain(sweep, "cyc", 1, 7, 1.001, 0.750, 0.637, 0.779, 0, 0.987)
        .plateaus(0.417)
        .shares(0.3, 0.253)
        .add();
    chain(sweep, "cyc", 7, 7, 0.946, 0.692, 0.410, 0.592, 0.1, 0.997)
        .plateaus(0)
        .shares(0.11, 0.274)
        .add();
    chain(sweep, "db", 1, 6.0735, 0.912, 0.694, 0.619, 0.779, 0.2, 0.991)
        .plateaus(0.45)
        .shares(0.298, 0.18)
        .add();
    chain(sweep, "db", 7, 6.1278, 0.912, 0.713, 0.575, 0.702, 0.2, 0.995)
        .plateaus(0.217)
        .shares(0.211, 0.178)
        .add();
    chain(sweep, "dir", 1, 6.4664, 0.888, 0.671, 0.629, 0.770, 0, 0.984)
        .plateaus(0.583)
        .shares(0.302, 0.196)
        .add();
    chain(sweep, "dir", 7, 6.0966, 0.954, 0.741, 0.691, 0.778, 0, 0.995)
        .plateaus(0.117)
        .shares(0.151, 0.202)
        .add();
    return sweep.recorded;
  }

  private static Chain chain(
      SyntheticChains sweep,
      String family,
      double xi,
      double taskRank,
      double rho,
      double rhoAll,
      double top1,
      double top2,
      double rising,
      double captured) {
    return sweep
        .chain(family, xi)
        .named(family + " at " + xi)
        .seeds(8)
        .taskRank(taskRank)
        .rho(rho)
        .rhoAll(rhoAll)
        .tops(top1, top2)
        .rising(rising)
        .captured(captured);
  }
}
