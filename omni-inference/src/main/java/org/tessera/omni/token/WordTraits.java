package org.tessera.omni.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tessera.casemodel.TextSpan;
import org.tessera.omni.assertion.NoteClaims;
import org.tessera.omni.assertion.Stance;
import org.tessera.omni.signal.CodePoints;

/**
 * What rules know of the words of a note and pretrained features do not say plainly: how the
 * sentence speaks of each word (ConText), and the value of a number. Stateless.
 */
final class WordTraits {
  /** Numbers per word piece: one per stance, that it is part of a number, its size, its warmth. */
  static final int COUNT = Stance.values().length + 3;

  /** So that one trait weighs as much as several of the features, which have unit variance. */
  private static final float WEIGHT = 4;

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\d.,])(\\d{1,9}(?:[.,]\\d{1,3})?)(?!\\d)(\\s?(?:°\\s?|degrees\\s)?f\\b)?",
          Pattern.CASE_INSENSITIVE);

  private WordTraits() {}

  /** A number of the text, in UTF-16 units. */
  private record Value(int start, int end, double value, boolean fahrenheit) {
    /** As a body temperature, 0 at 37.5 degrees Celsius and 1 at 39; 0 if it can be none. */
    double warmth() {
      double celsius = fahrenheit ? (value - 32) / 1.8 : value;
      return celsius < 34 || celsius > 43 ? 0 : Math.clamp((celsius - 37.5) / 1.5, -2, 2);
    }
  }

  /**
   * The traits of the pieces of a text.
   *
   * @param spans of the pieces, in code points, in reading order
   * @return (pieces, {@link #COUNT}), row by row
   */
  static float[] of(String text, List<TextSpan> spans) {
    CodePoints points = new CodePoints(text);
    List<TextSpan> pieces =
        spans.stream()
            .map(span -> new TextSpan(points.index(span.start()), points.index(span.end())))
            .toList();
    float[] traits = new float[pieces.size() * COUNT];
    List<Optional<Stance>> stances = NoteClaims.ofWords(text, pieces);
    for (int i = 0; i < pieces.size(); i++) {
      int row = i * COUNT;
      stances.get(i).ifPresent(stance -> traits[row + stance.ordinal()] = WEIGHT);
    }
    int end = pieces.isEmpty() ? 0 : pieces.getLast().end();
    number(values(text, end), pieces, traits);
    return traits;
  }

  /** The numbers that begin before a place; what follows the last piece is not looked at. */
  private static List<Value> values(String text, int end) {
    List<Value> values = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find() && matcher.start() < end) {
      values.add(
          new Value(
              matcher.start(1),
              matcher.end(1),
              value(matcher.group(1)),
              matcher.group(2) != null));
    }
    return values;
  }

  /** A comma before three digits parts thousands, before fewer it is a decimal one. */
  private static double value(String number) {
    int comma = number.indexOf(',');
    boolean thousands = comma >= 0 && number.length() - comma == 4;
    return Double.parseDouble(number.replace(",", thousands ? "" : "."));
  }

  private static void number(List<Value> values, List<TextSpan> pieces, float[] traits) {
    int next = 0;
    for (int i = 0; i < pieces.size() && next < values.size(); i++) {
      TextSpan piece = pieces.get(i);
      while (next < values.size() && values.get(next).end() <= piece.start()) {
        next++;
      }
      if (next < values.size()
          && values.get(next).start() <= piece.start()
          && piece.end() <= values.get(next).end()) {
        int row = i * COUNT + Stance.values().length;
        Value number = values.get(next);
        traits[row] = WEIGHT;
        traits[row + 1] = (float) (WEIGHT * Math.log10(1 + number.value()));
        traits[row + 2] = (float) (WEIGHT * number.warmth());
      }
    }
  }
}
