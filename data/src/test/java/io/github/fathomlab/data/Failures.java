package io.github.fathomlab.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Asserts that bad input gets one sentence with the words that matter. */
final class Failures {

  private Failures() {}

  static void sentence(Executable action, String... words) {
    String message = String.valueOf(assertThrows(DataException.class, action).getMessage());
    for (String word : words) {
      assertTrue(message.contains(word), () -> "'" + message + "' lacks '" + word + "'");
    }
    assertTrue(message.endsWith("."), message);
    assertFalse(message.contains("\n"), message);
  }
}
