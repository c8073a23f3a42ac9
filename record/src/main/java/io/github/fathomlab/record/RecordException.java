package io.github.fathomlab.record;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A run directory could not be written or read; the message is one sentence for people. */
public final class RecordException extends RuntimeException {

  public RecordException(String sentence) {
    super(sentence);
  }

  public RecordException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /**
   * Writing {@code file} failed.
   *
   * @param kept what is not lost
   * @param next what to do once there is space
   */
  static RecordException writing(Path file, Exception cause, String kept, String next) {
    String reason = reason(cause);
    boolean full = reason.contains("No space left on device") || reason.contains("quota exceeded");
    String what =
        full ? "the disk is full at " + file : "cannot write " + file + " (" + reason + ")";
    String remedy = full ? "free space and " : "make the place writable and ";
    return new RecordException(what + "; " + kept + "; " + remedy + next, cause);
  }

  /** Reading {@code file} failed. */
  static RecordException reading(Path file, IOException cause) {
    return new RecordException("cannot read " + file + " (" + reason(cause) + ")", cause);
  }

  private static String reason(Exception cause) {
    return switch (cause) {
      case NoSuchFileException _ -> "it does not exist";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> firstLine(cause.getMessage(), cause.getClass().getSimpleName());
    };
  }

  private static String firstLine(@Nullable String message, String otherwise) {
    return message == null || message.isBlank()
        ? otherwise
        : message.strip().lines().toList().getFirst();
  }
}
