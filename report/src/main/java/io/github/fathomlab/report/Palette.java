package io.github.fathomlab.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The colours of all figures, light and dark, as CSS variables; series differ in lightness too, for
 * print.
 */
final class Palette {
  /** Levels of the sequential ramp q0 (paper) to q31 (ink). */
  static final int LEVELS = 32;

  /** Levels of the diverging ramp d0 (one side) over its grey middle to d24 (the other side). */
  static final int DIVERGING_LEVELS = 25;

  private static final int[] RAMP_LIGHT = {
    0xf6f9fb, 0xd3e3ec, 0x93bfd3, 0x4b8fb3, 0x1f6088, 0x0c3455, 0x071a30
  };
  private static final int[] RAMP_DARK = {
    0x18212c, 0x1d3a52, 0x235e85, 0x3b89b3, 0x76b5d1, 0xa5d0e2, 0xd3e9f2
  };
  private static final int[] DIVERGING_LIGHT = {0xe58a4b, 0xf2c4a0, 0xf4f5f7, 0xa6cbe6, 0x559ad0};
  private static final int[] DIVERGING_DARK = {0xa9531c, 0x653a22, 0x1b222c, 0x1f4568, 0x2a72ad};
  private static final Map<String, String[]> COLOURS = new LinkedHashMap<>();

  static {
    COLOURS.put("paper", new String[] {"#ffffff", "#11151c"});
    COLOURS.put("panel", new String[] {"#f7f8fa", "#181e28"});
    COLOURS.put("ink", new String[] {"#18202c", "#e6eaf0"});
    COLOURS.put("muted", new String[] {"#586374", "#9ca8b8"});
    COLOURS.put("rule", new String[] {"#c9cfd8", "#39434f"});
    COLOURS.put("grid", new String[] {"#e9ecf0", "#222a35"});
    COLOURS.put("c0", new String[] {"#7b8593", "#8e99a8"});
    COLOURS.put("c1", new String[] {"#0b5fa5", "#68b2f2"});
    COLOURS.put("c2", new String[] {"#c8561b", "#f29a66"});
    COLOURS.put("c3", new String[] {"#00796b", "#4cc7b2"});
    COLOURS.put("c4", new String[] {"#8a3f9e", "#cf8ce0"});
    COLOURS.put("c5", new String[] {"#8a6a00", "#d9b64a"});
    COLOURS.put("x1", new String[] {"#d9822b", "#f7c777"});
    COLOURS.put("x2", new String[] {"#cb5a3f", "#f2a06a"});
    COLOURS.put("x3", new String[] {"#b03a63", "#e87a83"});
    COLOURS.put("x4", new String[] {"#86297f", "#cf62a6"});
    COLOURS.put("x5", new String[] {"#561d80", "#a85fc9"});
    COLOURS.put("x6", new String[] {"#2a1560", "#7e66d8"});
    COLOURS.put("ok", new String[] {"#2f9480", "#3fae97"});
    COLOURS.put("bad", new String[] {"#c0391f", "#f0705a"});
    COLOURS.put("open", new String[] {"#8a6a00", "#d9b64a"});
  }

  private Palette() {}

  /** The variables for a page: light, and dark for screens that ask for it. */
  static String css() {
    return ":root{color-scheme:light dark;"
        + variables(0)
        + "}\n@media screen and (prefers-color-scheme:dark){:root{"
        + variables(1)
        + "}}\n";
  }

  /** Replaces var(--name) by light colours, for programs that know no CSS variables. */
  static String resolveLight(String css) {
    String out = css;
    for (Map.Entry<String, String[]> colour : COLOURS.entrySet()) {
      out = out.replace("var(--" + colour.getKey() + ")", colour.getValue()[0]);
    }
    for (int level = 0; level < LEVELS; level++) {
      out = out.replace("var(--q" + level + ")", ramp(RAMP_LIGHT, level, LEVELS));
    }
    for (int level = 0; level < DIVERGING_LEVELS; level++) {
      String colour = ramp(DIVERGING_LIGHT, level, DIVERGING_LEVELS);
      out = out.replace("var(--d" + level + ")", colour);
    }
    return out;
  }

  /** The rules that fill elements of class q0..q31 and d0..d24 with the ramps. */
  static String rampRules() {
    StringBuilder out = new StringBuilder();
    for (int level = 0; level < LEVELS; level++) {
      out.append(".q").append(level).append("{fill:var(--q").append(level).append(")}");
    }
    for (int level = 0; level < DIVERGING_LEVELS; level++) {
      out.append(".d").append(level).append("{fill:var(--d").append(level).append(")}");
    }
    return out.append('\n').toString();
  }

  private static String variables(int mode) {
    StringBuilder out = new StringBuilder();
    COLOURS.forEach((name, values) ->
        out.append("--").append(name).append(':').append(values[mode]).append(';'));
    variables(out, 'q', mode == 0 ? RAMP_LIGHT : RAMP_DARK, LEVELS);
    variables(out, 'd', mode == 0 ? DIVERGING_LIGHT : DIVERGING_DARK, DIVERGING_LEVELS);
    return out.toString();
  }

  private static void variables(StringBuilder out, char ramp, int[] stops, int levels) {
    for (int level = 0; level < levels; level++) {
      out.append("--").append(ramp).append(level).append(':');
      out.append(ramp(stops, level, levels)).append(';');
    }
  }

  private static String ramp(int[] stops, int level, int levels) {
    double place = (double) level / (levels - 1) * (stops.length - 1);
    int below = (int) Math.min(place, stops.length - 2);
    double share = place - below;
    StringBuilder out = new StringBuilder("#");
    for (int shift = 16; shift >= 0; shift -= 8) {
      double from = stops[below] >> shift & 255;
      double to = stops[below + 1] >> shift & 255;
      String hex = Integer.toHexString((int) Math.round(from + share * (to - from)));
      out.append(hex.length() == 1 ? "0" : "").append(hex);
    }
    return out.toString();
  }
}
