package io.github.fathomlab.record;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** An in-memory database that leaves the cores and the memory to training. */
final class DuckDb implements AutoCloseable {
  private final Connection connection;

  DuckDb() throws SQLException {
    Properties modest = new Properties();
    modest.setProperty("threads", "1");
    modest.setProperty("memory_limit", "512MB");
    modest.setProperty(
        "temp_directory", Path.of(System.getProperty("java.io.tmpdir"), "fathom-spill").toString());
    modest.setProperty("autoinstall_known_extensions", "false");
    modest.setProperty("autoload_known_extensions", "false");
    Connection opened = DuckDbDriver.get().connect("jdbc:duckdb:", modest);
    if (opened == null) {
      throw new SQLException("DuckDB's driver does not know jdbc:duckdb:");
    }
    connection = opened;
  }

  /** Takes one row of a result. */
  @FunctionalInterface
  interface Row {
    void take(ResultSet row) throws SQLException;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void forEach(String sql, Row row) throws SQLException {
    // A fresh statement each time: the driver closes a statement whose query failed.
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        row.take(rows);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** A string literal. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * The literal of a file to read, where DuckDB would otherwise take brackets and stars for a
   * pattern.
   */
  static String fileToRead(Path file) {
    return literal(file.toAbsolutePath().toString().replaceAll("[\\[*?]", "[$0]"));
  }

  /** The literal of a file to write, which DuckDB takes as it is. */
  static String fileToWrite(Path file) {
    return literal(file.toAbsolutePath().toString());
  }
}
