package io.github.fathomlab.bulkboundary;

import io.github.fathomlab.instrument.Rhythm;

/**
 * When the ledgers look at a training.
 *
 * @param steps readings of the zero-cost ledger
 * @param audits its audit by an exact tangent pass
 * @param controls audits that are made once more with one layer moved too far
 * @param secants exact splits of the change of the loss
 * @param midpoint whether the midpoint form is recorded beside the kick-drift one
 */
public record LedgerRhythm(
    Rhythm steps, Rhythm audits, Rhythm controls, Rhythm secants, boolean midpoint) {

  /** The zero-cost ledger, with audits that are all controlled. */
  public static LedgerRhythm of(Rhythm steps, Rhythm audits) {
    return new LedgerRhythm(steps, audits, audits, new Rhythm.Every(0), false);
  }
}
