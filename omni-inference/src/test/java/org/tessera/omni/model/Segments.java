package org.tessera.omni.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.TextSpan;
import org.tessera.omni.token.AudioSegment;
import org.tessera.omni.token.ImageSegment;
import org.tessera.omni.token.NoteSegment;
import org.tessera.omni.token.Position;
import org.tessera.omni.token.RecordSegment;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.SlideSegment;
import org.tessera.omni.token.Token;

/** Segments of random numbers, for tests of the machinery only. */
final class Segments {
  private Segments() {}

  static Segment random(Modality modality, int tokens, long seed) {
    Random random = new Random(seed);
    String id = modality.wireName();
    return switch (modality) {
      case IMAGE ->
          new ImageSegment(id, tokens(modality, 196), numbers(224 * 224, random));
      case SLIDE -> new SlideSegment(id, tokens(modality, 49), numbers(224 * 224, random));
      case AUDIO ->
          new AudioSegment(id, tokens(modality, tokens), numbers(tokens * 8 * 64, random));
      case NOTE ->
          new NoteSegment(
              id, tokens(modality, tokens), numbers(tokens * NoteSegment.FEATURES, random));
      case RECORD ->
          new RecordSegment(
              id, tokens(modality, tokens), numbers(tokens * RecordSegment.FEATURES, random));
      case CINE -> throw new IllegalArgumentException("No weights read moving pictures.");
    };
  }

  private static List<Token> tokens(Modality modality, int count) {
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EvidenceRegion region = new TextSpan(i, i + 1);
      tokens.add(new Token(modality, modality.wireName(), region, Position.ORIGIN));
    }
    return tokens;
  }

  private static float[] numbers(int count, Random random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat();
    }
    return numbers;
  }
}
