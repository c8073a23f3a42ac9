package io.github.fathomlab.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of numbers from a text file: separated by commas, semicolons or blanks, without a heading;
 * empty lines and lines that begin with # are left out.
 *
 * @param file where they come from
 * @param rows at least one, as long as they are in the file
 * @param lines of the file in which the rows stand, counted from 1
 */
@SuppressWarnings("ArrayRecordComponent") // carries numbers, is never compared
public record CsvMatrix(Path file, List<double[]> rows, List<Integer> lines) {
  private static final long MOST_BYTES = 1L << 26;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  public CsvMatrix {
    rows = List.copyOf(rows);
    lines = List.copyOf(lines);
  }

  /**
   * Reads a file.
   *
   * @throws DataException when it cannot be read, is empty or has something else than numbers
   */
  public static CsvMatrix read(Path file) {
    List<double[]> rows = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    List<String> text = text(file);
    for (int n = 0; n < text.size(); n++) {
      String line = text.get(n).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        rows.add(numbers(line, "%s, line %d".formatted(file, n + 1)));
        lines.add(n + 1);
      }
    }
    if (rows.isEmpty()) {
      throw new DataException(file + " has no numbers; write one row of the matrix in each line.");
    }
    return new CsvMatrix(file, rows, lines);
  }

  /** File and line of a row, to begin a sentence with. */
  public String place(int row) {
    return "%s, line %d".formatted(file, lines.get(row));
  }

  private static List<String> text(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new DataException(file + " is a directory; name a text file with a matrix.");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new DataException(
            "%s has %d bytes; a matrix of at most %d is expected."
                .formatted(file, Files.size(file), MOST_BYTES));
      }
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      if (!lines.isEmpty() && lines.getFirst().startsWith(BYTE_ORDER_MARK)) {
        lines.set(0, lines.getFirst().substring(1));
      }
      return lines;
    } catch (NoSuchFileException e) {
      throw new DataException("there is no file " + file + ".", e);
    } catch (CharacterCodingException e) {
      throw new DataException(file + " is no text; a matrix of numbers is expected.", e);
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be read (%s); check its permissions.".formatted(file, e.getMessage()), e);
    }
  }

  private static double[] numbers(String line, String place) {
    String[] cells = line.split("\\s*[,;]\\s*|\\s+", -1);
    double[] row = new double[cells.length];
    for (int j = 0; j < cells.length; j++) {
      try {
        row[j] = Double.parseDouble(cells[j]);
      } catch (NumberFormatException e) {
        throw new DataException(
            "%s: expected a number in column %d, found '%s'; a matrix has no headings."
                .formatted(place, j + 1, cells[j]),
            e);
      }
    }
    return row;
  }
}
