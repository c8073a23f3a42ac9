package io.github.fathomlab.cli;

/** Arguments or input that cannot be used; the message is one sentence for the user. */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }
}
