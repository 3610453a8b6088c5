package org.tessera.omni.token;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;

/** An image as 14 x 14 patches of its upright, letterboxed canvas. */
public final class ImageTokenizer {
  private ImageTokenizer() {}

  /**
   * Reads an image; of several frames the middle one.
   *
   * @param evidence the image
   * @param time the case's time axis
   * @param notices told what was left out
   * @throws IOException if the pixels cannot be decoded
   */
  public static ImageSegment segment(
      ImageEvidence evidence, CaseTime time, Consumer<String> notices) throws IOException {
    int frames = evidence.pixels().frames();
    int frame = (frames + 1) / 2;
    if (frames > 1) {
      notices.accept(
          "Of the %d frames of %s only the middle one (%d) is read."
              .formatted(frames, evidence.id(), frame));
    }
    Canvas canvas =
        Canvas.of(evidence.pixels(), evidence.orientation(), frame, ImageSegment.SIDE);
    double days = time.days(evidence.origin().acquired()).orElse(0.0);
    return new ImageSegment(evidence.id(), tokens(evidence.id(), canvas, days), canvas.samples());
  }

  private static List<Token> tokens(String id, Canvas canvas, double days) {
    int patch = ImageSegment.SIDE / ImageSegment.GRID;
    List<Token> tokens = new ArrayList<>();
    for (int row = 0; row < ImageSegment.GRID; row++) {
      for (int column = 0; column < ImageSegment.GRID; column++) {
        tokens.add(
            new Token(
                Modality.IMAGE,
                id,
                canvas.toSource(column * patch, row * patch, patch, patch),
                new Position(days, row, column)));
      }
    }
    return tokens;
  }
}
