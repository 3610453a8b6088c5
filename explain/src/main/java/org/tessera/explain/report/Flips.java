package org.tessera.explain.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Counterfactual;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.TimeInterval;
import org.tessera.explain.EvidenceRemoval;
import org.tessera.explain.report.Picture.Area;
import org.tessera.explain.report.Shown.ShownFlip;

/** Draws what a counterfactual changed, before and after: small pictures and spectrograms. */
final class Flips {
  /** Pixels along the longer edge, at most. */
  static final int LONG_SIDE = 480;

  /** Findings of which flips are drawn, at most. */
  static final int MAX_FINDINGS = 12;

  private Flips() {}

  /** The flips of all findings that may be shown; what cannot be read again is left out. */
  static List<ShownFlip> of(CaseReport report) {
    List<ShownFlip> flips = new ArrayList<>();
    Shown.explained(report).stream()
        .filter(finding -> finding.counterfactual().isPresent())
        .limit(MAX_FINDINGS)
        .forEach(
            finding -> {
              for (Evidence evidence : report.patientCase().evidence()) {
                flip(finding, evidence).ifPresent(flips::add);
              }
            });
    return flips;
  }

  /** Regions of a finding's counterfactual in one evidence. */
  static List<EvidenceRegion> regions(Finding finding, String evidence) {
    return finding.counterfactual().stream()
        .flatMap(changed -> changed.removed().stream())
        .filter(each -> each.input().equals(evidence))
        .map(Counterfactual.Removed::region)
        .toList();
  }

  private static Optional<ShownFlip> flip(Finding finding, Evidence evidence) {
    List<EvidenceRegion> regions = regions(finding, evidence.id());
    if (regions.isEmpty()) {
      return Optional.empty();
    }
    Evidence without = EvidenceRemoval.without(evidence, regions);
    try {
      if (evidence instanceof ImageEvidence before && without instanceof ImageEvidence after) {
        return Optional.of(image(finding, before, after, regions));
      }
      if (evidence instanceof SlideEvidence before && without instanceof SlideEvidence after) {
        return Optional.of(slide(finding, before, after, regions));
      }
      if (evidence instanceof AudioEvidence before && without instanceof AudioEvidence after) {
        return Optional.of(sound(finding, before, after, regions));
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static ShownFlip image(
      Finding finding, ImageEvidence before, ImageEvidence after, List<EvidenceRegion> regions)
      throws IOException {
    List<PixelRegion> boxes =
        regions.stream()
            .filter(PixelRegion.class::isInstance)
            .map(PixelRegion.class::cast)
            .toList();
    int frame = boxes.getFirst().frame();
    Picture shown = Picture.read(before.pixels(), before.orientation(), frame, LONG_SIDE);
    Picture changed = Picture.read(after.pixels(), after.orientation(), frame, LONG_SIDE);
    List<Area> areas =
        boxes.stream()
            .filter(box -> box.frame() == frame)
            .map(box -> shown.area(box.x(), box.y(), box.width(), box.height()))
            .toList();
    return picture(finding, before, shown, changed, areas);
  }

  /** A slide is shown around the regions, since they would be specks on the whole of it. */
  private static ShownFlip slide(
      Finding finding, SlideEvidence before, SlideEvidence after, List<EvidenceRegion> regions)
      throws IOException {
    PixelRegion window = window(before.pixels(), regions);
    Picture shown = part(before.pixels(), window);
    Picture changed = part(after.pixels(), window);
    List<Area> areas = new ArrayList<>();
    for (EvidenceRegion region : regions) {
      if (region instanceof SlideRegion box) {
        double left = Math.max(0, box.x() - window.x());
        double top = Math.max(0, box.y() - window.y());
        areas.add(shown.area(left, top, box.width(), box.height()));
      }
    }
    return picture(finding, before, shown, changed, areas);
  }

  private static PixelRegion window(PixelSource pixels, List<EvidenceRegion> regions) {
    double left = pixels.width();
    double top = pixels.height();
    double right = 0;
    double bottom = 0;
    for (EvidenceRegion region : regions) {
      if (region instanceof SlideRegion box) {
        left = Math.min(left, box.x());
        top = Math.min(top, box.y());
        right = Math.max(right, box.x() + box.width());
        bottom = Math.max(bottom, box.y() + box.height());
      }
    }
    double around = Math.max(right - left, bottom - top);
    int x = (int) Math.max(0, left - around);
    int y = (int) Math.max(0, top - around);
    int width = (int) Math.min(pixels.width() - x, Math.ceil(right + around) - x);
    int height = (int) Math.min(pixels.height() - y, Math.ceil(bottom + around) - y);
    return new PixelRegion(1, x, y, width, height);
  }

  private static Picture part(PixelSource pixels, PixelRegion window) throws IOException {
    double downsample = Math.max(1, Math.max(window.width(), window.height()) / LONG_SIDE);
    return Picture.of(
        pixels.read(window, downsample),
        Orientation.UPRIGHT,
        (int) window.width(),
        (int) window.height());
  }

  private static ShownFlip picture(
      Finding finding, Evidence evidence, Picture shown, Picture changed, List<Area> areas)
      throws IOException {
    BufferedImage image = shown.image();
    return new ShownFlip(
        finding,
        evidence,
        image.getWidth(),
        image.getHeight(),
        Encoded.jpeg(image),
        Encoded.jpeg(changed.image()),
        areas);
  }

  private static ShownFlip sound(
      Finding finding, AudioEvidence before, AudioEvidence after, List<EvidenceRegion> regions)
      throws IOException {
    List<TimeInterval> muted =
        regions.stream()
            .filter(TimeInterval.class::isInstance)
            .map(TimeInterval.class::cast)
            .toList();
    AudioClip shown = AudioClip.of(before.audio(), muted);
    AudioClip changed = AudioClip.of(after.audio(), muted);
    BufferedImage image = shown.spectrogram();
    List<Area> areas =
        muted.stream()
            .map(
                each ->
                    new Area(
                        Math.clamp((each.start() - shown.start()) / shown.length(), 0, 1),
                        0,
                        Math.clamp((each.end() - each.start()) / shown.length(), 0, 1),
                        1))
            .toList();
    return new ShownFlip(
        finding,
        before,
        image.getWidth(),
        image.getHeight(),
        Encoded.jpeg(image),
        Encoded.jpeg(changed.spectrogram(shown)),
        areas);
  }
}
