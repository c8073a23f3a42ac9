package io.github.fathomlab.springblock;

/** The shape of the load curve of one cell of a phase diagram. */
public enum Phase {
  /** Deep layers do more: D_l is concave in l ("lazy" in arXiv:2407.19353). */
  CONCAVE,
  /** Shallow layers do more: D_l is convex in l ("active"). */
  CONVEX,
  /** Every layer does the same. */
  LINEAR,
  /** The replicas do not settle it. */
  UNDECIDED,
  /** The loads of some replica have no meaning. */
  UNDEFINED
}
