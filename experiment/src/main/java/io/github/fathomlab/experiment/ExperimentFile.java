package io.github.fathomlab.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * An experiment with the text it was read from.
 *
 * @param source file or built-in name, as the user wrote it
 * @param text of the file, as given
 */
public record ExperimentFile(String source, String text, Experiment experiment) {
  /** The built-in experiment that is run when none is named. */
  public static final String FIRST = "first-light";

  private static final List<String> BUILT_IN = List.of(FIRST);

  /** Names of the built-in experiments. */
  public static List<String> builtIns() {
    return BUILT_IN;
  }

  /**
   * Reads a built-in experiment or a file.
   *
   * @param given a built-in name or a file
   * @param sets {@code key=value} options laid over it, in their order
   * @throws ExperimentException with every problem found
   */
  public static ExperimentFile open(String given, List<String> sets) {
    if (BUILT_IN.contains(given)) {
      return read(Place.file(given, Path.of("")), builtInText(given), SetOption.all(sets), true);
    }
    try {
      return read(Path.of(given), sets);
    } catch (InvalidPathException e) {
      throw new ExperimentException(given + ": not a file name: " + e.getReason());
    }
  }

  /** Reads a file; the files it names must exist. */
  public static ExperimentFile read(Path file, List<String> sets) {
    Path directory = Objects.requireNonNullElse(file.getParent(), Path.of(""));
    return read(Place.file(file.toString(), directory), textOf(file), SetOption.all(sets), true);
  }

  /**
   * Reads a text; files it names are sought from the working directory.
   *
   * @param source what to call the text in messages
   */
  public static ExperimentFile read(String source, String text, List<String> sets) {
    return read(Place.file(source, Path.of("")), text, SetOption.all(sets), true);
  }

  /** Reads the {@code resolved.yaml} of a run, whose data may be on another machine. */
  public static Experiment reopen(Path resolved) {
    Path directory = Objects.requireNonNullElse(resolved.getParent(), Path.of(""));
    Place place = Place.file(resolved.toString(), directory);
    return read(place, textOf(resolved), List.of(), false).experiment();
  }

  /** The experiment of a run's {@code resolved.yaml}, or what the cells of a sweep differ from. */
  static Experiment base(Path resolved) {
    Path directory = Objects.requireNonNullElse(resolved.getParent(), Path.of(""));
    Place place = Place.file(resolved.toString(), directory);
    return read(place, textOf(resolved), Grid.ALONE, false).experiment();
  }

  static ExperimentFile read(Place place, String text, List<SetOption> sets, boolean mustExist) {
    ExperimentSchema schema = ExperimentSchema.ofExperiments();
    Given given = YamlReader.read(place, text);
    for (SetOption set : sets) {
      set.apply(given, schema.root());
    }
    schema.validate(given);
    refuseGrids(given, place);
    given.requireSound();
    schema.fill(given.root());
    Experiment experiment = new ExperimentBinding(given, mustExist).bind();
    given.requireSound();
    return new ExperimentFile(place.source(), text, experiment);
  }

  private static void refuseGrids(Given given, Place place) {
    for (String key : List.of(Grid.CASES, Grid.AXES)) {
      if (given.root().has(key)) {
        given.report(
            KeyPath.ROOT.key(key),
            "this file describes a grid of experiments; carry it out with: fathom sweep "
                + place.source());
        return;
      }
    }
    if (given.root().has(Grid.KEEP)) {
      given.report(
          KeyPath.ROOT.key(Grid.KEEP),
          "belongs to a grid of experiments, but this file has neither axes nor cases; delete it");
    }
  }

  private static String builtInText(String name) {
    try (InputStream file =
        Objects.requireNonNull(ExperimentFile.class.getResourceAsStream(name + ".yaml"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String textOf(Path file) {
    if (Files.isDirectory(file)) {
      throw new ExperimentException(file + ": expected an experiment file, found a directory");
    }
    if (!Files.exists(file)) {
      throw new ExperimentException(
          file
              + ": "
              + GivenFiles.missing(file.toString(), file)
              + " (built in: "
              + String.join(", ", BUILT_IN)
              + ")");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ExperimentException(file + ": expected text in UTF-8, found other bytes");
    } catch (IOException e) {
      throw new ExperimentException(file + ": cannot be read: " + e.getMessage());
    }
  }
}
