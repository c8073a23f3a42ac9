package io.github.fathomlab.springblock;

/**
 * The noise at which the loads of one row of a phase diagram are equal, between two measured cells.
 *
 * <pre>
 *   u* = u_a + (u_b - u_a) s_a / (s_a - s_b),     s_a &gt;= 0 &gt;= s_b,
 *   error² = ((u_b - u_a) / (s_a - s_b)²)² (s_b² σ_a² + s_a² σ_b²)
 * </pre>
 *
 * <p>Symbols: s mean tilt of a cell and σ its standard error (pure numbers); u the noise itself, or
 * the logarithm of the learning rate, or minus that of the batch. Source: our derivation. Validity:
 * a tilt that is near enough to a line between the two cells; the error is that of the two tilts
 * and knows nothing of the bend between them. Cost: O(1).
 *
 * @param noise where the tilt vanishes, in the units of the axis
 * @param low noise that is two standard errors less noisy, not beyond a decided bracket
 * @param high noise that is two standard errors noisier, not beyond a decided bracket
 * @param from the less noisy cell of the bracket
 * @param to the noisier one
 * @param coordinate u*
 * @param error standard error of u*
 * @param decided whether both tilts of the bracket are apart from zero by their intervals
 * @param crossings how often the mean tilt falls through zero in this row; above 1 the zero is one
 *     of several
 */
public record TiltZero(
    double noise,
    double low,
    double high,
    PhaseDiagram.Cell from,
    PhaseDiagram.Cell to,
    double coordinate,
    double error,
    boolean decided,
    int crossings) {}
