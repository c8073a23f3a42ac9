package io.github.fathomlab.experiment;

import java.nio.file.Path;

/**
 * Where a value was given: a line of a file, or an option of the command line.
 *
 * @param source file or option, as the user wrote it
 * @param isFile whether the source has lines
 * @param line counted from 1; 0 for the whole source
 * @param directory that file names in this place are relative to
 */
record Place(String source, boolean isFile, int line, Path directory) implements Comparable<Place> {

  static Place file(String source, Path directory) {
    return new Place(source, true, 0, directory);
  }

  static Place option(String option) {
    return new Place(option, false, 0, Path.of(""));
  }

  /** An option that stands in this file. */
  Place optionHere(String option) {
    return new Place(source + ": " + option, false, 0, directory);
  }

  /** A line of this source; an option has no lines. */
  Place at(int newLine) {
    return isFile ? new Place(source, true, newLine, directory) : this;
  }

  /** Lines in their order, whole sources after them. */
  @Override
  public int compareTo(Place other) {
    return Integer.compareUnsigned(line - 1, other.line - 1);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
