package io.github.fathomlab.experiment;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One {@code --set key=value} of the command line, laid over a file.
 *
 * <p>The value is YAML; {@code null} takes the key out. A key that excludes another one replaces
 * it: {@code training.steps} the file's {@code training.epochs}.
 */
final class SetOption {
  private static final String KEY = "[A-Za-z_][\\w-]*(?:\\.[A-Za-z_][\\w-]*)*";
  private static final Pattern FORM = Pattern.compile("(" + KEY + ")=(.+)", Pattern.DOTALL);

  private final Place place;
  private final String[] keys;
  private final String value;

  SetOption(String given) {
    this(given, Place.option("--set " + given));
  }

  /** An option that stands somewhere else than on the command line. */
  SetOption(String given, Place place) {
    this.place = place;
    Matcher matcher = FORM.matcher(given);
    if (!matcher.matches()) {
      throw new ExperimentException(
          place + ": expected key=value, such as network.depth=4, found " + given);
    }
    keys = matcher.group(1).split("\\.");
    value = matcher.group(2);
  }

  /** Whether a text has the form of a key, such as {@code network.depth}. */
  static boolean isKey(String text) {
    return text.matches(KEY);
  }

  /** Options of the command line, in their order. */
  static List<SetOption> all(List<String> given) {
    return given.stream().map(SetOption::new).toList();
  }

  void apply(Given given, SchemaNode root) {
    ObjectNode block = given.root();
    KeyPath path = KeyPath.ROOT;
    @Nullable SchemaNode schema = root;
    for (int i = 0; i < keys.length - 1; i++) {
      path = path.key(keys[i]);
      JsonNode next = block.get(keys[i]);
      if (next == null) {
        given.locate(path, place);
        next = block.putObject(keys[i]);
      }
      if (!(next instanceof ObjectNode inner)) {
        throw new ExperimentException(
            "%s: %s is %s and has no keys; set the whole of it, such as --set '%s={...}'"
                .formatted(place, path, Expectation.found(next), path));
      }
      block = inner;
      SchemaNode wanted = schema == null ? null : schema.properties().get(keys[i]);
      schema = wanted == null ? null : wanted.meant(inner);
    }
    String last = keys[keys.length - 1];
    if (schema != null) {
      schema.rivals(last).forEach(block::remove);
    }
    JsonNode parsed = YamlReader.value(given, place, path.key(last), value);
    if (parsed == null) {
      block.remove(last);
    } else {
      block.set(last, parsed);
    }
  }
}
