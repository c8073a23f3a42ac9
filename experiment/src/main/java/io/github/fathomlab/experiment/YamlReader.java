package io.github.fathomlab.experiment;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns YAML 1.2 into values and remembers the line of every key.
 *
 * <p>A key without a value counts as left out, except in the cases of a grid, where it is a setting
 * that takes the key out. Whole numbers may be written as 1e4.
 */
final class YamlReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final KeyPath CASES = KeyPath.ROOT.key(Grid.CASES);
  private static final int DEEPEST = 16;
  private static final int MOST_VALUES = 10_000;
  private static final double LARGEST_WHOLE = 0x1p53;

  private final Given given;
  private final Place source;
  private int values;
  private int depth;

  private YamlReader(Given given, Place source) {
    this.given = given;
    this.source = source;
  }

  /** Reads a whole file. */
  static Given read(Place source, String text) {
    Given given = new Given(source);
    Optional<Node> node = compose(source, text);
    if (node.isEmpty() || (node.get() instanceof ScalarNode s && s.getTag().equals(Tag.NULL))) {
      throw new ExperimentException(
          source + ": the file is empty; expected at least one key, such as seed: 1");
    }
    if (!(node.get() instanceof MappingNode mapping)) {
      throw new ExperimentException(
          source.at(line(node.get())) + ": expected keys, such as seed: 1, found no key");
    }
    new YamlReader(given, source).fill(given.root(), mapping, KeyPath.ROOT);
    return given;
  }

  /** Reads one value that goes to a path; null where there is none. */
  static @Nullable JsonNode value(Given given, Place option, KeyPath path, String text) {
    Optional<Node> node = compose(option, text);
    given.locate(path, option);
    return node.isEmpty() ? null : new YamlReader(given, option).convert(node.get(), path);
  }

  private static Optional<Node> compose(Place source, String text) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().map(mark -> source.at(mark.getLine() + 1)).orElse(source);
      String context = e.getContext() == null ? "" : e.getContext() + ", ";
      throw new ExperimentException(place + ": not YAML: " + context + e.getProblem());
    } catch (YamlEngineException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
      throw new ExperimentException(source + ": not YAML: " + reason);
    }
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private void fill(ObjectNode object, MappingNode mapping, KeyPath path) {
    Map<String, Integer> seen = new HashMap<>();
    for (NodeTuple pair : mapping.getValue()) {
      if (!(pair.getKeyNode() instanceof ScalarNode scalar)) {
        given.report(path, "expected a word as key, found a list or block");
        continue;
      }
      KeyPath here = path.key(scalar.getValue());
      int line = line(scalar);
      given.locate(here, source.at(line));
      Integer before = seen.putIfAbsent(scalar.getValue(), line);
      if (before != null) {
        given.report(
            here, "this key is given twice, first in line " + before + "; delete one of the two");
        continue;
      }
      JsonNode value = convert(pair.getValueNode(), here);
      if (value != null) {
        object.set(scalar.getValue(), value);
      } else if (isOfCases(path)) {
        object.set(scalar.getValue(), NODES.nullNode());
      }
    }
  }

  private static boolean isOfCases(KeyPath path) {
    return path.equals(CASES) || CASES.equals(path.parent());
  }

  private @Nullable JsonNode convert(Node node, KeyPath path) {
    values++;
    if (values > MOST_VALUES || depth > DEEPEST) {
      throw new ExperimentException(
          given.placeOf(path) + ": too many values or too deep a nesting for an experiment");
    }
    depth++;
    JsonNode converted = convertInside(node, path);
    depth--;
    return converted;
  }

  private @Nullable JsonNode convertInside(Node node, KeyPath path) {
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, path);
      case MappingNode mapping -> {
        ObjectNode object = NODES.objectNode();
        fill(object, mapping, path);
        yield object;
      }
      case SequenceNode sequence -> {
        ArrayNode array = NODES.arrayNode();
        List<Node> items = sequence.getValue();
        for (int i = 0; i < items.size(); i++) {
          given.locate(path.item(i), source.at(line(items.get(i))));
          JsonNode item = convert(items.get(i), path.item(i));
          array.add(item == null ? NODES.nullNode() : item);
        }
        yield array;
      }
      default -> throw new IllegalStateException("node of type " + node.getNodeType());
    };
  }

  private @Nullable JsonNode scalar(ScalarNode scalar, KeyPath path) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return NODES.booleanNode(text.toLowerCase(Locale.ROOT).equals("true"));
    }
    if (tag.equals(Tag.INT)) {
      return whole(text);
    }
    if (tag.equals(Tag.FLOAT)) {
      return real(text, path);
    }
    if (!tag.equals(Tag.STR)) {
      given.report(path, "expected a plain value, found the tag " + tag);
    }
    return NODES.stringNode(text);
  }

  private static JsonNode whole(String text) {
    BigInteger value;
    if (text.startsWith("0x")) {
      value = new BigInteger(text.substring(2), 16);
    } else if (text.startsWith("0o")) {
      value = new BigInteger(text.substring(2), 8);
    } else {
      value = new BigInteger(text);
    }
    return value.bitLength() < 64 ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
  }

  private @Nullable JsonNode real(String text, KeyPath path) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = Double.NaN; // YAML writes .inf and .nan
    }
    if (!Double.isFinite(value)) {
      given.report(path, "expected a finite number, found " + text);
      return NODES.stringNode(text);
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE;
    return whole ? NODES.numberNode((long) value) : NODES.numberNode(value);
  }
}
