package io.github.fathomlab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trainings per wall second of one {@code fathom sweep} with two workers, against the same
 * trainings one after the other: in one process, and in a process each.
 *
 * <p>Of the processes for one training only a few are started in each round, spread over the grid.
 */
record SweepRow(String name, Bound bound) implements Row {
  private static final List<Double> SLOPES = List.of(0.0, 0.4);
  private static final List<Double> DROPOUTS = List.of(0.0, 0.1, 0.2, 0.3);
  private static final int SEEDS = 3;
  private static final String EPOCHS = "training.epochs=20";
  private static final int SINGLES = 2;

  /** No divisor of the number of cells: the single runs go through all of them. */
  private static final int STRIDE = 5;

  @Override
  public void prepare(Sides sides) {
    sides.tryCommand();
  }

  @Override
  public List<Comparison> measure(Sides sides, int rounds, int chunksPercent) {
    List<Sides.Outcome> two = new ArrayList<>();
    List<Sides.Outcome> one = new ArrayList<>();
    List<Sides.Outcome> single = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      two.add(sides.command("sweep", 2, grid()));
      one.add(sides.command("sweep", 1, grid()));
      for (int i = 0; i < SINGLES; i++) {
        single.add(sides.command("run", 1, training(round * SINGLES + i)));
      }
    }
    int trainings = SLOPES.size() * DROPOUTS.size() * SEEDS;
    String title =
        "sweep of %d full-batch trainings, 20 epochs, 2 workers, wall clock".formatted(trainings);
    Spread sweep = rate(two, trainings);
    return List.of(
        new Comparison(
            title,
            Unit.TRAININGS_PER_SECOND,
            sweep,
            "1 worker",
            rate(one, trainings),
            bound,
            String.format(
                Locale.ROOT,
                "CPU time of a training: 2 workers %.2f s, 1 worker %.2f s, a run of its own %.2f s",
                cpuSeconds(two, trainings),
                cpuSeconds(one, trainings),
                cpuSeconds(single, 1))),
        new Comparison(
            title, Unit.TRAININGS_PER_SECOND, sweep, "single runs", rate(single, 1), bound, ""));
  }

  private static List<String> grid() {
    return List.of(
        "axes=[{key: network.activation.slope, values: %s}, {key: network.dropout, values: %s}]"
            .formatted(SLOPES, DROPOUTS),
        "replicas=" + SEEDS,
        EPOCHS);
  }

  /** One of the grid's trainings. */
  private static List<String> training(int index) {
    int cell = index * STRIDE % (SLOPES.size() * DROPOUTS.size());
    return List.of(
        "network.activation.slope=" + SLOPES.get(cell / DROPOUTS.size()),
        "network.dropout=" + DROPOUTS.get(cell % DROPOUTS.size()),
        "seed=" + (1 + index % SEEDS),
        EPOCHS);
  }

  private static Spread rate(List<Sides.Outcome> outcomes, int trainings) {
    return Spread.ofTimes(outcomes.stream().map(Sides.Outcome::wallSeconds).toList())
        .rateOf(trainings);
  }

  private static double cpuSeconds(List<Sides.Outcome> outcomes, int trainings) {
    return Spread.ofTimes(outcomes.stream().map(Sides.Outcome::cpuSeconds).toList()).median()
        / trainings;
  }
}
