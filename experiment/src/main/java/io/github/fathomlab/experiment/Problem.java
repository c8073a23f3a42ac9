package io.github.fathomlab.experiment;

/**
 * One thing that is wrong with an experiment.
 *
 * @param text expected, found, what to do
 */
record Problem(Place place, KeyPath path, String text) {

  String sentence() {
    return path.equals(KeyPath.ROOT) ? place + ": " + text : place + ": " + path + ": " + text;
  }
}
