package org.tessera.validation.phantom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tessera.casemodel.TextSpan;

/**
 * Text grown from templates, with the places of marked words in code points.
 *
 * <p>In a template, {@code (a|b)} draws one of the alternatives, which may nest; <code>{F:a
 * fever}</code> marks words that assert fever, <code>{C:...}</code> words that claim or deny an
 * opacity and <code>{A:...}</code> words about crackles; {@code $name} is replaced by a value. What
 * the words say beside that is noted as they are drawn, never read back out of the text.
 */
final class Phrase {
  private static final Set<String> GENDERED = Set.of("he", "him", "his", "person", "koreanPerson");

  private final Chance chance;
  private final Map<String, String> values;
  private final StringBuilder text = new StringBuilder();
  private final List<TextSpan> fever = new ArrayList<>();
  private final List<TextSpan> claims = new ArrayList<>();
  private final List<TextSpan> crackles = new ArrayList<>();
  private final Map<String, String> said = new HashMap<>();
  private final Map<String, String> wordings = new HashMap<>();
  private boolean gendered;

  Phrase(Chance chance, Map<String, String> values) {
    this.chance = chance;
    this.values = Map.copyOf(values);
  }

  /** Adds text as it stands. */
  void plain(String words) {
    text.append(words);
  }

  /** Adds a template as a sentence: its first letter becomes a capital. */
  void sentence(String template) {
    int start = text.length();
    grow(template);
    text.setCharAt(start, Character.toUpperCase(text.charAt(start)));
  }

  /** Notes what the text says of a fact that another modality may show too. */
  void says(String fact, boolean value) {
    said.put(fact, Boolean.toString(value));
  }

  /** What was noted, by name of the fact. */
  Map<String, String> said() {
    return Map.copyOf(said);
  }

  /** Notes which template a topic was grown from. */
  void worded(String topic, String template) {
    wordings.put(topic, template);
  }

  /** The template of each topic that the text has, by name of the topic. */
  Map<String, String> wordings() {
    return Map.copyOf(wordings);
  }

  /** True if a word of the text tells the sex. */
  boolean isGendered() {
    return gendered;
  }

  String text() {
    return text.toString();
  }

  List<TextSpan> feverWords() {
    return List.copyOf(fever);
  }

  List<TextSpan> claimWords() {
    return List.copyOf(claims);
  }

  List<TextSpan> crackleWords() {
    return List.copyOf(crackles);
  }

  private void grow(String template) {
    int at = 0;
    while (at < template.length()) {
      char here = template.charAt(at);
      switch (here) {
        case '(' -> {
          int end = closing(template, at, '(', ')');
          grow(chance.of(alternatives(template.substring(at + 1, end))));
          at = end + 1;
        }
        case '{' -> {
          int end = closing(template, at, '{', '}');
          mark(template.charAt(at + 1), template.substring(at + 3, end));
          at = end + 1;
        }
        case '$' -> {
          int end = at + 1;
          while (end < template.length() && isNamePart(template.charAt(end))) {
            end++;
          }
          String name = template.substring(at + 1, end);
          text.append(Objects.requireNonNull(values.get(name), name));
          gendered |= GENDERED.contains(name);
          at = end;
        }
        default -> {
          text.append(here);
          at++;
        }
      }
    }
  }

  private static boolean isNamePart(char letter) {
    return letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z';
  }

  private void mark(char kind, String template) {
    int start = text.codePointCount(0, text.length());
    grow(template);
    TextSpan span = new TextSpan(start, text.codePointCount(0, text.length()));
    switch (kind) {
      case 'F' -> fever.add(span);
      case 'C' -> claims.add(span);
      case 'A' -> crackles.add(span);
      default -> throw new IllegalArgumentException("No such mark: " + kind);
    }
  }

  private static int closing(String template, int from, char open, char close) {
    int depth = 0;
    for (int i = from; i < template.length(); i++) {
      char here = template.charAt(i);
      if (here == open) {
        depth++;
      } else if (here == close && --depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("Unclosed " + open + " in: " + template);
  }

  private static List<String> alternatives(String body) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < body.length(); i++) {
      switch (body.charAt(i)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case '|' -> {
          if (depth == 0) {
            parts.add(body.substring(start, i));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    parts.add(body.substring(start));
    return parts;
  }
}
