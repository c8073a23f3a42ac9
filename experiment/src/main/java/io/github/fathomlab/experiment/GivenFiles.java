package io.github.fathomlab.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that an experiment names, relative to the file it stands in, or to the working
 * directory where an option names them.
 */
final class GivenFiles {
  private final Given given;
  private final boolean mustExist;

  GivenFiles(Given given, boolean mustExist) {
    this.given = given;
    this.mustExist = mustExist;
  }

  /** The absolute path of a file that may have been left out. */
  @Nullable Path fileOrNull(Block block, String key) {
    return block.has(key) ? file(block, key) : null;
  }

  Path file(Block block, String key) {
    KeyPath path = block.path().key(key);
    Path file;
    try {
      Path directory = given.placeOf(path).directory();
      file = directory.resolve(block.text(key)).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      given.report(path, "not a file name: " + e.getReason());
      return Path.of("").toAbsolutePath();
    }
    if (mustExist && !Files.exists(file)) {
      given.report(path, missing(block.text(key), file));
    }
    return file;
  }

  /** What to say of a file that is not there. */
  static String missing(String asGiven, Path file) {
    Path directory = file.toAbsolutePath().getParent();
    Path name = file.getFileName();
    if (directory == null || name == null || !Files.isDirectory(directory)) {
      return "no such file " + asGiven + "; the directory " + directory + " does not exist";
    }
    return "no such file " + asGiven + NearestWord.hint(name.toString(), names(directory));
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> siblings = Files.list(directory)) {
      return siblings.map(sibling -> String.valueOf(sibling.getFileName())).sorted().toList();
    } catch (IOException e) {
      return List.of(); // a directory that cannot be listed has no near names to offer
    }
  }
}
