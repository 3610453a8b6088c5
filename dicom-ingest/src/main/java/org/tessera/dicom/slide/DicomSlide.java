package org.tessera.dicom.slide;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.image.FunctionalGroups;

/**
 * DICOM VL Whole Slide Microscopy images (PS3.3 A.32.8, C.8.12.4), tiled full or sparse. Each
 * optical path is a frame. Smaller levels, and the other parts of a concatenation, are read from
 * the folder of the file.
 */
public final class DicomSlide {
  private static final Logger LOG = LoggerFactory.getLogger(DicomSlide.class);
  private static final int WHITE = 255;

  private DicomSlide() {}

  /**
   * Opens the slide that a file belongs to, with the file's own level as level 0.
   *
   * @param path where the file is; empty if it has nothing beside it
   * @throws RejectedInputException if it is a label or overview, parts are missing, or its tiles
   *     cannot be placed or decoded
   */
  public static Slide open(DicomFile file, Optional<Path> path, ParseLimits limits)
      throws IOException, RejectedInputException {
    List<List<SlidePart>> levels = SlideSeries.levels(file, path, limits);
    List<List<SlideLevel>> frames = new ArrayList<>();
    level(levels.getFirst()).forEach(level -> frames.add(new ArrayList<>(List.of(level))));
    for (List<SlidePart> smaller : levels.subList(1, levels.size())) {
      try {
        List<DicomLevel> paths = level(smaller);
        for (int i = 0; i < frames.size() && paths.size() == frames.size(); i++) {
          frames.get(i).add(paths.get(i));
        }
      } catch (RejectedInputException e) {
        // A smaller level only saves time: without it the larger one is averaged.
        LOG.debug("A level of a slide is left out: {}", e.sentence());
      }
    }
    boolean grey = frames.getFirst().getFirst().channels() == 1;
    // Grey slides are fluorescence, whose background is dark.
    return new Slide(frames, micronsPerPixel(file), grey ? 0 : WHITE);
  }

  private static List<DicomLevel> level(List<SlidePart> parts) throws RejectedInputException {
    List<DicomLevel> paths = new ArrayList<>();
    for (int[] places : TilePlaces.of(parts)) {
      paths.add(new DicomLevel(parts, places));
    }
    return paths;
  }

  private static OptionalDouble micronsPerPixel(DicomFile file) {
    OptionalDouble millimetres =
        FunctionalGroups.holder(
                file.dataset(), 1, Tag.PixelMeasuresSequence, Tag.PixelSpacing)
            .map(item -> item.real(Tag.PixelSpacing))
            .orElse(OptionalDouble.empty());
    return millimetres.isPresent() && millimetres.getAsDouble() > 0
        ? OptionalDouble.of(millimetres.getAsDouble() * 1000)
        : OptionalDouble.empty();
  }
}
