package org.tessera.explain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** WCAG 2.2, 1.4.3 (text: 4.5 to 1) and 1.4.11 (signs: 3 to 1). */
@DisplayName("The colours of the page")
class ContrastTest {
  private static final Pattern VARIABLE = Pattern.compile("--([a-z0-9-]+): #([0-9a-f]{6})");

  @Test
  @DisplayName("can be told apart by everybody, in the light and in the dark")
  void contrast() throws IOException {
    String css;
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String[] themes = css.split(":root \\{");
    assertThat(themes).hasSize(4);
    for (int theme = 1; theme < themes.length; theme++) {
      Map<String, Integer> colours = colours(themes[1]);
      colours.putAll(colours(themes[theme].split("\\}")[0]));
      for (String ground : List.of("page", "card")) {
        for (String ink : List.of("ink", "soft", "link", "good", "warn", "bad")) {
          assertContrast(colours, theme, ink, ground, 4.5);
        }
      }
      for (String mark : List.of("mark-1", "mark-2", "mark-3")) {
        assertContrast(colours, theme, "mark-ink", mark, 4.5);
      }
      assertContrast(colours, theme, "cut", "link", 4.5);
      for (String bar : List.of("towards", "away")) {
        assertContrast(colours, theme, bar, "card", 3);
      }
    }
  }

  private static void assertContrast(
      Map<String, Integer> colours, int theme, String ink, String ground, double least) {
    double a = luminance(Objects.requireNonNull(colours.get(ink), ink));
    double b = luminance(Objects.requireNonNull(colours.get(ground), ground));
    double ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    assertThat(ratio)
        .as("theme %d: %s on %s", theme, ink, ground)
        .isGreaterThanOrEqualTo(least);
  }

  private static Map<String, Integer> colours(String css) {
    Map<String, Integer> colours = new HashMap<>();
    Matcher matcher = VARIABLE.matcher(css.split("\\}")[0]);
    while (matcher.find()) {
      colours.put(matcher.group(1), Integer.valueOf(matcher.group(2), 16));
    }
    return colours;
  }

  private static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16 & 0xFF)
        + 0.7152 * linear(rgb >> 8 & 0xFF)
        + 0.0722 * linear(rgb & 0xFF);
  }

  private static double linear(int value) {
    double part = value / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
