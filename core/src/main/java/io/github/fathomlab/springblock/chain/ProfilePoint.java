package io.github.fathomlab.springblock.chain;

/**
 * What holding one parameter at a value costs.
 *
 * @param value of the parameter
 * @param deviance twice the fall of the log likelihood, the others fitted anew
 */
public record ProfilePoint(double value, double deviance) {}
