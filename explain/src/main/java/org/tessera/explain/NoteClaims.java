package org.tessera.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.TextSpan;
import org.tessera.omni.signal.NoteStructure;

/**
 * How a note speaks about a term, sentence by sentence. A section on the family or on the past
 * lends its stance to what it states. At most 200 mentions are read, and a sentence in pieces of at
 * most 1,000 characters, so that no note can make this slow.
 */
final class NoteClaims {
  private static final int MAX_MENTIONS = 200;
  private static final int MAX_SENTENCE = 1_000;
  private static final Pattern FAMILY = Pattern.compile("family|가족");
  private static final Pattern PAST = Pattern.compile("past|previous|prior|pmh|과거|기왕");

  private NoteClaims() {}

  static List<Stance> of(NoteEvidence note, Pattern term, Pattern opposite) {
    String text = note.text().text();
    NoteStructure structure = NoteStructure.of(text);
    List<Stance> stances = new ArrayList<>();
    int at = 0;
    int points = 0;
    for (TextSpan span : structure.sentences()) {
      at = text.offsetByCodePoints(at, span.start() - points);
      int end = text.offsetByCodePoints(at, span.end() - span.start());
      points = span.start();
      String sentence = text.substring(at, end);
      List<Stance> found = new ArrayList<>(pieces(sentence, term));
      pieces(sentence, opposite).forEach(stance -> found.add(turned(stance)));
      if (!found.isEmpty()) {
        Optional<Stance> section = structure.sectionOf(span).flatMap(NoteClaims::ofSection);
        found.forEach(stance -> stances.add(section.map(s -> later(s, stance)).orElse(stance)));
      }
      if (stances.size() >= MAX_MENTIONS) {
        break;
      }
    }
    return stances;
  }

  private static List<Stance> pieces(String sentence, Pattern term) {
    if (sentence.length() <= MAX_SENTENCE) {
      return ConText.stances(sentence, term);
    }
    List<Stance> all = new ArrayList<>();
    for (int i = 0; i < sentence.length() && all.size() < MAX_MENTIONS; i += MAX_SENTENCE) {
      int end = Math.min(sentence.length(), i + MAX_SENTENCE);
      all.addAll(ConText.stances(sentence.substring(i, end), term));
    }
    return all;
  }

  /** Who affirms the opposite denies, and the other way round. */
  private static Stance turned(Stance ofOpposite) {
    return switch (ofOpposite) {
      case AFFIRMED -> Stance.NEGATED;
      case NEGATED -> Stance.AFFIRMED;
      case UNCERTAIN, HISTORICAL, FAMILY -> ofOpposite;
    };
  }

  private static Optional<Stance> ofSection(NoteStructure.Section section) {
    if (FAMILY.matcher(section.name()).find()) {
      return Optional.of(Stance.FAMILY);
    }
    return PAST.matcher(section.name()).find() ? Optional.of(Stance.HISTORICAL) : Optional.empty();
  }

  private static Stance later(Stance a, Stance b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
