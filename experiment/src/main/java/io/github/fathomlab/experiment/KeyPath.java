package io.github.fathomlab.experiment;

import org.jspecify.annotations.Nullable;

/** The way from the root of an experiment to a value, such as {@code network.widths[1]}. */
record KeyPath(@Nullable KeyPath parent, String text) {
  static final KeyPath ROOT = new KeyPath(null, "");

  KeyPath key(String key) {
    return new KeyPath(this, text.isEmpty() ? key : text + "." + key);
  }

  KeyPath item(int index) {
    return new KeyPath(this, text + "[" + index + "]");
  }

  @Override
  public String toString() {
    return text;
  }
}
