package io.github.fathomlab.report;

/** Writes well-formed SVG: escapes text, formats coordinates, keeps the order of calls. */
final class Svg {
  private final StringBuilder out = new StringBuilder();

  /** Opens an element; attributes are name, value, name, value; numbers become coordinates. */
  Svg open(String tag, Object... attributes) {
    start(tag, attributes);
    out.append('>');
    return this;
  }

  /** An element without content. */
  Svg leaf(String tag, Object... attributes) {
    start(tag, attributes);
    out.append("/>");
    return this;
  }

  Svg close(String tag) {
    out.append("</").append(tag).append('>');
    return this;
  }

  /** Elements that were drawn elsewhere. */
  Svg append(String elements) {
    out.append(elements);
    return this;
  }

  /** A text element. */
  Svg text(double x, double y, String cssClass, String content) {
    open("text", "x", x, "y", y, "class", cssClass);
    out.append(Markup.escape(content));
    return close("text");
  }

  /** A text in which an underscore makes the next character a subscript. */
  Svg formula(double x, double y, String cssClass, String content) {
    open("text", "x", x, "y", y, "class", cssClass);
    String[] parts = content.split("_", -1);
    out.append(Markup.escape(parts[0]));
    for (int i = 1; i < parts.length; i++) {
      element("tspan", parts[i].substring(0, 1), "class", "sub", "dy", 3);
      element("tspan", parts[i].substring(1), "dy", -3);
    }
    return close("text");
  }

  /** An element whose content is text, such as a title. */
  Svg element(String tag, String content, Object... attributes) {
    open(tag, attributes);
    out.append(Markup.escape(content));
    return close(tag);
  }

  Svg line(double x1, double y1, double x2, double y2, String cssClass) {
    return leaf("line", "x1", x1, "y1", y1, "x2", x2, "y2", y2, "class", cssClass);
  }

  Svg rect(double x, double y, double width, double height, String cssClass) {
    return leaf("rect", "x", x, "y", y, "width", width, "height", height, "class", cssClass);
  }

  private void start(String tag, Object... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String text =
          value instanceof Number number
              ? Numbers.coordinate(number.doubleValue())
              : Markup.escape(String.valueOf(value));
      out.append(' ').append(attributes[i]).append("=\"").append(text).append('"');
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
