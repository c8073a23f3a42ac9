package io.github.fathomlab.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** How numbers are written for people (true minus signs, powers of ten) and for drawing. */
final class Numbers {
  private static final String SUPERSCRIPTS =
      "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
  private static final char MINUS = '\u2212';

  private Numbers() {}

  /** Four significant digits; plain between 0.001 and 99999, else with a power of ten. */
  static String show(double value) {
    return show(value, 4);
  }

  static String show(double value, int digits) {
    if (Double.isNaN(value)) {
      return "no value";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "\u221e" : MINUS + "\u221e";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -3 && exponent < 5) {
      return minus(rounded.toPlainString());
    }
    return minus(rounded.movePointLeft(exponent).toPlainString())
        + "\u00d710"
        + superscript(exponent);
  }

  /** A label with a fixed number of decimals, as the ticks of one axis share it. */
  static String fixed(double value, int decimals) {
    String text =
        BigDecimal.valueOf(value)
            .setScale(decimals, java.math.RoundingMode.HALF_EVEN)
            .toPlainString();
    return minus(text);
  }

  /** The power of ten as a label, such as 10 to the minus 3. */
  static String powerOfTen(int exponent) {
    return switch (exponent) {
      case 0 -> "1";
      case 1 -> "10";
      default -> "10" + superscript(exponent);
    };
  }

  /** A whole number with thin spaces between groups of three digits. */
  static String count(long value) {
    String digits = Long.toString(Math.abs(value));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && digits.length() > 4 && (digits.length() - i) % 3 == 0) {
        out.append('\u202f');
      }
      out.append(digits.charAt(i));
    }
    return value < 0 ? MINUS + out.toString() : out.toString();
  }

  /** The words for one step or a range of steps, such as "steps 140-153" or "step 7". */
  static String steps(long first, long last) {
    return first == last
        ? "step " + count(first)
        : "steps " + count(first) + "\u2013" + count(last);
  }

  /** A drawing coordinate with at most two decimals. */
  static String coordinate(double value) {
    long hundredths = Math.round(value * 100);
    long whole = Math.abs(hundredths) / 100;
    long rest = Math.abs(hundredths) % 100;
    String sign = hundredths < 0 ? "-" : "";
    if (rest == 0) {
      return sign + whole;
    }
    return sign + whole + (rest % 10 == 0 ? "." + rest / 10 : (rest < 10 ? ".0" : ".") + rest);
  }

  private static String superscript(int exponent) {
    StringBuilder out = new StringBuilder(exponent < 0 ? "\u207b" : "");
    for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
      out.append(SUPERSCRIPTS.charAt(digit - '0'));
    }
    return out.toString();
  }

  private static String minus(String text) {
    return text.replace('-', MINUS);
  }
}
