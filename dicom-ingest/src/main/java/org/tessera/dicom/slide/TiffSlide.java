package org.tessera.dicom.slide;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.ByteSource;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Spool;

/**
 * Slides in TIFF and BigTIFF files: Aperio SVS, and pyramids of any origin whose smaller images are
 * marked as such or lie in SubIFDs.
 *
 * <p>Label, macro and thumbnail of the file are never read: the first two may show a name.
 */
public final class TiffSlide {
  private static final Pattern APERIO_MPP = Pattern.compile("\\|\\s*MPP\\s*=\\s*([0-9.]+)");
  private static final Pattern ASSOCIATED =
      Pattern.compile("\\b(label|macro|overview|thumbnail)", Pattern.CASE_INSENSITIVE);
  private static final int MOST_LEVELS = 32;

  private TiffSlide() {}

  /**
   * Opens a slide.
   *
   * @throws RejectedInputException if it is no TIFF file, damaged, or in a form that is not read
   */
  public static Slide open(Path file) throws IOException, RejectedInputException {
    return open(ByteSource.of(file), ParseLimits.standard());
  }

  /** Opens a slide that somebody sent; see {@link #open(Path)}. */
  public static Slide open(Content content, ParseLimits limits)
      throws IOException, RejectedInputException {
    Optional<Path> file = content.file();
    return open(
        file.isPresent()
            ? ByteSource.of(file.get())
            : ByteSource.of(Spool.bytes(content, limits)),
        limits);
  }

  static Slide open(ByteSource source, ParseLimits limits)
      throws IOException, RejectedInputException {
    TiffFile.Directories directories = TiffFile.read(source);
    TiffDirectory first = directories.chain().getFirst();
    refuseOthers(directories.chain());
    boolean aperio = first.text(TiffDirectory.DESCRIPTION).startsWith("Aperio");
    List<TiffDirectory> chosen = new ArrayList<>(List.of(first));
    for (TiffDirectory each : directories.chain().subList(1, directories.chain().size())) {
      boolean reduced = (each.number(TiffDirectory.SUBFILE_TYPE, 0) & 1) == 1;
      boolean tiled = each.has(TiffDirectory.TILE_WIDTH);
      if ((aperio ? tiled : reduced) && isSmaller(first, each)) {
        chosen.add(each);
      }
    }
    for (TiffDirectory each : directories.below()) {
      if (isSmaller(first, each)) {
        chosen.add(each);
      }
    }
    if (chosen.size() > MOST_LEVELS) {
      throw new RejectedInputException(
          "The slide has %d levels; at most %d are read.".formatted(chosen.size(), MOST_LEVELS));
    }
    List<SlideLevel> levels = new ArrayList<>();
    long tiles = 0;
    for (TiffDirectory each : chosen) {
      TiffLevel level = new TiffLevel(source, each, directories.order(), limits);
      tiles += (long) level.across() * level.down();
      if (tiles > TiffLevel.MOST_TILES) {
        throw new RejectedInputException(
            "The levels of the slide are cut into more than %,d tiles."
                .formatted(TiffLevel.MOST_TILES));
      }
      levels.add(level);
    }
    levels.sort(Comparator.comparingInt(SlideLevel::width).reversed());
    return new Slide(List.of(levels), micronsPerPixel(first, aperio), 255);
  }

  /** Forms of TIFF that only look like a pyramid, or begin with a picture of the label. */
  private static void refuseOthers(List<TiffDirectory> chain)
      throws IOException, RejectedInputException {
    TiffDirectory first = chain.getFirst();
    String text = first.text(TiffDirectory.DESCRIPTION);
    String xmp = first.text(TiffDirectory.XMP);
    if (first.has(TiffDirectory.NDPI_FORMAT)) {
      throw new RejectedInputException("The slide is in Hamamatsu's format, which is not read.");
    }
    if (text.contains("leica-microsystems.com/scn")) {
      throw new RejectedInputException("The slide is in Leica's format, which is not read.");
    }
    if (xmp.contains("iScan") || text.contains("iScan")) {
      throw new RejectedInputException("The slide is in Ventana's format, which is not read.");
    }
    if (isAssociated(first)) {
      throw new RejectedInputException(
          "The file begins with the label or overview of a slide, which may carry names.");
    }
  }

  /** True for a picture that is not the tissue: label, macro, overview or thumbnail. */
  private static boolean isAssociated(TiffDirectory directory)
      throws IOException, RejectedInputException {
    if (directory.number(TiffDirectory.SUBFILE_TYPE, 0) == 9) {
      return true;
    }
    // Aperio: the line behind its own name says what it is. A file name stands behind a bar.
    String text = directory.text(TiffDirectory.DESCRIPTION);
    int bar = text.indexOf('|');
    String head = text.substring(0, bar < 0 ? Math.min(text.length(), 512) : bar);
    return ASSOCIATED.matcher(head.toLowerCase(Locale.ROOT)).find();
  }

  /** True for the same picture at a lower resolution: both sides divided by the same number. */
  private static boolean isSmaller(TiffDirectory first, TiffDirectory other)
      throws IOException, RejectedInputException {
    if (isAssociated(other)) {
      return false;
    }
    double width = first.number(TiffDirectory.WIDTH, 0);
    double height = first.number(TiffDirectory.HEIGHT, 0);
    double smallWidth = other.number(TiffDirectory.WIDTH, 0);
    double smallHeight = other.number(TiffDirectory.HEIGHT, 0);
    if (smallWidth < 1 || smallHeight < 1 || smallWidth >= width) {
      return false;
    }
    double down = width / smallWidth;
    // Each halving may lose a pixel of either side.
    double slack = 1 + Math.log(down) / Math.log(2);
    double expected = height / down;
    return Math.abs(expected - smallHeight) <= slack * Math.max(1, height / width);
  }

  private static OptionalDouble micronsPerPixel(TiffDirectory first, boolean aperio)
      throws IOException, RejectedInputException {
    if (aperio) {
      Matcher mpp = APERIO_MPP.matcher(first.text(TiffDirectory.DESCRIPTION));
      if (mpp.find()) {
        try {
          return plausible(Double.parseDouble(mpp.group(1)));
        } catch (NumberFormatException e) {
          return OptionalDouble.empty();
        }
      }
    }
    double micronsPerUnit =
        switch ((int) first.number(TiffDirectory.RESOLUTION_UNIT, 2)) {
          case 2 -> 25_400;
          case 3 -> 10_000;
          default -> Double.NaN;
        };
    OptionalDouble perUnit = first.real(TiffDirectory.X_RESOLUTION);
    return perUnit.isPresent()
        ? plausible(micronsPerUnit / perUnit.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Writers put 72 dpi where they know nothing: no microscope has 20 microns per pixel. */
  private static OptionalDouble plausible(double microns) {
    return microns > 0.01 && microns < 20 ? OptionalDouble.of(microns) : OptionalDouble.empty();
  }
}
