package io.github.fathomlab.cli;

/** Work that was begun well and could not be finished; the message is one sentence for the user. */
final class RunFailedException extends RuntimeException {
  RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
