package org.tessera.omni.assertion;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.tessera.casemodel.TextSpan;

/**
 * How a sentence speaks about a term: affirmed, uncertain, historical, denied, hypothetical, or of
 * somebody else.
 *
 * <p>The algorithm of Harkema et al. 2009: cue words open a scope ahead of or behind themselves; a
 * scope ends at words that turn the sentence, and at the sentence's end; of overlapping cues the
 * longest counts; the section lends its stance to what it states. Rules, not understanding: that is
 * why the check that uses it only warns. Stateless.
 */
public final class ConText {
  private static final int MAX_MENTIONS = 20;

  private ConText() {}

  /** As {@link #stances(String, String, Pattern)}, in a section that says nothing. */
  public static List<Stance> stances(String sentence, Pattern term) {
    return stances(sentence, "", term);
  }

  /**
   * How the sentence speaks about each mention of a term (the first 20), in order; empty if it is
   * not mentioned.
   *
   * @param sentence one sentence
   * @param section heading of the section that it stands in; empty if there is none
   * @param term matches lower-case text
   */
  public static List<Stance> stances(String sentence, String section, Pattern term) {
    String text = lowered(sentence);
    List<MatchResult> places = term.matcher(text).results().limit(MAX_MENTIONS).toList();
    if (places.isEmpty()) {
      return List.of();
    }
    BitSet mentioned = new BitSet();
    places.forEach(place -> mentioned.set(place.start(), place.end()));
    List<Cue> cues = Mention.distinct(Lexicon.cues(text), mentioned);
    Optional<Stance> lent = SectionStance.of(section);
    return places.stream()
        .map(place -> stance(new Mention(text, place.start(), place.end(), cues), lent))
        .toList();
  }

  /**
   * How the sentence speaks about each of these words, as if each alone were the term, in order.
   *
   * @param sentence one sentence
   * @param section heading of the section that it stands in; empty if there is none
   * @param words places in the sentence, in UTF-16 units, none of them empty
   */
  static List<Stance> ofWords(String sentence, String section, List<TextSpan> words) {
    String lowered = lowered(sentence);
    String text = lowered.length() == sentence.length() ? lowered : sentence;
    List<Cue> all = Lexicon.cues(text);
    Optional<Stance> lent = SectionStance.of(section);
    return words.stream()
        .map(
            word -> {
              BitSet mentioned = new BitSet();
              mentioned.set(word.start(), word.end());
              List<Cue> cues = Mention.distinct(all, mentioned);
              return stance(new Mention(text, word.start(), word.end(), cues), lent);
            })
        .toList();
  }

  private static String lowered(String sentence) {
    return sentence.toLowerCase(Locale.ROOT).replaceAll("\\s", " ");
  }

  private static Stance stance(Mention mention, Optional<Stance> lent) {
    Stance own = stance(mention);
    return lent.filter(each -> applies(each, mention)).map(each -> later(each, own)).orElse(own);
  }

  private static Stance stance(Mention mention) {
    return SignList.of(mention.text(), mention.start(), mention.end())
        .or(
            () ->
                mention.cues().stream()
                    .filter(cue -> Scope.reaches(cue, mention))
                    .map(Cue::stance)
                    .reduce(ConText::later))
        .orElse(Stance.AFFIRMED);
  }

  /** A sentence may say that it is about the patient, or about now, whatever the heading. */
  private static boolean applies(Stance section, Mention mention) {
    return switch (section) {
      case FAMILY -> !mention.has(Cue.Role.SUBJECT, 0, mention.start());
      case HISTORICAL -> !Scope.current(mention);
      case AFFIRMED, UNCERTAIN, NEGATED, HYPOTHETICAL -> true;
    };
  }

  private static Stance later(Stance a, Stance b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
