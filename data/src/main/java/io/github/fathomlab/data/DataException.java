package io.github.fathomlab.data;

import org.jspecify.annotations.Nullable;

/**
 * Data that cannot be used; the message is one sentence for the user: expected, found, where, what
 * to do.
 */
public final class DataException extends RuntimeException {

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
