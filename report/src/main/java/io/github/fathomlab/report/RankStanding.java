package io.github.fathomlab.report;

import java.util.List;

/**
 * What a number of the rank figures is worth as evidence about arXiv:2606.10324, of which only the
 * abstract was seen.
 */
enum RankStanding {
  /** A claim of the abstract. */
  TESTED(
      "a claim of the abstract in our set-up: neither confirms nor refutes the paper\u2019s own runs",
      "The networks, chains and thresholds are ours, so this neither confirms nor refutes the"
          + " paper\u2019s own runs."),

  /** A claim of the abstract, looked at in networks of which it does not speak. */
  BEYOND(
      "beyond the abstract, which speaks of stacks trained on masked tokens",
      "It speaks of stacks trained on masked tokens only: for this network nothing is claimed, and"
          + " the untrained network is the null."),

  /** Not in the abstract at all. */
  OURS("ours alone: not in the abstract", "None of it is in the abstract.");

  private static final String PAPER =
      "Paper (arXiv:2606.10324; only the abstract seen): training lowers the effective rank with"
          + " depth, for correlation lengths \u03be near 1 and not near 7, and the kernel drifts at"
          + " one or two transitions.";

  private final String brief;
  private final String sentence;

  RankStanding(String brief, String sentence) {
    this.brief = brief;
    this.sentence = sentence;
  }

  /** How far a figure of the abstract's claims reaches, by whether the networks saw a chain. */
  static RankStanding of(List<RankCell> cells) {
    return cells.stream().anyMatch(RankCell::hasChain) ? TESTED : BEYOND;
  }

  /** The line at the foot of a figure. */
  String foot() {
    return "[ours] operational test of the abstract of arXiv:2606.10324 \u00b7 " + brief;
  }

  /**
   * The sentences of a caption.
   *
   * @param ours what is Fathom's in this figure
   */
  String caption(String ours) {
    return PAPER + " Ours: " + ours + " " + sentence;
  }
}
