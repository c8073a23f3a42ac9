package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.fathomlab.claims.Documented;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One command line and what came of it. */
record Invocation(int code, String out, String err) {

  /** Runs a command in this process. */
  static Invocation of(Object... arguments) {
    return with(Documented.all(), arguments);
  }

  /** Runs a command that knows of these experiments and studies alone. */
  static Invocation with(List<Documented> documented, Object... arguments) {
    String[] args = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            documented);
    return new Invocation(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The same, with a check of the exit code that shows what was said. */
  Invocation ends(int expected) {
    assertEquals(expected, code, () -> "stdout:\n" + out + "\nstderr:\n" + err);
    return this;
  }

  /** Standard output as the one JSON document that it must be. */
  JsonNode json() {
    return JsonMapper.shared().readTree(out);
  }

  /** A run of a fraction of a second: two classes, one small hidden layer. */
  static Invocation smallRun(Path directory, Object... more) {
    Object[] command = {"run", "src/test/resources/small.yaml", "--out", directory};
    Object[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return of(all);
  }
}
