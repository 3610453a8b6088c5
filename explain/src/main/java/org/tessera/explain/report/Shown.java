package org.tessera.explain.report;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.explain.report.Picture.Area;

/** What a reader may be shown, and in which order. */
final class Shown {
  private Shown() {}

  /**
   * Findings whose highlights may be shown: above their operating point, not abstained from, and
   * with a map that passed its tests on this case. Supported ones come first.
   */
  static List<Finding> explained(CaseReport report) {
    return ordered(report.findings()).stream().filter(Shown::isExplained).toList();
  }

  static boolean isExplained(Finding finding) {
    return switch (finding.status()) {
      case SUPPORTED, WITHHELD -> FindingJson.isTrusted(finding) && !finding.highlights().isEmpty();
      case ABSTAINED, NOT_FOUND -> false;
    };
  }

  /** Supported, withheld, abstained, not found; the likelier first. */
  static List<Finding> ordered(List<Finding> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparing(Finding::status)
                .thenComparing(finding -> -finding.probability().orElse(-1)))
        .toList();
  }

  /** The highlights of a finding in one evidence, the strongest first. */
  static List<Highlight> highlights(Finding finding, String evidence) {
    return finding.highlights().stream()
        .filter(highlight -> highlight.input().equals(evidence))
        .sorted(Comparator.comparingDouble(Highlight::weight).reversed())
        .toList();
  }

  /** When a frame of moving pictures was taken, in seconds after the first one, where known. */
  static OptionalDouble seconds(PatientCase patientCase, String input, int frame) {
    for (Evidence evidence : patientCase.of(Modality.CINE)) {
      if (evidence instanceof CineEvidence cine && cine.id().equals(input)) {
        return cine.times().seconds(frame);
      }
    }
    return OptionalDouble.empty();
  }

  /**
   * A frame with the heat of every finding that points into it.
   *
   * @param evidence the image, slide or cine
   * @param frame from 1
   * @param frames number of frames that the evidence has
   * @param width of the shown picture, in pixels
   * @param height of the shown picture, in pixels
   * @param image the picture without anything on it
   * @param heats one per finding
   */
  record ShownPicture(
      Evidence evidence,
      int frame,
      int frames,
      int width,
      int height,
      Encoded image,
      List<ShownHeat> heats) {}

  /**
   * The heat of one finding.
   *
   * @param finding whose
   * @param layer transparent PNG of the picture's proportions
   * @param where the strongest place, in words
   */
  record ShownHeat(Finding finding, Encoded layer, String where) {}

  /**
   * A recording, or as much of it as fits.
   *
   * @param evidence the recording
   * @param start second of the file at which the clip begins
   * @param length of the clip, in seconds
   * @param spectrogram PNG, time from left to right
   * @param wave WAV
   */
  record ShownSound(
      AudioEvidence evidence, double start, double length, Encoded spectrogram, Encoded wave) {}

  /**
   * One evidence as it is, and without what a finding points to in it.
   *
   * @param finding whose
   * @param evidence image, slide or recording
   * @param width of the pictures, in pixels
   * @param height of the pictures, in pixels
   * @param before the evidence, or the part around the regions
   * @param after the same without the regions
   * @param marks the regions, as parts of the picture
   */
  record ShownFlip(
      Finding finding,
      Evidence evidence,
      int width,
      int height,
      Encoded before,
      Encoded after,
      List<Area> marks) {}

  /**
   * Everything that was drawn.
   *
   * @param pictures frames
   * @param sounds recordings
   * @param flips pictures with and without what findings point to
   * @param artifacts the files written
   * @param notices what could not be shown, and why; one sentence each
   */
  record Gallery(
      List<ShownPicture> pictures,
      List<ShownSound> sounds,
      List<ShownFlip> flips,
      List<Artifact> artifacts,
      List<String> notices) {}
}
