package org.tessera.runtime.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.image.DisplayFrame;
import org.tessera.dicom.image.PixelData;

/**
 * A medical picture in 8 bits of grey.
 *
 * @param name of its file
 * @param set folder that it is from
 * @param grey row by row
 */
@SuppressWarnings("ArrayRecordComponent")
record GreyPicture(String name, String set, byte[] grey, int width, int height) {
  private static final int LEAST_SIDE = 64;
  private static final long MOST_PIXELS = 6_000_000;

  /** The same with other pixels. */
  GreyPicture with(byte[] pixels) {
    return new GreyPicture(name, set, pixels, width, height);
  }

  /**
   * Pictures that settings of the search for text were not chosen on: of the files with pixels,
   * those whose name falls into the second half.
   *
   * @param folder DICOM files, or a data set with {@code images}
   * @param most how many at most, drawn by name
   */
  static List<GreyPicture> heldOut(Path folder, int most) throws IOException {
    Path images = folder.resolve("images");
    Path files = Files.isDirectory(images) ? images : folder;
    List<GreyPicture> pictures = new ArrayList<>();
    try (Stream<Path> list = Files.list(files)) {
      for (Path file :
          list.filter(Files::isRegularFile)
              .filter(each -> (name(each).hashCode() >>> 3) % 2 == 1)
              .sorted(Comparator.comparing(GreyPicture::place).thenComparing(GreyPicture::name))
              .toList()) {
        if (pictures.size() < most) {
          String set = String.valueOf(folder.getFileName());
          (files.equals(images) ? picture(file, set) : dicom(file, set)).ifPresent(pictures::add);
        }
      }
    }
    return pictures;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static long place(Path file) {
    return name(file).hashCode() * 2_654_435_761L % 1_000_003;
  }

  /** Empty if it is too large or unreadable. */
  private static Optional<GreyPicture> picture(Path file, String set) {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return (long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS
            ? Optional.empty()
            : Optional.of(grey(reader.read(0), name(file), set));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static GreyPicture grey(BufferedImage image, String name, String set) {
    byte[] grey = new byte[image.getWidth() * image.getHeight()];
    for (int i = 0; i < grey.length; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      grey[i] =
          luminance((rgb >> 16 & 0xFF) / 255f, (rgb >> 8 & 0xFF) / 255f, (rgb & 0xFF) / 255f);
    }
    return new GreyPicture(name, set, grey, image.getWidth(), image.getHeight());
  }

  /** The middle frame as a viewer shows it; empty if it is too small, too large or unreadable. */
  private static Optional<GreyPicture> dicom(Path path, String set) throws IOException {
    try {
      DicomFile file = DicomFile.read(path, ParseLimits.standard());
      PixelData pixels = PixelData.of(file, ParseLimits.standard());
      int width = pixels.columns();
      int height = pixels.rows();
      if (pixels.format().bitsAllocated() == 1
          || Math.min(width, height) < LEAST_SIDE
          || (long) width * height > MOST_PIXELS) {
        return Optional.empty();
      }
      int number = Math.min(pixels.frames(), 1 + pixels.frames() / 2);
      DisplayFrame shown =
          DisplayFrame.of(pixels.frame(number), file.dataset(), pixels.format(), number);
      byte[] grey = new byte[width * height];
      float[] row = new float[width * shown.channels()];
      for (int y = 0; y < height; y++) {
        shown.row(y, 0, width, row);
        for (int x = 0; x < width; x++) {
          grey[y * width + x] =
              shown.channels() == 1
                  ? luminance(row[x], row[x], row[x])
                  : luminance(row[3 * x], row[3 * x + 1], row[3 * x + 2]);
        }
      }
      return Optional.of(new GreyPicture(name(path), set, grey, width, height));
    } catch (RejectedInputException e) {
      return Optional.empty();
    }
  }

  private static byte luminance(float red, float green, float blue) {
    float sum = 0.299f * red + 0.587f * green + 0.114f * blue;
    return (byte) Math.round(Math.clamp(sum, 0f, 1f) * 255);
  }
}
