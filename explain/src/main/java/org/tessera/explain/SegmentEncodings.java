package org.tessera.explain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.Token;
import org.tessera.omni.token.TokenSequence;

/**
 * Encodings of segments, each made once (by identity): a changed case shares with the case what was
 * not changed. Not safe for several threads.
 */
final class SegmentEncodings {
  private final OmniModel model;
  private final Map<Segment, EncodedCase> known = new IdentityHashMap<>();
  private final List<Segment> made = new ArrayList<>();

  SegmentEncodings(OmniModel model) {
    this.model = model;
  }

  /** Encodes what these sequences have that was not encoded yet, in one call of the model. */
  void add(Collection<TokenSequence> sequences) {
    Map<Segment, Segment> asked = new IdentityHashMap<>();
    List<Segment> missing = new ArrayList<>();
    for (TokenSequence sequence : sequences) {
      for (Segment segment : sequence.segments()) {
        if (!known.containsKey(segment) && asked.put(segment, segment) == null) {
          missing.add(segment);
        }
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    TokenSequence all = new TokenSequence(missing, List.of());
    EncodedCase encoded = model.encode(all);
    int at = 0;
    for (Segment segment : all.segments()) {
      int count = segment.tokens().size() * encoded.width();
      float[] part = new float[count];
      System.arraycopy(encoded.embeddings(), at, part, 0, count);
      known.put(segment, new EncodedCase(segment.tokens(), part, encoded.width()));
      made.add(segment);
      at += count;
    }
  }

  /** The encoding of a sequence. */
  EncodedCase of(TokenSequence sequence) {
    add(List.of(sequence));
    List<Token> tokens = sequence.tokens();
    List<EncodedCase> parts = sequence.segments().stream().map(this::part).toList();
    int width = parts.getFirst().width();
    float[] embeddings = new float[tokens.size() * width];
    int at = 0;
    for (EncodedCase part : parts) {
      System.arraycopy(part.embeddings(), 0, embeddings, at, part.embeddings().length);
      at += part.embeddings().length;
    }
    return new EncodedCase(tokens, embeddings, width);
  }

  private EncodedCase part(Segment segment) {
    EncodedCase part = known.get(segment);
    if (part == null) {
      throw new IllegalStateException("A segment was not encoded.");
    }
    return part;
  }

  /** Everything that was encoded so far, as one sequence. */
  TokenSequence all() {
    return new TokenSequence(made, List.of());
  }
}
