package io.github.fathomlab.bench.work;

import java.util.HashMap;
import java.util.Map;

/** Whole numbers given as {@code --name value}. */
record Options(Map<String, Integer> values) {

  static Options parse(String[] arguments, int from) {
    Map<String, Integer> values = new HashMap<>();
    for (int i = from; i < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
        throw new IllegalArgumentException("expected --name value, found " + arguments[i]);
      }
      values.put(arguments[i].substring(2), Integer.valueOf(arguments[i + 1]));
    }
    return new Options(values);
  }

  int get(String name, int otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
