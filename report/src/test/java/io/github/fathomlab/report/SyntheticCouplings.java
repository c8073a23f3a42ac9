package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.renormalization.field.ShellModes;
import java.util.List;
import java.util.Random;

/**
 * Made-up readings of the renormalization room with the sizes of real ones: for tests of drawing
 * only.
 */
final class SyntheticCouplings {
  static final long[] STEPS = {0, 10, 30, 100, 300, 1000, 3000};
  private static final double[] SCATTER = {.151, .088, .046, .019, .0014, .0013, .00004};
  private static final double[] ODD = {.997, .989, .893, .239, .017, .0076, .0009};
  private static final double[] EXCESS = {.280, .239, .222, .184, .041, .0036, .0010};
  private static final int SEEDS = 10;

  private final SyntheticRun run = SyntheticRun.empty();
  private final Random random = new Random(11);
  private int replica;

  private SyntheticCouplings() {}

  /** A pyramid that learns to tell two temperatures. */
  static SyntheticRun thermometer() {
    SyntheticCouplings made = new SyntheticCouplings();
    for (int step = 0; step < STEPS.length; step++) {
      made.replica = 0;
      for (int seed = 0; seed < SEEDS; seed++) {
        made.thermometer(step, 0);
        made.replica++;
      }
    }
    return made.run;
  }

  /** The same with its nulls, a wide network and units read as spins, as cases of a sweep. */
  static SyntheticRun thermometers() {
    SyntheticCouplings made = new SyntheticCouplings();
    List<String> cases = List.of("trained 8-4-2-1", "wide 32-32", "shuffled labels", "no bias");
    for (int step = 0; step < STEPS.length; step++) {
      made.replica = 0;
      for (int i = 0; i < cases.size(); i++) {
        for (int seed = 0; seed < SEEDS; seed++) {
          made.named(STEPS[step], i, cases.get(i));
          made.thermometer(step, i);
          made.replica++;
        }
      }
    }
    return made.run;
  }

  private void thermometer(int step, int kind) {
    boolean learns = kind < 2;
    double done = learns ? 1 - ODD[step] : 0;
    double scatter = learns ? SCATTER[step] : .151 - .09 * step / STEPS.length;
    network(STEPS[step], "coupling.correlation", scatter * random.nextGaussian());
    network(
        STEPS[step], "coupling.odd_fraction", learns ? ODD[step] * jitter() : kind == 3 ? 1 : .9);
    network(STEPS[step], "coupling.excess", learns ? EXCESS[step] * jitter() : .227);
    double[] before = kind == 1 ? new double[] {.981, .085} : new double[] {.859, .623, .326, .12};
    double[] after = kind == 1 ? new double[] {.923, 0} : new double[] {.757, .329, .071, 0};
    double[] reference = {1, .6625, .350, .114};
    double[] units = {.687, .623, .577};
    double[] redundant = {1.04, 1.08, 1.01};
    for (int m = 0; m < before.length; m++) {
      double k = (1 - done) * before[m] + done * after[m];
      layer(step, "coupling.layer", m, k * (1 + .08 * random.nextGaussian() * (1 - done)));
      if (step == 0) {
        boolean wide = kind == 1;
        add(
            step,
            "coupling.reference",
            m,
            wide ? Double.NaN : reference[m] * Math.pow(.6, m == 3 ? 1 : 0),
            wide ? Status.NOT_APPLICABLE : Status.OK);
      }
    }
    for (int m = 0; m < units.length && kind != 1; m++) {
      double k = (1 - done) * units[m] + done * redundant[m];
      layer(step, "coupling.units", m, k * jitter());
    }
    known(step, 1, 8, 0);
    if (step == 0) {
      network(0, "coupling.random", .14 * random.nextGaussian());
      String[] rules = {"decimation", "majority", "block sum", "momentum shell"};
      double[] numbers = {.113, .2071, .31, .25};
      for (int i = 0; i < rules.length; i++) {
        add(0, "coupling.rule", i, numbers[i], rules[i]);
      }
    }
  }

  /** Predicting the environment over couplings and blocks. */
  static SyntheticRun environment() {
    double[] couplings = {.5, .8, 1.2};
    int[] windows = {2, 3, 4, 6, 8};
    SyntheticCouplings made = new SyntheticCouplings();
    for (long step : new long[] {0, 2000}) {
      made.replica = 0;
      for (double coupling : couplings) {
        for (int window : windows) {
          for (int seed = 0; seed < SEEDS; seed++) {
            made.environment(step, coupling, window);
            made.replica++;
          }
        }
      }
    }
    return made.run;
  }

  private void environment(long step, double coupling, int window) {
    double exact = Math.pow(Math.tanh(coupling), window);
    network(step, "axis.data.coupling", coupling);
    network(step, "axis.data.window", window);
    double scatter = step == 0 ? .15 * Math.sqrt(exact) + .03 : .0022;
    network(step, "coupling.correlation", exact + scatter * random.nextGaussian());
    network(step, "coupling.lag_ratio", exact);
    network(step, "coupling.excess", 4e-4 * jitter());
    if (step == 0) {
      known(0, coupling, window, exact);
    }
  }

