package io.github.fathomlab.claims.rankcollapse;

/** What the sources of all claims about rank collapse have to say. */
final class Wordings {
  /** Begins the source of a claim of the paper. */
  static final String PAPER =
      "arXiv:2606.10324, of which only the abstract could be read, says that ";

  /** Ends every source. */
  static final String OURS =
      "; chains, network, measures and thresholds are Fathom's, the thresholds set after seeing the numbers, 2 to 5 standard"
          + " deviations off them: regression bounds, not blind tests, and about this set-up, not the paper's runs";

  private Wordings() {}
}
