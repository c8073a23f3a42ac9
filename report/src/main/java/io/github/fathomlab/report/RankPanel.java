package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Cells that stand in one panel: a family of chains over its correlation lengths, all nulls, or
 * networks that differ from the others, by the name of their case.
 *
 * @param heading of the panel
 * @param kind what holds its cells together
 * @param cells from the shortest to the longest correlation length
 */
record RankPanel(String heading, Kind kind, List<RankCell> cells) {

  /** What the cells of a panel have in common; panels stand in this order. */
  enum Kind {
    FAMILY,
    NULLS,
    OTHER
  }

  private static final String HIERARCHICAL = "hier";
  private static final int DEEP = 20;

  RankPanel {
    cells = cells.stream().sorted(Comparator.comparingDouble(RankCell::length)).toList();
  }

  /** Families first, the hierarchical ones in front, then the nulls, then the rest. */
  static List<RankPanel> of(List<RankCell> cells) {
    Map<String, List<RankCell>> families = new LinkedHashMap<>();
    Map<String, List<RankCell>> others = new LinkedHashMap<>();
    List<RankCell> nulls = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (List<RankCell> block : blocks(cells)) {
      RankCell one = block.getFirst();
      List<String> chains = block.stream().map(RankCell::chain).toList();
      if (!one.hasChain()) {
        block.forEach(cell -> join(others, cell.group().label(), cell));
      } else if (one.isPositionWise()) {
        block.forEach(cell -> join(others, other(cell), cell));
      } else if (one.isNull()) {
        nulls.addAll(block);
      } else if (chains.stream().anyMatch(taken::contains)) {
        block.forEach(cell -> join(others, other(cell), cell));
      } else {
        taken.addAll(chains);
        block.forEach(cell -> join(families, cell.family(), cell));
      }
    }
    List<RankPanel> panels = new ArrayList<>();
    families.forEach((name, members) -> panels.add(new RankPanel(name, Kind.FAMILY, members)));
    panels.sort(Comparator.comparing(panel -> !panel.isHierarchical()));
    if (!nulls.isEmpty()) {
      panels.add(new RankPanel("nothing to learn", Kind.NULLS, nulls));
    }
    others.forEach((name, members) -> panels.add(new RankPanel(name, Kind.OTHER, members)));
    return List.copyOf(panels);
  }

  /** Cells of one case and family that differ by their correlation length alone. */
  private static List<List<RankCell>> blocks(List<RankCell> cells) {
    Map<String, List<RankCell>> blocks = new LinkedHashMap<>();
    for (RankCell cell : cells) {
      String kind = cell.isNull() + "/" + cell.isPositionWise() + "/" + cell.family();
      String key = cell.group().caseName() + "/" + kind;
      List<RankCell> block = blocks.computeIfAbsent(key, _ -> new ArrayList<>());
      boolean known = block.stream().anyMatch(other -> other.length() == cell.length());
      if (known) {
        blocks.put(key + "/" + cell.group().label(), List.of(cell));
      } else {
        block.add(cell);
      }
    }
    return List.copyOf(blocks.values());
  }

  private static String other(RankCell cell) {
    SeedGroup group = cell.group();
    String named = group.caseName().isEmpty() ? group.place() : group.caseName();
    return named.isEmpty() ? cell.chain() : named;
  }

  private static void join(Map<String, List<RankCell>> panels, String heading, RankCell cell) {
    panels.computeIfAbsent(heading, _ -> new ArrayList<>()).add(cell);
  }

  boolean isHierarchical() {
    return kind == Kind.FAMILY && heading.startsWith(HIERARCHICAL);
  }

  /** What a cell is called where it stands alone. */
  String title(RankCell cell) {
    boolean chain = kind == Kind.FAMILY || cell.group().label().isEmpty();
    return chain && cell.hasChain() ? cell.chain() : cell.group().label();
  }

  /** What a cell is called within this panel. */
  String entry(RankCell cell) {
    boolean lengths =
        kind != Kind.NULLS
            && cells.stream().map(RankCell::chain).distinct().count() == cells.size()
            && cells.stream().map(RankCell::family).distinct().count() == 1;
    return !cell.hasChain() ? "trained" : lengths ? cell.xi() : title(cell);
  }

  /** The looks of the cells: a correlation length has the same in all panels of a figure. */
  List<Series.Look> looks(List<RankPanel> panels) {
    double[] lengths =
        panels.stream()
            .flatMap(panel -> panel.cells.stream())
            .mapToDouble(RankCell::length)
            .filter(length -> length > 0)
            .distinct()
            .sorted()
            .toArray();
    boolean alike = cells.stream().mapToDouble(RankCell::length).distinct().count() < cells.size();
    return IntStream.range(0, cells.size())
        .mapToObj(i -> {
          int at = Arrays.binarySearch(lengths, cells.get(i).length());
          return alike || lengths.length < 2 || at < 0
              ? Series.Look.of(i)
              : Series.Look.ofLength(at, lengths.length);
        })
        .toList();
  }

  /** How many panels stand side by side; deep networks need the whole width. */
  static int across(int panels, int depth) {
    int most = panels <= 3 ? panels : panels == 4 ? 2 : panels <= 6 ? 3 : 4;
    return depth > DEEP ? 1 : most;
  }
}
