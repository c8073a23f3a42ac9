package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExperimentSchemaTest {
  private static final Path PUBLISHED = Path.of("../docs/experiment.schema.json");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final SchemaNode root = new ExperimentSchema().root();

  @Test
  void thePublishedFileIsTheOneInUse() throws Exception {
    assertEquals(JsonMapper.shared().readTree(Files.readString(PUBLISHED)), root.json());
  }

  @Test
  void theSchemaIsValid() {
    Schema meta =
        REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertEquals(List.of(), meta.validate(root.json()));
  }

  @Test
  void everyBlockIsClosed() {
    List<JsonNode> blocks = new ArrayList<>();
    collectBlocks(root.json(), blocks);
    assertTrue(blocks.size() > 20, "found " + blocks.size());
    for (JsonNode block : blocks) {
      JsonNode closed = block.get("additionalProperties");
      assertTrue(closed != null && closed.isBoolean() && !closed.booleanValue(), block.toString());
    }
  }

  private static void collectBlocks(JsonNode node, List<JsonNode> blocks) {
    if (node.isObject() && node.has("type") && node.get("type").asString().equals("object")) {
      blocks.add(node);
    }
    node.forEach(child -> collectBlocks(child, blocks));
  }

  @Test
  void everyKeyIsDescribedAndEveryNumberBounded() {
    for (SchemaRow row : SchemaRow.all(root)) {
      SchemaNode key = row.schema();
      assertTrue(key.keyword("description") != null, row.key());
      JsonNode type = key.keyword("type");
      if (type != null && List.of("integer", "number").contains(type.stringValue())) {
        assertTrue(
            key.keyword("minimum") != null || key.keyword("exclusiveMinimum") != null, row.key());
      }
    }
  }

  @Test
  void everyDefaultIsValid() {
    for (SchemaRow row : SchemaRow.all(root)) {
      JsonNode usual = row.schema().keyword("default");
      if (usual != null) {
        var wrapped = JsonMapper.shared().createObjectNode();
        wrapped.setAll(
            Map.of(
                "$ref", JsonMapper.shared().valueToTree("#/$defs/tried"),
                "$defs", root.json().get("$defs").deepCopy()));
        wrapped.withObject("$defs").set("tried", row.schema().json());
        assertEquals(List.of(), REGISTRY.getSchema(wrapped).validate(usual), row.key());
      }
    }
  }
}
