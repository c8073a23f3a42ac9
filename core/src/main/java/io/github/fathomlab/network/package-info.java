/**
 * Layers with their four maps (forward, backward, tangent, secant) and the networks made of them.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.network;
