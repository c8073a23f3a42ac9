package io.github.fathomlab.cli;

import io.github.fathomlab.report.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the picture of a command's numbers is to be written. */
final class FigureFile {
  @Option(
      names = "--figure",
      paramLabel = "FILE.svg",
      description = "Also draw the result, into a new SVG file.")
  private @Nullable Path figure;

  /** Writes the figure, when one was asked for, whole or not at all; an existing file is kept. */
  void draw(Supplier<Figure> drawing, Output output) {
    Path file = figure;
    if (file == null) {
      return;
    }
    if (!file.toString().endsWith(".svg")) {
      throw new UsageException("--figure: expected a name that ends in .svg, found " + file);
    }
    if (Files.exists(file)) {
      throw new UsageException(file + " already exists; name another one or remove it");
    }
    byte[] bytes = drawing.get().standalone().getBytes(StandardCharsets.UTF_8);
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(partial, bytes);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UsageException(
          "%s cannot be written: %s; choose another place".formatted(file, e.getMessage()));
    }
    output.talk("figure: " + file);
  }
}
