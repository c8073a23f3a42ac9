package io.github.fathomlab.record;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The table of readings in SQL: its columns, how the lines of the tail become rows, and the order
 * of rows.
 *
 * <p>The order is total up to rows that are equal, so that the same readings give the same table
 * however the lanes interleaved.
 */
final class ReadingsTable {
  private static final String COLUMNS =
      "quantity, step, layer, layer_name, replica, value, status, stderr";
  private static final String ORDER =
      "quantity, step, replica, layer, layer_name, value, status, stderr";

  private ReadingsTable() {}

  /** Writes the rows of a tail to a Parquet file; fails when a line of the tail is damaged. */
  static String compaction(Path tail, Path target) {
    return "COPY (WITH "
        + tailRows(tail, false)
        + " SELECT "
        + COLUMNS
        + " FROM tail_rows ORDER BY "
        + ORDER
        + ") TO "
        + DuckDb.fileToWrite(target)
        + " (FORMAT parquet, COMPRESSION zstd)";
  }

  /**
   * The rows of parts and of a tail that meet a condition. A damaged line of the tail gives a row
   * whose quantity is NULL, for the reader to count: a half-written last line is usual, a second
   * one is not.
   */
  static String selection(List<Path> parts, List<Path> tails, String condition) {
    return union(parts, tails, COLUMNS, condition) + " ORDER BY " + ORDER;
  }

  /** The names of all quantities in one column, NULL for damaged lines of the tail. */
  static String quantities(List<Path> parts, List<Path> tails) {
    return "SELECT DISTINCT quantity FROM (" + union(parts, tails, "quantity", "true") + ")";
  }

  private static String union(
      List<Path> parts, List<Path> tails, String columns, String condition) {
    String sealed =
        parts.isEmpty()
            ? ""
            : parts.stream()
                .map(DuckDb::fileToRead)
                .collect(
                    Collectors.joining(
                        ", ",
                        "SELECT " + columns + " FROM read_parquet([",
                        "]) WHERE " + condition));
    if (tails.isEmpty()) {
      return sealed;
    }
    String live =
        "SELECT " + columns + " FROM tail_rows WHERE quantity IS NULL OR (" + condition + ")";
    return "WITH "
        + tailRows(tails.getFirst(), true)
        + (parts.isEmpty() ? " " : " " + sealed + " UNION ALL ")
        + live;
  }

  private static String tailRows(Path tail, boolean tolerant) {
    return """
    tail AS (SELECT * FROM read_ndjson(%s, ignore_errors = %s, columns = {
        part: 'INTEGER', a: 'INTEGER', l: 'INTEGER[]', n: 'VARCHAR[]', q: 'VARCHAR', s: 'BIGINT',
        r: 'INTEGER', v: 'DOUBLE[]', t: 'VARCHAR[]', e: 'DOUBLE[]'})),
    axes AS (SELECT a, l AS layers, n AS names FROM tail WHERE l IS NOT NULL),
    unnested AS (SELECT q AS quantity, s AS step, unnest(layers) AS layer, unnest(names) AS layer_name,
        r AS replica, unnest(v) AS value, unnest(t) AS status, unnest(e) AS stderr
        FROM tail LEFT JOIN axes USING (a) WHERE q IS NOT NULL),
    tail_rows AS (SELECT * REPLACE (coalesce(status, 'OK') AS status) FROM unnested
        UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM tail
        WHERE part IS NULL AND a IS NULL)\
    """
        .formatted(DuckDb.fileToRead(tail), tolerant);
  }
}
