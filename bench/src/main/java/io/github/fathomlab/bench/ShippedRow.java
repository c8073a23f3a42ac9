package io.github.fathomlab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * CPU time of one cell of the published phase diagrams: the command line against the published
 * procedure, which prepares every image anew in every epoch.
 *
 * <p>Fathom's cell is taken twice: alone, a process with its start and its compilation for one
 * training, and as its share of a sweep, which is how a phase diagram is made.
 */
record ShippedRow(String name, Bound bound) implements Row {
  /** Slopes cost the same; two cells give two workers something to do. */
  private static final List<String> GRID =
      List.of("axes=[{key: network.activation.slope, values: [0, 0.4]}]", "replicas=4");

  private static final int TRAININGS = 8;

  @Override
  public void prepare(Sides sides) {
    sides.requirePeer();
    sides.tryCommand();
  }

  @Override
  public List<Comparison> measure(Sides sides, int rounds, int chunksPercent) {
    List<Double> alone = new ArrayList<>();
    List<Double> swept = new ArrayList<>();
    List<Spread> shipped = new ArrayList<>();
    List<Spread> images = new ArrayList<>();
    List<Spread> training = new ArrayList<>();
    String transforms = "";
    for (int round = 0; round < rounds; round++) {
      alone.add(sides.command("run", 1, List.of()).cpuSeconds());
      swept.add(sides.command("sweep", 2, GRID).cpuSeconds() / TRAININGS);
      Sides.Outcome theirs = sides.peer(List.of("shipped"));
      shipped.add(theirs.spread("/result/cpu_seconds", "minimum"));
      images.add(theirs.spread("/result/images_cpu_seconds", "minimum"));
      double trained = theirs.document().at("/result/train_cpu_seconds").asDouble();
      training.add(new Spread(trained, trained));
      transforms = theirs.document().at("/result/transforms").asString();
    }
    String note =
        String.format(
            Locale.ROOT,
            "of the peer's seconds %.1f are images (by %s), %.1f training",
            Spread.over(images, false).median(),
            transforms,
            Spread.over(training, false).median());
    Spread peer = Spread.over(shipped, false);
    return List.of(
        line(
            "one cell as shipped, full batch, 100 epochs: a process of its own", alone, peer, note),
        line("one cell as shipped: an eighth of a sweep of 8 trainings", swept, peer, ""));
  }

  private Comparison line(String title, List<Double> fathom, Spread peer, String note) {
    return new Comparison(
        title, Unit.SECONDS, Spread.ofTimes(fathom), "peer as shipped", peer, bound, note);
  }
}
