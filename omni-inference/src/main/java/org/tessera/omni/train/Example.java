package org.tessera.omni.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.TokenMarks;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.TokenSequence;

/**
 * A labelled row, decoded and kept in memory.
 *
 * @param row what it is
 * @param canvases upright grey squares of edge {@link #CANVAS}, one byte per sample, larger than
 *     the model's so that crops can be cut out
 * @param logMel (frames, mels) of the whole recording, at most {@link #MAX_FRAMES}; empty if there
 *     is none
 * @param signs where a phantom's image, tissue or sound shows its sign, absent where nothing is
 *     known
 * @param places where its note and record state what decides a finding
 * @param sequence tokens as inference makes them
 */
@SuppressWarnings("ArrayRecordComponent")
record Example(
    LabelledRow row,
    Map<Modality, byte[]> canvases,
    float[] logMel,
    Map<Modality, SignMask> signs,
    List<TokenMarks> places,
    TokenSequence sequence) {
  static final int CANVAS = 256;
  static final int MAX_FRAMES = 1_200;

  boolean has(Modality modality) {
    return segment(modality).isPresent();
  }

  Optional<Segment> segment(Modality modality) {
    return sequence.segments().stream()
        .filter(segment -> segment.modality() == modality)
        .findFirst();
  }
}
