package org.tessera.validation.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.TextSpan;
import org.tessera.omni.token.Canvas;
import org.tessera.omni.token.ImageSegment;
import org.tessera.omni.token.NoteSegment;
import org.tessera.omni.token.Position;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.Token;
import org.tessera.omni.token.TokenSequence;

/** Radiographs as canvases, notes as one token: as much as {@link CentreModel} reads. */
final class CanvasSequencer implements Sequencer {
  @Override
  public TokenSequence build(PatientCase patientCase) throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (Evidence evidence : patientCase.evidence()) {
      if (evidence instanceof ImageEvidence image) {
        Canvas canvas = Canvas.of(image.pixels(), image.orientation(), 1, ImageSegment.SIDE);
        List<Token> tokens = new ArrayList<>();
        int patch = ImageSegment.SIDE / ImageSegment.GRID;
        for (int i = 0; i < ImageSegment.GRID * ImageSegment.GRID; i++) {
          int x = i % ImageSegment.GRID * patch;
          int y = i / ImageSegment.GRID * patch;
          tokens.add(
              new Token(
                  Modality.IMAGE,
                  image.id(),
                  canvas.toSource(x, y, patch, patch),
                  Position.ORIGIN));
        }
        segments.add(new ImageSegment(image.id(), tokens, canvas.samples()));
      } else if (evidence instanceof NoteEvidence note) {
        Token word = new Token(Modality.NOTE, note.id(), new TextSpan(0, 1), Position.ORIGIN);
        segments.add(
            new NoteSegment(note.id(), List.of(word), new float[NoteSegment.FEATURES]));
      }
    }
    return new TokenSequence(segments, List.of());
  }
}
