package io.github.fathomlab;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails every test that prints: registered for all modules through the service loader. */
public final class Silence implements BeforeEachCallback, AfterEachCallback {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  @Override
  public void beforeEach(ExtensionContext context) {
    heard.reset();
    PrintStream ear = new PrintStream(heard, true, StandardCharsets.UTF_8);
    System.setOut(ear);
    System.setErr(ear);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.setOut(out);
    System.setErr(err);
    if (heard.size() > 0) {
      fail("the test printed: " + heard.toString(StandardCharsets.UTF_8));
    }
  }
}
