package io.github.fathomlab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvMatrixTest {
  @TempDir private Path folder = Path.of("");

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("matrix.csv"), text);
  }

  @Test
  void rowsAreReadWithTheirLines() throws IOException {
    CsvMatrix matrix = CsvMatrix.read(file("\ufeff# a chain\r\n0.5, .25;\t2.5e-1\r\n\r\n1 0 0\n"));
    assertEquals(2, matrix.rows().size());
    assertArrayEquals(new double[] {0.5, 0.25, 0.25}, matrix.rows().get(0));
    assertArrayEquals(new double[] {1, 0, 0}, matrix.rows().get(1));
    assertEquals(List.of(2, 4), matrix.lines());
    assertEquals(matrix.file() + ", line 4", matrix.place(1));
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Failures.sentence(() -> CsvMatrix.read(folder.resolve("none.csv")), "there is no file");
    Failures.sentence(() -> CsvMatrix.read(folder), "is a directory");
    Path empty = file("\n# nothing\n");
    Failures.sentence(() -> CsvMatrix.read(empty), "has no numbers");
    Path heading = file("0.5,0.5\na,b\n");
    Failures.sentence(
        () -> CsvMatrix.read(heading), "line 2: expected a number in column 1, found 'a'");
    Path gap = file("0.5,,0.5\n");
    Failures.sentence(() -> CsvMatrix.read(gap), "line 1: expected a number in column 2, found ''");
    Path binary = folder.resolve("binary.csv");
    Files.write(binary, "\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    Failures.sentence(() -> CsvMatrix.read(binary), "is no text");
  }
}
