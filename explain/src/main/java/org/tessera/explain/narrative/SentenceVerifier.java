package org.tessera.explain.narrative;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tessera.casemodel.NarrativeSentence;
import org.tessera.casemodel.TextSpan;
import org.tessera.omni.assertion.ConText;
import org.tessera.omni.assertion.Stance;
import org.tessera.omni.signal.NoteStructure;

/**
 * Holds a text from outside, for example a remote model's, against the supported findings: what
 * none of them entails is struck out, with the reason.
 *
 * <p>Strict by construction. A sentence stands only if it names a supported finding, speaks of it
 * as there and now and in the patient, gives it no side, severity, change or number that it does
 * not have, and has no word left that could be a claim of its own ({@code neutral.words}). So an
 * unknown word costs a true sentence, never lets an invented one through. English only; text in
 * another script does not stand. Stateless.
 */
public final class SentenceVerifier {
  private static final int MAX_TEXT = 20_000;
  private static final int MAX_SENTENCE = 1_000;
  private static final Pattern NUMBER =
      Pattern.compile(
          "(\\d+(?:[.,]\\d+)?)\\s*-?(%|per ?cent|mm|cm|millimet(?:re|er)s?|"
              + "centimet(?:re|er)s?|ml|cc|l(?:it(?:re|er)s?)?|days?|weeks?|months?|years?|°c)?"
              + "(?![\\p{L}\\d])");
  private static final Pattern COMPARED =
      Pattern.compile(
          "(?:\\b(?:over|above|below|under|beyond|than|least|most|exceeding|to|from)"
              + "|[<>≤≥=~±-])\\s*$");
  private static final Pattern OF_THRESHOLD =
      Pattern.compile("\\b(?:operating point|threshold)\\b");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’-]*");

  private SentenceVerifier() {}

  /**
   * The sentences of a text, in order; those that do not stand say why.
   *
   * @param text of at most 20,000 characters; what is longer is struck as one sentence
   * @param supported what may be said
   */
  public static List<NarrativeSentence> verify(String text, List<Supported> supported) {
    if (text.length() > MAX_TEXT) {
      return List.of(
          struck(text.substring(0, MAX_SENTENCE), "The text is longer than what is read."));
    }
    List<NarrativeSentence> sentences = new ArrayList<>();
    for (String sentence : split(text)) {
      Optional<String> objection = objection(sentence, supported);
      sentences.add(
          objection.isPresent()
              ? struck(sentence, objection.get())
              : new NarrativeSentence(
                  sentence, ids(sentence, supported), true, Optional.empty()));
    }
    return sentences;
  }

  private static NarrativeSentence struck(String sentence, String reason) {
    return new NarrativeSentence(sentence, List.of(), false, Optional.of(reason));
  }

  private static List<String> split(String text) {
    return NoteStructure.of(text).sentences().stream()
        .map(span -> words(text, span))
        .flatMap(sentence -> Pattern.compile("\\R|;").splitAsStream(sentence))
        .map(String::strip)
        .filter(sentence -> !sentence.isEmpty())
        .toList();
  }

  private static String words(String text, TextSpan span) {
    int start = text.offsetByCodePoints(0, span.start());
    return text.substring(start, text.offsetByCodePoints(start, span.end() - span.start()));
  }

  private static List<String> ids(String sentence, List<Supported> supported) {
    return named(sentence.toLowerCase(Locale.ROOT), supported).stream()
        .map(Supported::id)
        .toList();
  }

  private static List<Supported> named(String sentence, List<Supported> supported) {
    return supported.stream().filter(each -> each.term().matcher(sentence).find()).toList();
  }

  /** Why a sentence may not stand; empty if it may. */
  static Optional<String> objection(String sentence, List<Supported> supported) {
    String text = sentence.toLowerCase(Locale.ROOT);
    if (text.length() > MAX_SENTENCE) {
      return Optional.of("It is too long to be read as one sentence.");
    }
    List<Supported> named = named(text, supported);
    if (named.isEmpty()) {
      return Optional.of("It names no supported finding.");
    }
    return named.stream()
        .flatMap(each -> ConText.stances(text, each.term()).stream())
        .flatMap(stance -> objection(stance).stream())
        .findFirst()
        .or(() -> rest(text, named));
  }

  private static Optional<String> objection(Stance stance) {
    return switch (stance) {
      case AFFIRMED, UNCERTAIN -> Optional.empty();
      case NEGATED -> Optional.of("It denies a finding that is supported.");
      case HISTORICAL -> Optional.of("It puts into the past what was found now.");
      case HYPOTHETICAL -> Optional.of("It speaks of what may come, not of what was found.");
      case FAMILY -> Optional.of("It speaks of somebody else than the patient.");
    };
  }

  private static Optional<String> rest(String sentence, List<Supported> named) {
    StringBuilder left = new StringBuilder(sentence);
    List<Integer> places = new ArrayList<>();
    List<Supported> owners = new ArrayList<>();
    for (Supported each : named) {
      Matcher matcher = each.term().matcher(sentence);
      while (matcher.find()) {
        places.add((matcher.start() + matcher.end()) / 2);
        owners.add(each);
        blank(left, matcher);
      }
    }
    for (Trait trait : Trait.longestFirst()) {
      Matcher matcher =
          Pattern.compile("(?<![\\w-])(?:" + trait.expression() + ")(?![\\w-])").matcher(left);
      while (matcher.find()) {
        Supported owner = nearest(matcher.start(), places, owners);
        if (!owner.traits().contains(trait)) {
          return Optional.of(
              "It gives %s that the finding is not known to have."
                  .formatted(trait.aspect().words()));
        }
        blank(left, matcher);
        matcher.reset(left);
      }
    }
    return numbers(left, places, owners).or(() -> unknown(left));
  }

  private static Optional<String> numbers(
      StringBuilder left, List<Integer> places, List<Supported> owners) {
    boolean threshold = OF_THRESHOLD.matcher(left).find();
    Matcher matcher = NUMBER.matcher(left);
    while (matcher.find()) {
      if (COMPARED.matcher(left).region(0, matcher.start()).find()) {
        return Optional.of("It compares with a number, which no supported finding entails.");
      }
      double value = Double.parseDouble(matcher.group(1).replace(',', '.'));
      String unit = matcher.group(2) == null ? "" : matcher.group(2);
      Quantity said = Quantity.of(value, unit);
      Supported owner = nearest(matcher.start(), places, owners);
      boolean own =
          owner.quantities().stream().anyMatch(said::agrees)
              || threshold && owner.thresholds().stream().anyMatch(said::agrees);
      if (!own) {
        return Optional.of("It gives a number that the finding does not have.");
      }
      blank(left, matcher);
      matcher.reset(left);
    }
    return Optional.empty();
  }

  private static Optional<String> unknown(CharSequence left) {
    return WORD.matcher(left)
        .results()
        .map(word -> word.group())
        .filter(word -> !NeutralWords.contains(word))
        .findFirst()
        .map("It says “%s”, which no supported finding entails."::formatted);
  }

  private static Supported nearest(int at, List<Integer> places, List<Supported> owners) {
    int best = 0;
    for (int i = 1; i < places.size(); i++) {
      if (Math.abs(places.get(i) - at) < Math.abs(places.get(best) - at)) {
        best = i;
      }
    }
    return owners.get(best);
  }

  private static void blank(StringBuilder text, Matcher matcher) {
    for (int i = matcher.start(); i < matcher.end(); i++) {
      text.setCharAt(i, ' ');
    }
  }
}
