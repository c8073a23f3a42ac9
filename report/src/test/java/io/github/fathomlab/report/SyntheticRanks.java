package io.github.fathomlab.report;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Made-up readings of ranks over depth with the means and spreads of the specification's reference
 * trainings: for tests of drawing only.
 */
final class SyntheticRanks {
  /** family, xi, seeds, task rank, available, captured | trained | its sd | untrained | drift. */
  private static final List<String> CHAINS =
      """
      hier2 1 10 2.077 0.112 0.976 | 14.18 8.55 7.8 7.05 6.43 5.98 5.57 | 0.1 0.71 0.4 0.3 0.29 0.3 0.36 | 14.74 20.31 20.48 20.27 19.98 19.86 19.87 | 0.134 0.0102 0.00507 0.00394 0.00115 0.00104
      hier2 7 10 5.253 1.144 0.993 | 14.04 12.61 12.35 12.27 12.21 12.19 12.2 | 0.2 0.66 0.73 0.71 0.77 0.78 0.78 | 14.53 19.54 19.73 19.55 19.26 19.11 19.12 | 0.0858 0.0206 0.00617 0.00491 0.00759 0.00746
      block2 7 10 1.000 0.533 0.996 | 13.37 6.35 5.42 4.79 4.43 4.16 3.93 | 0.24 0.42 0.69 0.57 0.48 0.43 0.4 | 14.61 19.84 20 19.81 19.53 19.39 19.4 | 0.0812 0.0316 0.0104 0.00621 0.0104 0.00297
      sticky 1 10 7.000 0.499 0.986 | 14.77 14.33 14.09 14.09 14.13 14.24 14.35 | 0.15 0.84 0.82 0.81 0.81 0.73 0.69 | 14.73 20.24 20.42 20.22 19.93 19.8 19.81 | 0.105 0.021 0.00898 0.00672 0.00863 0.00734
      block2 1 10 1.000 0.111 0.979 | 13.7 5.74 5.02 4.54 4.2 3.95 3.73 | 0.13 0.62 0.33 0.19 0.16 0.15 0.17 | 14.74 20.31 20.48 20.27 19.98 19.86 19.87 | 0.116 0.0112 0.00551 0.00444 0.0012 0.00097
      sticky 7 10 7.000 1.720 0.996 | 12.96 11.58 11.6 11.63 11.71 11.89 12.29 | 0.18 0.35 0.3 0.31 0.29 0.29 0.26 | 13.95 18.09 18.27 18.09 17.83 17.68 17.69 | 0.0611 0.0143 0.0081 0.0103 0.0136 0.0189
      heat 1 10 3.170 0.228 0.980 | 14 8.79 8.51 8.3 8.06 7.88 7.72 | 0.15 0.41 0.31 0.3 0.33 0.33 0.33 | 14.74 20.31 20.48 20.26 19.99 19.86 19.87 | 0.111 0.00627 0.00183 0.00149 0.00103 0.00087
      iid 0 10 0.000 0.000 0.000 | 14.73 18.85 18.29 18.03 17.86 17.78 17.69 | 0.17 0.64 0.6 0.5 0.49 0.46 0.47 | 14.74 20.34 20.5 20.29 20 19.89 19.89 | 0.259 0.0507 0.0119 0.00555 0.00307 0.0016
      block4 1 10 3.000 0.277 0.984 | 13.87 8.9 8.55 8.42 8.27 8.16 8.05 | 0.12 0.73 0.6 0.63 0.65 0.66 0.66 | 14.74 20.3 20.46 20.25 19.97 19.84 19.85 | 0.118 0.0161 0.00472 0.00402 0.00446 0.00386
      heat 7 10 3.376 1.291 0.993 | 13.44 10.27 9.7 9.46 9.21 9.01 8.79 | 0.14 0.31 0.29 0.27 0.24 0.21 0.14 | 14.47 19.3 19.45 19.24 18.97 18.82 18.82 | 0.0719 0.00955 0.0028 0.00201 0.00364 0.00486
      db 1 10 6.074 1.366 0.991 | 14.58 15.56 14.97 14.5 13.97 13.62 13.3 | 0.1 0.27 0.38 0.37 0.36 0.35 0.32 | 14.56 19.66 19.86 19.67 19.39 19.26 19.26 | 0.12 0.0318 0.0145 0.0113 0.008 0.00899
      block4 7 10 3.000 1.112 0.995 | 12.69 7.48 7.56 7.57 7.5 7.39 7.3 | 0.17 0.2 0.22 0.24 0.27 0.3 0.3 | 14.42 19.15 19.28 19.08 18.79 18.65 18.67 | 0.0666 0.0151 0.0122 0.0138 0.014 0.00864
      hier2 0.5 3 1.095 0.015 0.882 | 14.01 7.18 6.78 6.34 6.09 5.95 5.85 | 0.04 0.36 0.42 0.5 0.56 0.57 0.59 | 14.76 20.53 20.65 20.2 19.8 19.96 19.81 | 0.147 0.00273 0.00051 0.00077 0.0006 0.00016
      hier2 2 3 3.695 0.338 0.986 | 14.38 11.52 11.3 10.91 10.5 10.03 9.44 | 0.1 0.29 0.15 0.13 0.14 0.17 0.13 | 14.73 20.44 20.58 20.13 19.73 19.89 19.73 | 0.132 0.00592 0.00366 0.00726 0.00859 0.00838
      hier2 3.5 3 4.545 0.658 0.987 | 14.45 12.76 12.54 12.26 12.11 11.87 11.63 | 0.16 0.8 0.98 0.88 0.84 0.81 0.83 | 14.68 20.29 20.44 19.99 19.58 19.72 19.57 | 0.122 0.00937 0.00554 0.00711 0.00769 0.00504
      hier2 14 3 5.742 1.531 0.994 | 13.54 12.29 12.1 11.93 11.9 11.92 12.04 | 0.12 0.55 0.59 0.5 0.49 0.45 0.42 | 14.22 19.12 19.27 18.8 18.39 18.51 18.35 | 0.0573 0.0175 0.00948 0.00902 0.0103 0.0116
      ring 1 2 6.285 0.350 0.980 | 14.73 13.59 13.39 13.38 13.36 13.41 13.5 | 0.21 1.38 1.52 1.47 1.48 1.46 1.43 | 14.81 20.56 20.55 20.07 19.64 20 19.87 | 0.0976 0.0107 0.00459 0.00482 0.00407 0.00361
      ring 7 2 4.788 1.382 0.995 | 13.5 10.83 10.5 10.45 10.38 10.37 10.41 | 0.2 0.42 0.59 0.54 0.58 0.63 0.57 | 14.45 19.56 19.45 18.95 18.43 18.77 18.65 | 0.061 0.0136 0.00481 0.00479 0.00856 0.00787
      dir 1 2 6.466 0.515 0.984 | 14.82 14.91 14.2 13.7 13.43 13.26 13.16 | 0.1 0.46 0.53 0.38 0.41 0.46 0.41 | 14.73 20.4 20.36 19.96 19.57 19.94 19.88 | 0.114 0.0255 0.0133 0.00976 0.00929 0.00823
      dir 7 2 6.097 1.588 0.995 | 13.61 12.71 12.62 12.54 12.53 12.68 12.99 | 0.06 0.17 0.25 0.12 0.18 0.33 0.37 | 14.06 18.69 18.61 18.27 17.81 18.15 18.1 | 0.0648 0.00809 0.00601 0.00417 0.00567 0.00492
      cyc 1 2 7.000 0.499 0.987 | 14.82 14.77 14.35 14.36 14.45 14.7 14.83 | 0.01 0.83 0.86 0.9 0.93 0.9 0.8 | 14.81 20.51 20.52 20.02 19.63 19.99 19.85 | 0.0909 0.0207 0.00878 0.00791 0.00688 0.00892
      cyc 7 2 7.000 1.720 0.997 | 13.11 11.76 11.69 11.78 11.9 12.11 12.4 | 0.06 0.2 0.3 0.31 0.27 0.22 0.26 | 14.05 18.52 18.49 17.96 17.6 17.96 17.81 | 0.0601 0.0203 0.0102 0.0109 0.0213 0.0237
      db 7 2 6.128 1.797 0.996 | 13.65 14.06 13.75 13.39 13.02 12.68 12.45 | 0.1 0.5 0.16 0 0.05 0.01 0.05 | 13.86 18.06 17.94 17.55 17.04 17.31 17.23 | 0.0882 0.0183 0.0132 0.0103 0.0108 0.0127
      """
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();

