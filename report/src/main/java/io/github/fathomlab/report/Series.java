package io.github.fathomlab.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One named curve with its band: what the legend says, its look, and the number at each place. */
final class Series {
  private final String name;
  private final Look look;
  private final double[] x;
  private final List<String> places;
  private final Band[] bands;
  private final String markCss;

  /** {@code places} is what the tooltip calls each horizontal place {@code x}. */
  Series(String name, Look look, double[] x, List<String> places, Band[] bands) {
    this(name, look, x, places, bands, "mark");
  }

  private Series(
      String name, Look look, double[] x, List<String> places, Band[] bands, String markCss) {
    this.name = name;
    this.look = look;
    this.x = x;
    this.places = places;
    this.bands = bands;
    this.markCss = markCss;
  }

  /** The same with hollow marks: shown, but not counted. */
  Series hollow() {
    return new Series(name, look, x, places, bands, "mark hollow");
  }

  String markCss() {
    return markCss;
  }

  String name() {
    return name;
  }

  Look look() {
    return look;
  }

  double[] x() {
    return x;
  }

  List<String> places() {
    return places;
  }

  Band[] bands() {
    return bands;
  }

  /**
   * The looks in use: each differs in colour, dash and mark, so that print in grey stays readable.
   */
  enum Look {
    FIRST("c1", "M-3.4,0a3.4,3.4 0 1,0 6.8,0a3.4,3.4 0 1,0 -6.8,0z"),
    SECOND("c2", "M-3.1,-3.1h6.2v6.2h-6.2z"),
    THIRD("c3", "M0,-4.2l4,7h-8z"),
    FOURTH("c4", "M0,4.2l4,-7h-8z"),
    FIFTH("c5", "M-1.3,-4h2.6v2.7h2.7v2.6h-2.7v2.7h-2.6v-2.7h-2.7v-2.6h2.7z"),
    NULL("c0 null", "M0,-4l4,4l-4,4l-4,-4z"),
    /** Numbers that follow from a formula. */
    EXACT("exact", "M-6.5,-1h13v2h-13z"),
    /** Single networks behind what is judged. */
    SCATTER("c0 faint", "M-2.6,0a2.6,2.6 0 1,0 5.2,0a2.6,2.6 0 1,0 -5.2,0z"),
    /** The nulls of the first two. */
    FIRST_NULL("c1 null", "M0,-4l4,4l-4,4l-4,-4z"),
    SECOND_NULL("c2 null", "M0,-4l4,4l-4,4l-4,-4z"),
    /** A ramp for lengths: the longer the darker, on dark paper the dimmer. */
    SHORTEST("x1", "M-3.4,0a3.4,3.4 0 1,0 6.8,0a3.4,3.4 0 1,0 -6.8,0z"),
    SHORTER("x2", "M-3.1,-3.1h6.2v6.2h-6.2z"),
    SHORT("x3", "M0,-4.2l4,7h-8z"),
    LONG("x4", "M0,4.2l4,-7h-8z"),
    LONGER("x5", "M-1.3,-4h2.6v2.7h2.7v2.6h-2.7v2.7h-2.6v-2.7h-2.7v-2.6h2.7z"),
    LONGEST("x6", "M-4.4,-2h8.8v4h-8.8z");

    private static final List<Look> IN_TURN = List.of(FIRST, SECOND, THIRD, FOURTH, FIFTH);
    private static final List<Look> RAMP = List.of(SHORTEST, SHORTER, SHORT, LONG, LONGER, LONGEST);

    final String css;
    final String mark;

    Look(String css, String mark) {
      this.css = css;
      this.mark = mark;
    }

    /** The look of the i-th of several curves of equal rank; the sixth looks like the first. */
    static Look of(int index) {
      return IN_TURN.get(index % IN_TURN.size());
    }

    /** The look of the i-th of n lengths in their order, from the shortest to the longest. */
    static Look ofLength(int index, int n) {
      return RAMP.get(n < 2 ? 0 : (int) Math.round((RAMP.size() - 1.0) * index / (n - 1)));
    }
  }

  /** The numbers of a list of bands in columns, as the page's script reads them. */
  static Map<String, Object> columns(Band[] bands, Notes notes) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("mean", Markup.numbers(Arrays.stream(bands).mapToDouble(Band::mean).toArray()));
    data.put("low", Markup.numbers(Arrays.stream(bands).mapToDouble(Band::low).toArray()));
    data.put("high", Markup.numbers(Arrays.stream(bands).mapToDouble(Band::high).toArray()));
    data.put("n", Arrays.stream(bands).mapToInt(Band::replicas).toArray());
    data.put("note", Arrays.stream(bands).mapToInt(band -> notes.index(band.note())).toArray());
    return data;
  }

  Map<String, Object> data(Notes notes) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", name);
    data.put("look", look.css);
    data.put("shape", look.mark);
    data.put("x", Markup.numbers(x));
    data.put("places", places);
    data.putAll(columns(bands, notes));
    return data;
  }
}
