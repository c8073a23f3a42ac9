package io.github.fathomlab.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What text needs before it may stand in HTML, SVG or a script element. */
final class Markup {
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private Markup() {}

  /**
   * Escapes for element content and quoted attributes; characters that XML forbids become U+FFFD.
   */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
          }
        });
    return out.toString();
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  /** JSON that cannot end the script element it stands in. */
  static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value).replace("<", "\\u003c");
  }

  /** Numbers for JSON with six significant digits; null where there is no number. */
  static List<@Nullable BigDecimal> numbers(double[] values) {
    List<@Nullable BigDecimal> out = new ArrayList<>(values.length);
    for (double value : values) {
      out.add(
          Double.isFinite(value)
              ? new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros()
              : null);
    }
    return out;
  }

  /** The text of a file that is shipped with this package. */
  static String resource(String name) {
    try (InputStream in = Markup.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the resource " + name + " is missing from the report's jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