  private static final long[] STEPS = {0, 10, 30, 100, 300, 1000, 3000};
  private static final double[] UNTRAINED_DRIFT = {.05, .035, .022, .015, .01, .008};

  private final SyntheticRun run = SyntheticRun.empty();
  private final Random random = new Random(5);
  private int replica;

  private SyntheticRanks() {}

  /** All chains, nulls and three kinds of other networks, trained and untrained. */
  static SyntheticRun sweep() {
    SyntheticRanks made = new SyntheticRanks();
    for (long step : new long[] {0, 3000}) {
      made.replica = 0;
      for (String chain : CHAINS) {
        made.cell(step, chain.split(" ", 2)[0], chain, 1, 0, 1);
      }
      for (String other : List.of("position-wise", "no final norm", "shuffled targets")) {
        for (int i : new int[] {0, 1}) {
          boolean wise = other.startsWith("pos");
          boolean norm = other.startsWith("no");
          made.cell(
              step, other, CHAINS.get(i), wise ? 0 : 1, wise || norm ? 0 : 1, norm ? 1.3 : .9);
        }
      }
    }
    return made.run;
  }

  /** The first chains of the table alone, one cell each. */
  static SyntheticRun sweep(int chains) {
    SyntheticRanks made = new SyntheticRanks();
    for (long step : new long[] {0, 3000}) {
      made.replica = 0;
      CHAINS.stream()
          .limit(chains)
          .forEach(chain -> made.cell(step, chain.split(" ", 2)[0], chain, 1, 0, 1));
    }
    return made.run;
  }

