package org.tessera.explain;

import java.util.Locale;

/** Wording that sentences of the trial and its report share. */
public final class Phrases {
  private Phrases() {}

  /** A display name inside a sentence: its first letter is small unless it is an acronym. */
  public static String inSentence(String display) {
    boolean acronym = display.length() > 1 && Character.isUpperCase(display.charAt(1));
    return display.isEmpty() || acronym
        ? display
        : display.substring(0, 1).toLowerCase(Locale.ROOT) + display.substring(1);
  }

  /** A sentence starts with a capital letter. */
  public static String sentence(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** A probability as whole per cent; never 0 or 100, which nobody can know. */
  public static String percent(double probability) {
    double percent = 100 * probability;
    if (percent > 99) {
      return "> 99 %";
    }
    return percent < 1 ? "< 1 %" : String.format(Locale.ROOT, "%.0f %%", percent);
  }

  /** A number of logits. */
  public static String logits(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
