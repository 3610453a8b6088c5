package org.tessera.omni.signal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** The dominant language of a note, by script and stop words. */
public enum NoteLanguage {
  /** English. */
  ENGLISH("en"),
  /** Korean. */
  KOREAN("ko"),
  /** Anything else, or too little to tell. */
  OTHER("other");

  private static final Set<String> ENGLISH_WORDS =
      Set.of(
          "the", "of", "and", "is", "are", "was", "were", "with", "without", "no", "not", "to",
          "in", "for", "or", "there", "has", "have", "on", "by", "at", "normal", "chest", "patient",
          "left", "right", "findings", "impression", "history", "year", "old", "denies",
          "cough", "fever");
  /** Words of German, French, Spanish, Portuguese and Italian that English does not have. */
  private static final Set<String> OTHER_WORDS =
      Set.of(
          "der", "die", "das", "und", "ist", "kein", "keine", "mit", "ohne", "nicht", "le", "la",
          "les", "des", "du", "et", "est", "une", "un", "pas", "avec", "sans", "el", "los", "las",
          "del", "y", "con", "sin", "es", "se", "que", "sem", "com", "da", "os", "il", "di", "non",
          "della", "nella", "per", "senza");

  private static final double ENGLISH_SHARE = 0.08;
  private static final double HANGUL_SHARE = 0.25;

  private final String code;

  NoteLanguage(String code) {
    this.code = code;
  }

  /** {@code en}, {@code ko} or {@code other}. */
  public String code() {
    return code;
  }

  /**
   * The language of a text. Korean notes are full of English terms: a quarter of Hangul is enough.
   */
  public static NoteLanguage of(String text) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    long hangul = count(text, Character.UnicodeScript.HANGUL);
    long latin = count(text, Character.UnicodeScript.LATIN);
    if (letters == 0) {
      return OTHER;
    }
    if (hangul >= HANGUL_SHARE * letters) {
      return KOREAN;
    }
    String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+");
    long known = Arrays.stream(words).filter(ENGLISH_WORDS::contains).count();
    boolean english = known > 0 && known >= ENGLISH_SHARE * words.length;
    long foreign = Arrays.stream(words).filter(OTHER_WORDS::contains).count();
    return english && known > foreign && latin >= 0.9 * letters ? ENGLISH : OTHER;
  }

  private static long count(String text, Character.UnicodeScript script) {
    return text.codePoints()
        .filter(Character::isLetter)
        .filter(each -> Character.UnicodeScript.of(each) == script)
        .count();
  }
}
