package io.github.fathomlab.experiment;

import io.github.fathomlab.coarsegraining.markov.ChainFamily;
import io.github.fathomlab.coarsegraining.markov.Masking;
import io.github.fathomlab.data.DataException;
import io.github.fathomlab.data.MaskedTokens;
import java.util.Set;

/** Masked tokens as a block of keys, read and written. */
final class TokenBinding {
  private static final Set<String> GROUPED = Set.of("block", "hier");
  private static final int GROUPS = 2;
  private static final double LENGTH = 1;
  private static final long ROWS = 1000;

  private final Given given;

  TokenBinding(Given given) {
    this.given = given;
  }

  MaskedTokens bind(Block data) {
    String name = data.text("family");
    if (data.has("groups") && !GROUPED.contains(name)) {
      given.report(
          data.path().key("groups"), "only block and hier have groups of states; delete the key");
    }
    if (data.has("correlation_length") && name.equals("iid")) {
      given.report(
          data.path().key("correlation_length"),
          "independent states have no correlation length; delete the key");
    }
    if (data.has("seed") && !name.equals("dir")) {
      given.report(data.path().key("seed"), "only dir draws its rows; delete the key");
    }
    return new MaskedTokens(
        family(name, data),
        masking(data),
        data.integer("window"),
        data.integer("draws"),
        data.has("sequence") ? data.integer("sequence") : 0,
        data.number("shuffle"));
  }

  private static ChainFamily family(String name, Block data) {
    int states = data.integer("states");
    double length = data.has("correlation_length") ? data.number("correlation_length") : LENGTH;
    int groups = data.has("groups") ? data.integer("groups") : GROUPS;
    try {
      return switch (name) {
        case "iid" -> new ChainFamily.Independent(states);
        case "sticky" -> new ChainFamily.Sticky(states, length);
        case "block" -> new ChainFamily.Block(states, groups, length);
        case "hier" -> new ChainFamily.Hierarchical(states, groups, length);
        case "heat" -> new ChainFamily.Heat(states, length);
        case "ring" -> new ChainFamily.Ring(states, length);
        case "cyc" -> new ChainFamily.Cyclic(states, length);
        case "db" -> new ChainFamily.DeBruijn(states, length);
        default ->
            new ChainFamily.Dirichlet(states, length, data.has("seed") ? data.count("seed") : ROWS);
      };
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage() + ".");
    }
  }

  private static Masking masking(Block data) {
    double rate = data.number("mask_rate");
    return data.text("masking").equals("bert") ? Masking.bert(rate) : Masking.plain(rate);
  }

  static CanonicalKeys canonical(MaskedTokens data) {
    return family(data.family())
        .put("window", data.window())
        .put("mask_rate", data.masking().rate())
        .put("masking", data.masking().label())
        .put("draws", data.draws())
        .put("sequence", data.sequence() == 0 ? null : data.sequence())
        .put("shuffle", data.shuffle());
  }

  private static CanonicalKeys family(ChainFamily family) {
    String name =
        switch (family) {
          case ChainFamily.Block _ -> "block";
          case ChainFamily.Hierarchical _ -> "hier";
          default -> family.label();
        };
    CanonicalKeys keys =
        CanonicalKeys.ofKind("markov").put("family", name).put("states", family.states());
    switch (family) {
      case ChainFamily.Independent _ -> {
        return keys;
      }
      case ChainFamily.Block block -> keys.put("groups", block.groups());
      case ChainFamily.Hierarchical hierarchical -> keys.put("groups", hierarchical.groups());
      default -> {}
    }
    keys.put("correlation_length", family.correlationLength());
    return family instanceof ChainFamily.Dirichlet dirichlet
        ? keys.put("seed", dirichlet.key())
        : keys;
  }
}
