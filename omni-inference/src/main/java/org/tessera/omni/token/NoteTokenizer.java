package org.tessera.omni.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NoteEvidence;

/** A note as word pieces. */
public final class NoteTokenizer {
  private NoteTokenizer() {}

  /**
   * Reads a note.
   *
   * @param evidence the note
   * @param notices told what was left out
   * @return empty if the note has no word that the tokenizer knows
   */
  public static Optional<NoteSegment> segment(NoteEvidence evidence, Consumer<String> notices) {
    TextFeatures.Encoded encoded = TextFeatures.shared().encode(evidence.text().text());
    if (encoded.spans().isEmpty()) {
      notices.accept("The note %s has no words that can be read.".formatted(evidence.id()));
      return Optional.empty();
    }
    if (encoded.total() > encoded.spans().size()) {
      notices.accept(
          "Of the %,d word pieces of the note %s only the first %d are read."
              .formatted(encoded.total(), evidence.id(), encoded.spans().size()));
    }
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < encoded.spans().size(); i++) {
      tokens.add(
          new Token(
              Modality.NOTE, evidence.id(), encoded.spans().get(i), new Position(i, 0, 0)));
    }
    float[] traits = WordTraits.of(evidence.text().text(), encoded.spans());
    return Optional.of(
        new NoteSegment(evidence.id(), tokens, rows(encoded.features(), traits, tokens.size())));
  }

  /** Features and traits of each piece, one behind the other. */
  private static float[] rows(float[] features, float[] traits, int pieces) {
    float[] rows = new float[pieces * NoteSegment.FEATURES];
    for (int i = 0; i < pieces; i++) {
      int row = i * NoteSegment.FEATURES;
      System.arraycopy(
          features, i * TextFeatures.FEATURES, rows, row, TextFeatures.FEATURES);
      System.arraycopy(
          traits, i * WordTraits.COUNT, rows, row + TextFeatures.FEATURES, WordTraits.COUNT);
    }
    return rows;
  }
}