  /** One chain over its training, all views. */
  static SyntheticRun run(int seeds) {
    SyntheticRanks made = new SyntheticRanks();
    for (int i = 0; i < STEPS.length; i++) {
      for (made.replica = 0; made.replica < seeds; made.replica++) {
        double done = Math.min(1, i / 5.0);
        made.network(STEPS[i], CHAINS.getFirst(), 1, 0, done, 1);
        for (String view : List.of("all.%s", "unmasked.%s", "%s.pooled")) {
          double size = view.startsWith("all") ? 1.4 : view.startsWith("un") ? 1.3 : .8;
          made.ranks(STEPS[i], view, CHAINS.getFirst(), done, size);
        }
      }
    }
    return made.run;
  }

  /** A perceptron on digits: raw input, hidden layers, logits; nothing of a chain. */
  static SyntheticRun perceptron(int hidden, int seeds) {
    SyntheticRanks made = new SyntheticRanks();
    for (long step : new long[] {0, 500}) {
      for (made.replica = 0; made.replica < seeds; made.replica++) {
        made.perceptron(step, hidden);
      }
    }
    return made.run;
  }

  private void perceptron(long step, int hidden) {
    if (step == 0) {
      whole(0, "rank.stream_first", 0);
      whole(0, "rank.stream_last", hidden);
    }
    for (int l = 0; l <= hidden + 1; l++) {
      String name = l == 0 ? "input" : "layer " + (l - 1) + " (hidden " + l + ")";
      double rank = 120 * Math.exp(-(step > 0 ? 3.0 : .6) * l / (hidden + 1)) * jitter(.03);
      add(step, "rank.effective_rank", l, name, rank);
      add(step, "held_out.rank.effective_rank", l, name, rank * 1.1);
      add(step, "rank.effective_rank.pooled", l, name, rank * .4);
      if (l <= hidden) {
        double drift = (step > 0 && l == hidden - 1 ? .5 : .05) * jitter(.3);
        add(step, "drift.kernel_drift", l, name, drift);
      }
    }
    whole(step, "rank.collapse_ratio", step > 0 ? .08 : .6);
    if (hidden > 1) {
      shares(step, "%s", step > 0 ? .7 : .3, hidden);
    }
  }

  private void cell(
      long step, String name, String chain, int window, double shuffle, double factor) {
    String[] numbers = chain.split("[ |]+");
    int seeds = Math.clamp(Integer.parseInt(numbers[2]), 5, 6);
    for (int seed = 0; seed < seeds; seed++) {
      Reading named =
          new Reading("axis.case", step, -1, name, replica, name.hashCode(), Status.OK, Double.NaN);
      run.add(named);
      whole(step, "axis.data.correlation_length", Double.parseDouble(numbers[1]));
      network(step, chain, window, name.startsWith("shuf") ? shuffle : 0, step > 0 ? 1 : 0, factor);
      replica++;
    }
  }

