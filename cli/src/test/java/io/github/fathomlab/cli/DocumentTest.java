package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Documented;
import io.github.fathomlab.data.NpyArray;
import io.github.fathomlab.data.NpzFile;
import io.github.fathomlab.instrument.Claim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of docs/cli.md is carried out, in its order. */
class DocumentTest {
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder = Path.of("");

  @Test
  void examplesWork() throws Exception {
    NpzFile.write(
        folder.resolve("activations.npz"),
        Map.of(
            "layer_00", NpyArray.of("layer_00", new double[] {1, 2, 3, 5}, 4, 1),
            "layer_01", NpyArray.of("layer_01", new double[] {1, 4, 9, 25}, 4, 1)));
    String text = Files.readString(Path.of("../docs/cli.md"));
    List<String> examples =
        BLOCK.matcher(text).results().flatMap(block -> block.group(1).lines()).toList();
    assertTrue(examples.size() > 15, "found only " + examples.size());
    for (String example : examples) {
      Object[] words = example.split(" +");
      assertEquals("fathom", words[0], example);
      Object[] arguments =
          Arrays.stream(words).skip(1).map(word -> placed(word.toString())).toArray();
      assertEquals(0, Invocation.of(arguments).ends(0).code(), example);
    }
  }

  @Test
  void everyClaimIsInItsTable() throws Exception {
    String text = Files.readString(Path.of("../docs/cli.md"));
    for (Documented documented : Documented.all()) {
      for (Claim claim : documented.claims()) {
        assertTrue(
            text.contains("| `" + claim.id() + "` | " + documented.kind()),
            "docs/cli.md has no row for " + claim.id());
      }
    }
  }

  private String placed(String word) {
    String here = Matcher.quoteReplacement(folder + "/");
    return word.replaceFirst("^(?=runs/|activations)", here)
        .replaceFirst("^examples/", "../examples/");
  }
}
