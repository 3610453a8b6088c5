package org.tessera.omni.assertion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tessera.casemodel.TextSpan;

/**
 * How a note speaks about a term, sentence by sentence. A section on the family, on the past, or of
 * advice for later lends its stance to what it states. At most 200 mentions of a term are read, in
 * pieces of at most 1,000 characters, so that no note can make this slow. Stateless.
 */
public final class NoteClaims {
  private static final int MAX_MENTIONS = 200;

  private NoteClaims() {}

  /**
   * The stances of a note, in order.
   *
   * @param note the text
   * @param term matches lower-case text
   * @param opposite words that deny the term by themselves, such as {@code afebrile}
   */
  public static List<Stance> of(String note, Pattern term, Pattern opposite) {
    List<Stance> stances = new ArrayList<>();
    for (Passage passage : Passage.of(note)) {
      stances.addAll(ConText.stances(passage.text(), passage.heading(), term));
      ConText.stances(passage.text(), passage.heading(), opposite)
          .forEach(stance -> stances.add(turned(stance)));
      if (stances.size() >= MAX_MENTIONS) {
        break;
      }
    }
    return stances;
  }

  /**
   * How a note speaks about each of its words, as if each alone were the term.
   *
   * @param note the text
   * @param words places in the note, in UTF-16 units, in order, none of them empty
   * @return one per word; empty for a word outside every sentence, such as a heading's
   */
  public static List<Optional<Stance>> ofWords(String note, List<TextSpan> words) {
    List<Optional<Stance>> stances = new ArrayList<>();
    int next = 0;
    for (Passage passage : Passage.of(note)) {
      int end = passage.start() + passage.text().length();
      List<TextSpan> inside = new ArrayList<>();
      while (next < words.size() && words.get(next).start() < end) {
        TextSpan word = words.get(next++);
        if (word.start() < passage.start()) {
          stances.add(Optional.empty());
        } else {
          inside.add(
              new TextSpan(
                  word.start() - passage.start(), Math.min(end, word.end()) - passage.start()));
        }
      }
      if (!inside.isEmpty()) {
        ConText.ofWords(passage.text(), passage.heading(), inside)
            .forEach(stance -> stances.add(Optional.of(stance)));
      }
    }
    while (stances.size() < words.size()) {
      stances.add(Optional.empty());
    }
    return stances;
  }

  /** Who affirms the opposite denies, and the other way round. */
  private static Stance turned(Stance ofOpposite) {
    return switch (ofOpposite) {
      case AFFIRMED -> Stance.NEGATED;
      case NEGATED -> Stance.AFFIRMED;
      case UNCERTAIN, HISTORICAL, HYPOTHETICAL, FAMILY -> ofOpposite;
    };
  }
}
