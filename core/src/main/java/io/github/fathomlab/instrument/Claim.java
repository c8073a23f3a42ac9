package io.github.fathomlab.instrument;

/** One published statement with a criterion that can fail. */
public interface Claim {

  /** Identifier {@code paper/statement}, such as {@code spring-block/low-noise-concave}. */
  String id();

  /** The statement in one sentence. */
  String statement();

  /** Paper and equation; says which part is the paper's and which is Fathom's operational test. */
  String source();

  /** Whether the readings contain what the criterion needs. */
  boolean appliesTo(Readings readings);

  /**
   * Applies the criterion; never throws for missing or unusable numbers, which make it UNDECIDED.
   */
  Verdict judge(Readings readings);
}
