package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.claims.Recorded;

/**
 * A sweep with the means of the prototype over 2 to 10 seeds (rank-collapse specification, E1 to
 * E3), eight seeds each.
 */
final class ReferenceChains {
  private ReferenceChains() {}

  static Recorded readings() {
    SyntheticChains sweep = new SyntheticChains();
    sweep.chain("iid", 0).named("iid").independent().rho(1.20).rhoAll(0.60).add();
    sweep.chain("hier2", 1).named("shuffled").shuffled().rho(1.15).rhoAll(0.60).add();
    add(sweep, "hier2", 0.5, 1.0954, 0.42, 0.39, 0.97, 0.99, 0, 0.88);
    add(sweep, "hier2", 1, 2.0774, 0.392, 0.336, 0.867, 0.939, 0, 0.976);
    add(sweep, "hier2", 2, 3.6949, 0.657, 0.503, 0.794, 0.862, 0, 0.986);
    add(sweep, "hier2", 3.5, 4.5448, 0.804, 0.609, 0.775, 0.849, 0, 0.987);
    add(sweep, "hier2", 7, 5.2529, 0.868, 0.640, 0.655, 0.805, 0, 0.993);
    add(sweep, "hier2", 14, 5.7424, 0.889, 0.649, 0.496, 0.648, 0, 0.993);
    add(sweep, "block2", 1, 1, 0.272, 0.248, 0.835, 0.927, 0, 0.979);
    add(sweep, "block2", 7, 1, 0.294, 0.247, 0.583, 0.794, 0, 0.996);
    add(sweep, "block4", 1, 3, 0.580, 0.462, 0.782, 0.887, 0, 0.984);
    add(sweep, "block4", 7, 3, 0.575, 0.441, 0.500, 0.656, 0.1, 0.995);
    add(sweep, "heat", 1, 3.1695, 0.552, 0.445, 0.906, 0.957, 0, 0.980);
    add(sweep, "heat", 7, 3.3764, 0.654, 0.520, 0.758, 0.860, 0, 0.993);
    add(sweep, "sticky", 1, 7, 0.972, 0.728, 0.666, 0.799, 0.05, 0.986);
    add(sweep, "sticky", 7, 7 + 1e-14, 0.948, 0.679, 0.482, 0.640, 0.1, 0.996);
    add(sweep, "ring", 1, 6.2847, 0.916, 0.697, 0.781, 0.868, 0, 0.980);
    add(sweep, "ring", 7, 4.7885, 0.771, 0.590, 0.607, 0.748, 0, 0.994);
    add(sweep, "cyc", 1, 7, 1.001, 0.750, 0.637, 0.779, 0, 0.987);
    add(sweep, "cyc", 7, 7, 0.946, 0.692, 0.410, 0.592, 0.1, 0.997);
    add(sweep, "db", 1, 6.0735, 0.912, 0.694, 0.619, 0.779, 0.2, 0.991);
    add(sweep, "db", 7, 6.1278, 0.912, 0.713, 0.575, 0.702, 0.2, 0.995);
    add(sweep, "dir", 1, 6.4664, 0.888, 0.671, 0.629, 0.770, 0, 0.984);
    add(sweep, "dir", 7, 6.0966, 0.954, 0.741, 0.691, 0.778, 0, 0.995);
    return sweep.recorded;
  }

  private static void add(
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
    sweep
        .chain(family, xi)
        .named(family + " at " + xi)
        .seeds(8)
        .taskRank(taskRank)
        .rho(rho)
        .rhoAll(rhoAll)
        .tops(top1, top2)
        .rising(rising)
        .captured(captured)
        .add();
  }
}
