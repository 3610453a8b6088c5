package org.tessera.explain;

import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;

/**
 * Evidence without some of its regions: pixels filled in from around, frames in whose place their
 * neighbour is held, words taken out, seconds silent, statements gone. What comes back is evidence
 * like any other, and is read like any other.
 */
public final class EvidenceRemoval {
  private EvidenceRemoval() {}

  /**
   * The same evidence without regions.
   *
   * @param evidence the evidence; not changed
   * @param regions of it, in source coordinates; those of another kind of evidence are passed over
   */
  public static Evidence without(Evidence evidence, List<EvidenceRegion> regions) {
    return switch (evidence) {
      case ImageEvidence image ->
          image.with(new InpaintedPixels(image.pixels(), of(regions, PixelRegion.class)));
      case SlideEvidence slide ->
          new SlideEvidence(
              slide.origin(),
              new InpaintedPixels(slide.pixels(), boxes(regions)),
              slide.micronsPerPixel());
      case NoteEvidence note -> {
        String text = struck(note.text().text(), of(regions, TextSpan.class));
        yield new NoteEvidence(note.origin(), () -> text);
      }
      case AudioEvidence audio ->
          new AudioEvidence(
              audio.origin(), new MutedSound(audio.audio(), of(regions, TimeInterval.class)));
      case RecordEvidence kept -> {
        List<RecordEntry> gone = of(regions, RecordEntry.class);
        yield new RecordEvidence(
            kept.origin(),
            kept.facts().stream().filter(fact -> !gone.contains(fact.entry())).toList());
      }
      case CineEvidence cine ->
          new CineEvidence(
              cine.origin(),
              new HeldFrames(cine.pixels(), of(regions, PixelRegion.class)),
              cine.times());
    };
  }

  private static <T extends EvidenceRegion> List<T> of(
      List<EvidenceRegion> regions, Class<T> kind) {
    return regions.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<PixelRegion> boxes(List<EvidenceRegion> regions) {
    List<PixelRegion> boxes = new ArrayList<>();
    for (SlideRegion box : of(regions, SlideRegion.class)) {
      boxes.add(new PixelRegion(1, box.x(), box.y(), box.width(), box.height()));
    }
    return boxes;
  }

  /** The text without spans of code points; where two spaces would meet, one stays. */
  private static String struck(String text, List<TextSpan> spans) {
    int[] points = text.codePoints().toArray();
    StringBuilder left = new StringBuilder(text.length());
    boolean cut = false;
    for (int i = 0; i < points.length; i++) {
      int at = i;
      if (spans.stream().anyMatch(span -> span.start() <= at && at < span.end())) {
        cut = true;
      } else {
        boolean doubled =
            cut && points[i] == ' ' && (left.isEmpty() || left.charAt(left.length() - 1) == ' ');
        if (!doubled) {
          left.appendCodePoint(points[i]);
        }
        cut = false;
      }
    }
    return left.toString();
  }
}
