package io.github.fathomlab.report;

import java.util.Map;

/**
 * One drawn figure with the sentences that belong to it.
 *
 * @param id short name, usable as a file name
 * @param title what is drawn
 * @param shows one sentence: what can be read off
 * @param showsNot one sentence: what must not be concluded
 * @param method how the drawn numbers were made: band, binning, marks
 * @param width width in user units
 * @param height height in user units
 * @param body the SVG elements
 * @param data the drawn numbers, for the page's tooltips
 */
public record Figure(
    String id,
    String title,
    String shows,
    String showsNot,
    String method,
    double width,
    double height,
    String body,
    Map<String, Object> data) {

  /** Widths of the two formats: half a page and a full page. */
  static final double HALF = 480;

  static final double FULL = 960;

  /** The figure as an SVG element that takes its colours from the page's style sheet. */
  public String inline() {
    return svg("", "");
  }

  /** The figure as a file of its own: light colours, style and captions inside. */
  public String standalone() {
    String style = "<style>" + Palette.resolveLight(styleSheet()) + "</style>";
    String paper = new Svg().rect(0, 0, width, height, "paper").toString();
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + svg(" xmlns=\"http://www.w3.org/2000/svg\"", style + paper)
        + "\n";
  }

  /** The rules all figures share. */
  static String styleSheet() {
    return Markup.resource("figure.css") + Palette.rampRules();
  }

  private String svg(String namespace, String before) {
    Svg head = new Svg();
    head.element("title", title, "id", id + "-title");
    head.element("desc", shows + " " + method, "id", id + "-desc");
    return "<svg"
        + namespace
        + " class=\"figure\" viewBox=\"0 0 "
        + Numbers.coordinate(width)
        + " "
        + Numbers.coordinate(height)
        + "\" role=\"img\" aria-labelledby=\""
        + id
        + "-title "
        + id
        + "-desc\">"
        + head
        + before
        + body
        + "</svg>";
  }
}
