package io.github.fathomlab.training;

import org.jspecify.annotations.Nullable;

/** Training samples, and held-out samples where there are any. */
public record Split(Dataset train, @Nullable Dataset test) {}