  /** Linear autoencoders that keep the lowest momenta, as cases. */
  static SyntheticRun autoencoders() {
    int[] kept = {8, 4, 2, 1};
    SyntheticCouplings made = new SyntheticCouplings();
    for (long step : new long[] {0, 3000}) {
      made.replica = 0;
      for (int i = 0; i < kept.length; i++) {
        for (int seed = 0; seed < SEEDS; seed++) {
          made.named(step, i, "16 to " + kept[i]);
          made.autoencoder(step, kept[i]);
          made.replica++;
        }
      }
    }
    return made.run;
  }

  private void autoencoder(long step, int kept) {
    ShellModes modes = new ShellModes(.7, 16);
    double[] shares = new double[16];
    double sum = 0;
    for (int k = 0; k < shares.length; k++) {
      shares[k] = step == 0 ? random.nextDouble() : k < kept ? 1 : 1e-4;
      sum += shares[k];
    }
    double overlap = 0;
    for (int k = 0; k < shares.length; k++) {
      double share = Math.min(1, shares[k] * kept / sum);
      overlap += k < kept ? share / kept : 0;
      add(step, "coupling.mode", k, share, "mode " + (k + 1));
      if (step == 0) {
        add(0, "coupling.momentum", k, modes.momenta()[k], "mode " + (k + 1));
      }
    }
    network(step, "coupling.overlap", overlap);
    double scatter = step == 0 ? 60 : .001;
    network(step, "coupling.stiffness", 7.7778 + scatter * random.nextGaussian());
    double exact = modes.correlation(kept);
    double error = step == 0 ? .1 : 5e-4;
    network(step, "coupling.correlation", exact + error * random.nextGaussian());
    if (step == 0) {
      known(0, .8673, 16, exact);
      network(0, "coupling.stiffness_prediction", 7.7778);
    }
  }

  /** Autoencoders of the quartic chain over blocks. */
  static SyntheticRun quartics() {
    int[] windows = {2, 4, 8, 16};
    SyntheticCouplings made = new SyntheticCouplings();
    for (long step : new long[] {0, 8000}) {
      made.replica = 0;
      for (int i = 0; i < windows.length; i++) {
        for (int seed = 0; seed < 8; seed++) {
          made.network(step, "axis.data.window", windows[i]);
          made.quartic(step, i, windows[i]);
          made.replica++;
        }
      }
    }
    return made.run;
  }

  private void quartic(long step, int i, int window) {
    double[] kurtosis = {-1.280, -1.125, -.868, -.574};
    double[] average = {-1.280, -1.090, -.776, -.461};
    double[] theta2 = {-.979, -.537, -.073, .231};
    double[] theta4 = {.430, .277, .134, .056};
    double away = step == 0 ? Math.abs(random.nextGaussian()) * .4 : 0;
    double noise = step == 0 ? 0 : .002 * random.nextGaussian();
    network(step, "coupling.kurtosis", kurtosis[i] * (1 - away) + noise);
    network(step, "coupling.theta2", theta2[i] + (.5 - theta2[i]) * away + noise);
    network(step, "coupling.theta4", theta4[i] * (1 - away) + noise / 4);
    if (step == 0) {
      network(0, "coupling.kurtosis_prediction", kurtosis[i]);
      network(0, "coupling.kurtosis_average", average[i]);
      network(0, "coupling.theta2_prediction", theta2[i]);
      network(0, "coupling.theta4_prediction", theta4[i]);
      network(0, "coupling.window", window);
      network(0, "coupling.contraction", .5313);
    }
  }

  private double jitter() {
    return Math.exp(.15 * random.nextGaussian());
  }

  private void named(long step, int index, String name) {
    run.add(new Reading("axis.case", step, -1, name, replica, index, Status.OK, Double.NaN));
  }

  /** What is known before training. */
  private void known(int step, double coupling, int window, double prediction) {
    if (step == 0) {
      network(0, "coupling.input", coupling);
      network(0, "coupling.contraction", Math.tanh(coupling));
      network(0, "coupling.window", window);
      network(0, "coupling.prediction", prediction);
    }
  }

  private void network(long step, String quantity, double value) {
    run.add(quantity, step, -1, replica, value, Status.OK);
  }

  private void layer(int index, String quantity, int layer, double value) {
    add(index, quantity, layer, Math.max(0, value), Status.OK);
  }

  private void add(int index, String quantity, int layer, double value, Status status) {
    run.add(quantity, STEPS[index], layer, replica, value, status);
  }

  private void add(long step, String quantity, int layer, double value, String name) {
    run.add(new Reading(quantity, step, layer, name, replica, value, Status.OK, Double.NaN));
  }
}
