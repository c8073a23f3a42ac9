package io.github.fathomlab.experiment;

import io.github.fathomlab.training.OptimizerRule;
import io.github.fathomlab.training.Schedule;

/**
 * The optimizer with its learning rate.
 *
 * @param l2 factor of a penalty on half the squared parameters
 * @param clipNorm largest norm of the whole gradient, 0 for any
 */
public record Optimisation(
    OptimizerRule rule, double learningRate, double l2, double clipNorm, Schedule schedule) {}
