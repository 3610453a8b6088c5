package org.tessera.explain.assertion;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a note speaks about a term, sentence by sentence. A section on the family, on the past, or of
 * advice for later lends its stance to what it states. At most 200 mentions are read, in pieces of
 * at most 1,000 characters, so that no note can make this slow. Stateless.
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

  /** Who affirms the opposite denies, and the other way round. */
  private static Stance turned(Stance ofOpposite) {
    return switch (ofOpposite) {
      case AFFIRMED -> Stance.NEGATED;
      case NEGATED -> Stance.AFFIRMED;
      case UNCERTAIN, HISTORICAL, HYPOTHETICAL, FAMILY -> ofOpposite;
    };
  }
}
