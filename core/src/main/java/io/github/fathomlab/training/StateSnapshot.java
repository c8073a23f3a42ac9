package io.github.fathomlab.training;

import io.github.fathomlab.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * A network between two steps, evaluated.
 *
 * @param step optimizer steps done
 * @param train evaluation on (the first samples of) the training set
 * @param test loss and accuracy on held-out data, null when there are none
 */
public record StateSnapshot(
    int replica, long step, Network network, Evaluation train, Evaluation.@Nullable Score test) {}
