package io.github.fathomlab.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Columns of text, numbers to the right. */
final class TextTable {
  private final List<String> names;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... names) {
    this.names = List.of(names);
  }

  /** Adds one row; a missing number is a dash. */
  void add(Object... cells) {
    rows.add(Arrays.stream(cells).map(TextTable::text).toList());
  }

  private static String text(Object cell) {
    return switch (cell) {
      case Double number when number.isNaN() -> "-";
      case Double number -> number(number);
      default -> cell.toString();
    };
  }

  /** Five digits, as short as they can be read. */
  static String number(double value) {
    double size = Math.abs(value);
    boolean plain = value == 0 || (size >= 1e-3 && size < 1e5);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.4e", value);
  }

  /** The lines, the names first. */
  List<String> lines() {
    int[] widths = new int[names.size()];
    boolean[] left = new boolean[names.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = names.get(c).length();
      for (List<String> row : rows) {
        String cell = row.get(c);
        widths[c] = Math.max(widths[c], cell.length());
        left[c] |= !cell.equals("-") && !cell.isEmpty() && !cell.matches("[-+]?[0-9].*");
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(names, widths, left));
    rows.forEach(row -> lines.add(line(row, widths, left)));
    return lines;
  }

  private static String line(List<String> cells, int[] widths, boolean[] left) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String blank = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c == 0 ? "" : "  ");
      line.append(left[c] ? cells.get(c) + blank : blank + cells.get(c));
    }
    return line.toString().stripTrailing();
  }
}
