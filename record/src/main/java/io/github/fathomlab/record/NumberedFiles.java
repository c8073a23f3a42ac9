package io.github.fathomlab.record;

import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a directory that carry a number in their name. */
final class NumberedFiles {
  private NumberedFiles() {}

  /**
   * The files whose whole name matches, by the number in the pattern's first group.
   *
   * @throws RecordException when the directory cannot be read
   */
  static NavigableMap<Long, Path> list(Path directory, Pattern pattern) {
    String[] names = directory.toFile().list();
    if (names == null) {
      throw new RecordException("cannot read the directory " + directory);
    }
    NavigableMap<Long, Path> found = new TreeMap<>();
    for (String name : names) {
      Matcher matcher = pattern.matcher(name);
      if (matcher.matches()) {
        found.put(Long.valueOf(matcher.group(1)), directory.resolve(name));
      }
    }
    return found;
  }
}
