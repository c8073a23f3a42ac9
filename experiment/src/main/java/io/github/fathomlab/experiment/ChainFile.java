package io.github.fathomlab.experiment;

import io.github.fathomlab.springblock.chain.ChainNoise;
import io.github.fathomlab.springblock.chain.ChainRun;
import io.github.fathomlab.springblock.chain.ChainSpec;
import io.github.fathomlab.springblock.chain.ChainState;
import io.github.fathomlab.springblock.chain.DryFriction;
import io.github.fathomlab.springblock.chain.Inertia;
import io.github.fathomlab.springblock.chain.Pull;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A chain of blocks described in a file, as {@code docs/chain.schema.json} publishes it.
 *
 * @param source the file, as the user wrote it
 */
public record ChainFile(String source, ChainRun run) {

  /**
   * Reads a file.
   *
   * @throws ExperimentException with every problem found
   */
  public static ChainFile read(Path file) {
    Path directory = Objects.requireNonNullElse(file.getParent(), Path.of(""));
    return read(Place.file(file.toString(), directory), textOf(file));
  }

  static ChainFile read(Place place, String text) {
    ExperimentSchema schema = new ExperimentSchema("chain.schema.json");
    Given given = YamlReader.read(place, text);
    schema.validate(given);
    given.requireSound();
    schema.fill(given.root());
    try {
      return new ChainFile(place.source(), run(new Block(given.root(), KeyPath.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new ExperimentException(place + ": " + e.getMessage());
    }
  }

  private static ChainRun run(Block chain) {
    int blocks = chain.integer("blocks");
    Block friction = chain.block("friction");
    double damping = chain.number("damping");
    ChainSpec spec =
        new ChainSpec(
            blocks,
            chain.number("stiffness"),
            pull(chain),
            new DryFriction(friction.number("right"), friction.number("left")),
            chain.text("order").equals("first")
                ? new Inertia.Massless(damping)
                : new Inertia.Massive(chain.number("mass"), damping),
            new ChainNoise(
                chain.number("noise"), chain.flag("common_noise"), chain.number("noise_decay")),
            ChainState.atWall(blocks));
    return new ChainRun(
        spec,
        chain.number("duration"),
        chain.number("step"),
        chain.count("seed"),
        chain.flag("compatible"));
  }

  private static Pull pull(Block chain) {
    if (!chain.value("pull").isObject()) {
      return new Pull.Constant(chain.number("pull"));
    }
    Block cyclic = chain.block("pull");
    return new Pull.Cyclic(
        cyclic.number("mean"), cyclic.number("amplitude"), cyclic.number("period"));
  }

  private static String textOf(Path file) {
    if (Files.isDirectory(file)) {
      throw new ExperimentException(file + ": expected a chain file, found a directory");
    }
    if (!Files.exists(file)) {
      throw new ExperimentException(file + ": " + GivenFiles.missing(file.toString(), file));
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ExperimentException(file + ": expected text in UTF-8, found other bytes");
    } catch (IOException e) {
      throw new ExperimentException(file + ": cannot be read: " + e.getMessage());
    }
  }
}
