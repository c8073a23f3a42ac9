package io.github.fathomlab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the rows, prints the table and keeps it: {@code Bench FOLDER [--quick] [row ...]}. */
public final class Bench {
  private static final int ROUNDS = 3;
  private static final int ALL_CHUNKS = 100;
  private static final int QUICK_CHUNKS = 25;

  private Bench() {}

  public static void main(String[] arguments) throws IOException {
    List<String> names = new ArrayList<>(List.of(arguments));
    Path folder = Path.of(names.removeFirst());
    boolean quick = names.remove("--quick");
    List<String> known = Rows.all().stream().map(Row::name).toList();
    if (!known.containsAll(names)) {
      names.removeAll(known);
      System.err.println("expected rows of " + known + ", found " + String.join(", ", names));
      System.exit(2);
    }
    List<Row> chosen =
        Rows.all().stream().filter(row -> names.isEmpty() || names.contains(row.name())).toList();
    Results results;
    try {
      results = measure(new Sides(folder), chosen, quick, names.isEmpty());
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
      return;
    }
    System.out.println(results.markdown());
    results.write(folder.resolve("results"));
  }

  private static Results measure(Sides sides, List<Row> rows, boolean quick, boolean complete) {
    long began = System.nanoTime();
    String load = Machine.load();
    rows.forEach(row -> row.prepare(sides));
    Machine machine = Machine.here(sides);
    List<Comparison> comparisons = new ArrayList<>();
    for (Row row : rows) {
      System.err.printf("%4d s  %s%n", (System.nanoTime() - began) / 1_000_000_000, row.name());
      comparisons.addAll(row.measure(sides, quick ? 1 : ROUNDS, quick ? QUICK_CHUNKS : ALL_CHUNKS));
    }
    String mode = complete ? quick ? "quick" : "full" : "partial";
    long seconds = (System.nanoTime() - began) / 1_000_000_000;
    return new Results(machine, mode, load, Machine.load(), seconds, comparisons);
  }
}
