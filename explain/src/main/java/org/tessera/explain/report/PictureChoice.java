package org.tessera.explain.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.SlideEvidence;

/**
 * Which frames and recordings go into the report, so that a study of a thousand slices does not
 * make a page that no browser opens.
 *
 * @param frames at most {@link #MAX_PICTURES}
 * @param recordings at most {@link #MAX_RECORDINGS}
 * @param notices what was left out
 */
record PictureChoice(List<Frame> frames, List<AudioEvidence> recordings, List<String> notices) {
  static final int MAX_PICTURES = 24;
  static final int MAX_RECORDINGS = 8;
  private static final int MAX_FRAMES_OF_ONE = 4;

  /**
   * A frame to be shown.
   *
   * @param evidence whose
   * @param pixels its pixels
   * @param orientation how to turn them
   * @param number from 1
   * @param weight of the strongest highlight in it; 0 if there is none
   */
  record Frame(
      Evidence evidence, PixelSource pixels, Orientation orientation, int number, double weight) {
    int frames() {
      return pixels.frames();
    }
  }

  static PictureChoice of(CaseReport report) {
    List<Frame> frames = new ArrayList<>();
    List<AudioEvidence> recordings = new ArrayList<>();
    for (Evidence evidence : report.patientCase().evidence()) {
      switch (evidence) {
        case ImageEvidence image ->
            frames.addAll(frames(report, image, image.pixels(), image.orientation()));
        case CineEvidence cine ->
            frames.addAll(frames(report, cine, cine.pixels(), Orientation.UPRIGHT));
        case SlideEvidence slide ->
            frames.add(
                new Frame(slide, slide.pixels(), Orientation.UPRIGHT, 1, best(report, slide)));
        case AudioEvidence audio -> recordings.add(audio);
        case NoteEvidence _, RecordEvidence _ -> {}
      }
    }
    List<String> notices = new ArrayList<>();
    List<AudioEvidence> heard = recordings;
    if (recordings.size() > MAX_RECORDINGS) {
      heard =
          recordings.stream()
              .sorted(Comparator.comparingDouble((Evidence each) -> -best(report, each)))
              .limit(MAX_RECORDINGS)
              .toList();
      notices.add(left("recordings", MAX_RECORDINGS, recordings.size()));
    }
    return new PictureChoice(fewer(frames, notices), heard, notices);
  }

  private static List<Frame> fewer(List<Frame> frames, List<String> notices) {
    if (frames.size() <= MAX_PICTURES) {
      return frames;
    }
    notices.add(left("pictures", MAX_PICTURES, frames.size()));
    List<Frame> strongest =
        frames.stream()
            .sorted(Comparator.comparingDouble(Frame::weight).reversed())
            .limit(MAX_PICTURES)
            .toList();
    return frames.stream().filter(strongest::contains).toList();
  }

  private static String left(String what, int shown, int all) {
    return "%d of %d %s are shown, those with highlights first.".formatted(shown, all, what);
  }

  /** The frames with the strongest highlights; without any, the middle one. */
  private static List<Frame> frames(
      CaseReport report, Evidence evidence, PixelSource pixels, Orientation orientation) {
    Map<Integer, Double> weights = new TreeMap<>();
    for (Finding finding : Shown.explained(report)) {
      for (Highlight highlight : Shown.highlights(finding, evidence.id())) {
        if (highlight.region() instanceof PixelRegion box && box.frame() <= pixels.frames()) {
          weights.merge(box.frame(), highlight.weight(), Math::max);
        }
      }
    }
    if (weights.isEmpty()) {
      weights.put((pixels.frames() + 1) / 2, 0.0);
    }
    return weights.entrySet().stream()
        .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
        .limit(MAX_FRAMES_OF_ONE)
        .sorted(Map.Entry.comparingByKey())
        .map(each -> new Frame(evidence, pixels, orientation, each.getKey(), each.getValue()))
        .toList();
  }

  private static double best(CaseReport report, Evidence evidence) {
    return Shown.explained(report).stream()
        .flatMap(finding -> Shown.highlights(finding, evidence.id()).stream())
        .mapToDouble(Highlight::weight)
        .max()
        .orElse(0);
  }
}
