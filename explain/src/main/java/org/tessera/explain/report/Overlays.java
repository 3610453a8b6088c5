package org.tessera.explain.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.TimeInterval;
import org.tessera.explain.report.Heat.Spot;
import org.tessera.explain.report.Picture.Area;
import org.tessera.explain.report.PictureChoice.Frame;
import org.tessera.explain.report.Shown.Gallery;
import org.tessera.explain.report.Shown.ShownHeat;
import org.tessera.explain.report.Shown.ShownPicture;
import org.tessera.explain.report.Shown.ShownSound;

/**
 * Writes {@code overlays/*.png}: each picture as it is, each picture with the heat of each finding
 * that may be shown, and the spectrogram of each recording. One picture is held at a time.
 */
final class Overlays {
  private static final String FOLDER = "overlays";

  private final CaseReport report;
  private final Path out;
  private final List<ShownPicture> pictures = new ArrayList<>();
  private final List<ShownSound> sounds = new ArrayList<>();
  private final List<Artifact> artifacts = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  private Overlays(CaseReport report, Path out) {
    this.report = report;
    this.out = out;
  }

  /**
   * Draws everything. Pictures of an earlier run in the same folder are deleted first: a picture of
   * another patient must not stay behind.
   */
  static Gallery write(CaseReport report, Path out) throws IOException {
    Overlays overlays = new Overlays(report, out);
    Files.createDirectories(out.resolve(FOLDER));
    deleteEarlier(out.resolve(FOLDER));
    PictureChoice choice = PictureChoice.of(report);
    overlays.notices.addAll(choice.notices());
    for (Frame frame : choice.frames()) {
      overlays.picture(frame);
    }
    for (AudioEvidence recording : choice.recordings()) {
      overlays.sound(recording);
    }
    return new Gallery(
        overlays.pictures,
        overlays.sounds,
        Flips.of(report),
        overlays.artifacts,
        overlays.notices);
  }

  private static void deleteEarlier(Path folder) throws IOException {
    try (DirectoryStream<Path> earlier = Files.newDirectoryStream(folder, "*.png")) {
      for (Path file : earlier) {
        Files.delete(file);
      }
    }
  }

  private void picture(Frame frame) throws IOException {
    Picture picture;
    try {
      picture = Picture.read(frame.pixels(), frame.orientation(), frame.number());
    } catch (IOException e) {
      notices.add("The picture of " + frame.evidence().id() + " could not be drawn.");
      return;
    }
    BufferedImage image = picture.image();
    String name = safe(frame.evidence().id()) + (frame.frames() > 1 ? "-" + frame.number() : "");
    save(name, Encoded.png(image), "picture");
    List<ShownHeat> heats = new ArrayList<>();
    for (Finding finding : Shown.explained(report)) {
      List<Spot> spots = spots(picture, finding, frame);
      if (!spots.isEmpty()) {
        BufferedImage layer = Heat.layer(image.getWidth(), image.getHeight(), spots);
        save(safe(finding.id()) + "-" + name, Encoded.png(Heat.over(image, layer)), "overlay");
        heats.add(new ShownHeat(finding, Encoded.png(layer), Heat.where(spots)));
      }
    }
    pictures.add(
        new ShownPicture(
            frame.evidence(),
            frame.number(),
            frame.frames(),
            image.getWidth(),
            image.getHeight(),
            Encoded.jpeg(image),
            heats));
  }

  private static List<Spot> spots(Picture picture, Finding finding, Frame frame) {
    List<Spot> spots = new ArrayList<>();
    for (Highlight highlight : Shown.highlights(finding, frame.evidence().id())) {
      switch (highlight.region()) {
        case PixelRegion box when box.frame() == frame.number() -> {
          Area area = picture.area(box.x(), box.y(), box.width(), box.height());
          spots.add(new Spot(area, highlight.weight()));
        }
        case SlideRegion box -> {
          Area area = picture.area(box.x(), box.y(), box.width(), box.height());
          spots.add(new Spot(area, highlight.weight()));
        }
        default -> {
          // Another frame, or a kind of region that no picture has.
        }
      }
    }
    return spots;
  }

  private void sound(AudioEvidence recording) throws IOException {
    AudioClip clip;
    try {
      clip = AudioClip.of(recording.audio(), intervals(recording));
    } catch (IOException e) {
      notices.add("The sound of " + recording.id() + " could not be read again.");
      return;
    }
    Encoded spectrogram = Encoded.png(clip.spectrogram());
    save(safe(recording.id()) + "-spectrogram", spectrogram, "spectrogram");
    sounds.add(
        new ShownSound(recording, clip.start(), clip.length(), spectrogram, clip.wave()));
  }

  private List<TimeInterval> intervals(Evidence recording) {
    return Shown.explained(report).stream()
        .flatMap(finding -> Shown.highlights(finding, recording.id()).stream())
        .map(Highlight::region)
        .filter(TimeInterval.class::isInstance)
        .map(TimeInterval.class::cast)
        .toList();
  }

  private void save(String name, Encoded png, String kind) throws IOException {
    String file = FOLDER + "/" + name + ".png";
    Files.write(out.resolve(file), png.bytes());
    artifacts.add(new Artifact(file, kind));
  }

  private static String safe(String id) {
    return id.replaceAll("[^A-Za-z0-9]", "_");
  }
}
