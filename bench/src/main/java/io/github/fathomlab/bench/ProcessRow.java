package io.github.fathomlab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * CPU time of whole processes, from their start to their end: JVM and compilation on one side,
 * interpreter and imports on the other.
 *
 * @param title of the line
 * @param batch samples per step
 */
record ProcessRow(String name, String title, int batch, Bound bound) implements Row {

  @Override
  public void prepare(Sides sides) {
    sides.requirePeer();
  }

  @Override
  public List<Comparison> measure(Sides sides, int rounds, int chunksPercent) {
    List<String> training = List.of("process", "--epochs", "100", "--batch", String.valueOf(batch));
    List<Double> fathom = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    List<Double> foreach = new ArrayList<>();
    List<Double> start = new ArrayList<>();
    List<Double> imports = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Sides.Outcome ours = sides.fathom(training);
      fathom.add(ours.cpuSeconds());
      start.add(ours.measured("start").best());
      Sides.Outcome theirs = sides.peer(with(training, "plain"));
      plain.add(theirs.cpuSeconds());
      imports.add(theirs.document().at("/result/import_cpu_seconds").asDouble());
      foreach.add(sides.peer(with(training, "foreach")).cpuSeconds());
    }
    Spread peer = Spread.ofTimes(plain);
    Spread other = Spread.ofTimes(foreach);
    String note =
        String.format(
            Locale.ROOT,
            "until the first line of the program: JVM %.2f s, Python with torch %.2f s",
            Spread.ofTimes(start).best(),
            Spread.ofTimes(imports).best());
    return List.of(
        new Comparison(
            title,
            Unit.SECONDS,
            Spread.ofTimes(fathom),
            "peer",
            other.median() < peer.median() ? other : peer,
            bound,
            note));
  }

  private static List<String> with(List<String> training, String adam) {
    List<String> arguments = new ArrayList<>(training);
    arguments.addAll(List.of("--adam", adam));
    return arguments;
  }
}
