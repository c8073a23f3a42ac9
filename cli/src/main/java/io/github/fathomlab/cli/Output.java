package io.github.fathomlab.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a command speaks: results go to standard output, talk and progress to standard error.
 *
 * @param commandLine the arguments of the process, for the record
 */
record Output(PrintStream results, PrintStream talk, List<String> commandLine) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  Output {
    commandLine = List.copyOf(commandLine);
  }

  /** One line of the result. */
  void result(String line) {
    results.println(line);
  }

  /** One line for the person who waits. */
  void talk(String line) {
    talk.println(line);
  }

  /** The result as one JSON document; a number that is not finite becomes null. */
  void json(Object document) {
    results.println(JSON.writeValueAsString(finite(document)));
  }

  private static @Nullable Object finite(@Nullable Object value) {
    return switch (value) {
      case Double number when !Double.isFinite(number) -> null;
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, entry) -> copy.put(key, finite(entry)));
        yield copy;
      }
      case List<?> list -> list.stream().map(Output::finite).toList();
      case null, default -> value;
    };
  }
}
