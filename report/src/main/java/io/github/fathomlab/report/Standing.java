package io.github.fathomlab.report;

/**
 * What a number of the renormalization room is worth as evidence.
 *
 * <p>Of arXiv:2212.00005 and 2606.00157 only the abstracts were seen: every drawn test of them is
 * Fathom's operational reading, and this is said in every figure.
 */
enum Standing {
  /** The number at a finite block, which untrained networks miss. */
  STRONG(
      "strong claim: the number at finite b",
      "Strong claim: the number at a finite block; untrained networks miss it."),

  /** The limit of large blocks. */
  WEAK(
      "weak claim only: K \u2192 0 for large b is true untrained as well, never evidence",
      "Weak claim: that couplings vanish for large blocks is true of untrained networks as well and"
          + " never evidence."),

  /** Both kinds of numbers stand side by side. */
  BOTH(
      "strong: the number at finite b; weak: large b, true untrained as well",
      "Strong claim: the number at a finite block. Weak claim: the limit of large blocks, which is"
          + " true untrained as well and never evidence."),

  /** A literal reading of the abstracts that no theorem supports. */
  LITERAL(
      "neither strong nor weak: no theorem says what to expect",
      "Neither strong nor weak: no theorem says what to expect, so agreement would be no evidence.");

  private static final String PAPERS =
      "Papers (arXiv:2212.00005, 2606.00157; only the abstracts seen): at optimal parameters the"
          + " output's coupling, or the features' characteristic parameters, equal the fixed point of"
          + " the renormalization group.";

  private final String brief;
  private final String sentence;

  Standing(String brief, String sentence) {
    this.brief = brief;
    this.sentence = sentence;
  }

  /** The line at the foot of a figure. */
  String foot() {
    return "[ours] operational test of the abstracts of arXiv:2212.00005 and 2606.00157 \u00b7 "
        + brief;
  }

  /**
   * The sentences of a caption.
   *
   * @param ours what is Fathom's in this figure
   */
  String caption(String ours) {
    return PAPERS + " Ours: " + ours + " " + sentence;
  }
}