  /** One network; done is 0 untrained and 1 trained. */
  private void network(
      long step, String chain, int window, double shuffle, double done, double factor) {
    String[] numbers = chain.split("[ |]+");
    double available = window == 0 || shuffle > 0 ? 0 : Double.parseDouble(numbers[4]);
    if (step == 0) {
      Reading family =
          new Reading("tokens.family", 0, -1, numbers[0], replica, 8, Status.OK, Double.NaN);
      run.add(family);
      whole(0, "tokens.correlation_length", Double.parseDouble(numbers[1]));
      whole(0, "tokens.task_rank", Double.parseDouble(numbers[3]));
      whole(0, "tokens.window", window);
      whole(0, "tokens.shuffle", shuffle);
      whole(0, "tokens.draws", 300);
      whole(0, "information.available", available);
      whole(0, "rank.stream_first", 1);
      whole(0, "rank.stream_last", 7);
    }
    double captured =
        Math.min(.9995, -.02 + done * (Double.parseDouble(numbers[5]) + .02) * jitter(.003));
    run.add(
        "information.captured",
        step,
        -1,
        replica,
        available > 0 ? captured : Double.NaN,
        available > 0 ? Status.OK : Status.NOT_APPLICABLE);
    whole(step, "information.excess", Math.max(.002, (1 - captured) * available));
    ranks(step, window == 0 ? "all.%s" : "%s", chain, done, factor);
    for (int l = 0; window == 0 && l < 9; l++) {
      Reading alike =
          new Reading(
              RankCell.RANK,
              step,
              l,
              name(l),
              replica,
              Double.NaN,
              Status.ZERO_VARIANCE,
              Double.NaN);
      run.add(alike);
    }
    relevance(step, done);
  }

  private void ranks(long step, String view, String chain, double done, double factor) {
    double[][] parts =
        Arrays.stream(chain.split("\\|"))
            .skip(1)
            .map(part ->
                Arrays.stream(part.strip().split(" +")).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    double first = 0;
    double last = 0;
    double most = 0;
    double sum = 0;
    double seed = random.nextGaussian();
    for (int l = 0; l < 9; l++) {
      int at = Math.clamp(l - 1, 0, 6);
      double trained = parts[0][at] * (at == 0 ? 1 : factor) + .8 * parts[1][at] * seed;
      double rank = (1 - done) * parts[2][at] * jitter(.02) + done * trained;
      add(step, view.formatted("rank.effective_rank"), l, name(l), l == 8 ? 6 : rank);
      first = l == 1 ? rank : first;
      last = l == 7 ? rank : last;
      if (l < 8) {
        double drift =
            l == 0
                ? .3
                : l == 7
                    ? .02
                    : (1 - done) * UNTRAINED_DRIFT[at] * jitter(.3)
                        + done * parts[3][at] * jitter(.3);
        add(step, view.formatted("drift.kernel_drift"), l, name(l), drift);
        sum += l == 0 || l == 7 ? 0 : drift;
        most = l == 0 || l == 7 ? most : Math.max(most, drift);
      }
    }
    whole(step, view.formatted("rank.collapse_ratio"), last / first);
    shares(step, view, most / sum, 6);
  }

  private void shares(long step, String view, double top, int transitions) {
    whole(step, view.formatted("drift.top_share"), top);
    whole(step, view.formatted("drift.top_two_share"), Math.min(1, top + .1));
    whole(step, view.formatted("drift.plateau"), top > .6 ? .667 : .167);
    if (step == 0) {
      whole(0, view.formatted("drift.top_share.null"), transitions == 6 ? .4083 : .3);
      whole(0, view.formatted("drift.top_two_share.null"), .65);
      whole(0, view.formatted("drift.plateau.null"), .208);
    }
  }

  private void relevance(long step, double done) {
    for (int l = 1; l <= 7; l++) {
      double relevant = .3 * Math.pow(done > 0 ? 2.9 : 1.05, l - 1.0) * jitter(.2);
      double other = (.2 + (1 - done) * .3) * Math.pow(done > 0 ? 2.6 : 1.06, l - 1.0) * jitter(.2);
      add(step, "relevance.relevant_variance", l, name(l), relevant);
      add(step, "relevance.other_variance", l, name(l), other);
    }
  }

  private static String name(int l) {
    return l == 0 ? "input" : l == 1 ? "embedding" : l == 8 ? "output" : "block " + (l - 1);
  }

  private double jitter(double size) {
    return Math.exp(size * random.nextGaussian());
  }

  private void whole(long step, String quantity, double value) {
    run.add(quantity, step, -1, replica, value, Status.OK);
  }

  private void add(long step, String quantity, int layer, String name, double value) {
    run.add(new Reading(quantity, step, layer, name, replica, value, Status.OK, Double.NaN));
  }
}
