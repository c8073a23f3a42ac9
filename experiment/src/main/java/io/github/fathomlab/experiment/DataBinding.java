package io.github.fathomlab.experiment;

import io.github.fathomlab.data.DataException;
import io.github.fathomlab.data.DataSource;
import io.github.fathomlab.data.Digits;
import io.github.fathomlab.data.Idx;
import io.github.fathomlab.data.Mixture;
import io.github.fathomlab.data.Npz;
import io.github.fathomlab.data.Selection;
import io.github.fathomlab.data.Subset;
import java.util.List;

/** Turns the block {@code data} into a source. */
final class DataBinding {
  private static final String PUBLISHED = "published";
  private static final List<String> CHAINS = List.of("ising", "gaussian", "quartic");

  private final Given given;
  private final GivenFiles files;

  DataBinding(Given given, GivenFiles files) {
    this.given = given;
    this.files = files;
  }

  DataSource bind(Block data) {
    boolean byKind = data.has("kind");
    String kind = byKind ? data.text("kind") : data.node().propertyNames().iterator().next();
    Block block = byKind ? data : data.block(kind);
    try {
      return source(kind, block);
    } catch (DataException e) {
      given.report(block.path(), String.valueOf(e.getMessage()).replaceFirst("\\.$", ""));
      return new Digits(null, Selection.ALL);
    }
  }

  private DataSource source(String kind, Block block) {
    if (kind.equals("markov")) {
      return new TokenBinding(given).bind(block);
    }
    if (CHAINS.contains(kind)) {
      return ChainBinding.bind(kind, block);
    }
    Selection selection =
        new Selection(
            block.integerOrNull("train"),
            block.integerOrNull("test"),
            block.count("split_seed"),
            block.flag("shuffle_labels"));
    return switch (kind) {
      case "digits" -> new Digits(block.integerOrNull("resize"), selection);
      case "idx" ->
          new Idx(
              block.text("name"),
              files.fileOrNull(block, "directory"),
              block.integerOrNull("resize"),
              subset(block),
              selection);
      case "npz" ->
          new Npz(
              files.file(block, "file"),
              block.text("x"),
              block.text("y"),
              block.integerOrNull("classes"),
              block.integerOrNull("resize"),
              selection);
      case "mixture" ->
          new Mixture(
              block.integer("classes"),
              block.integer("features"),
              block.integer("samples"),
              block.number("separation"),
              block.number("spread"),
              block.count("seed"),
              selection);
      default -> throw new IllegalStateException("data of kind " + kind);
    };
  }

  private Subset subset(Block block) {
    if (!block.has("subset")) {
      return new Subset.Drawn();
    }
    return block.text("subset").equals(PUBLISHED)
        ? new Subset.Published()
        : new Subset.Listed(files.file(block, "subset"));
  }
}
