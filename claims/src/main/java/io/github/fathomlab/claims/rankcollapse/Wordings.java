package io.github.fathomlab.claims.rankcollapse;

/** What the sources of several claims about rank collapse have to say. */
final class Wordings {
  /** Begins the source of a claim of the paper. */
  static final String PAPER =
      "arXiv:2606.10324, of which only the abstract could be read, says that ";

  /** Of bounds that the specification drew around the prototype's numbers. */
  static final String REGRESSION =
      "; the bounds are those of Fathom's specification, set after seeing the prototype's numbers, 2 to 5 standard deviations"
          + " off them: regression bounds, not blind tests";

  /** Ends every source. */
  static final String OURS =
      "; chains, network and measures are Fathom's, so this is about this set-up, not the paper's runs";

  private Wordings() {}
}
