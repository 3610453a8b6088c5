package org.tessera.omni.signal;

import java.nio.ByteBuffer;
import java.util.List;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.RejectedInputException;

/** The directories of a TIFF file, and whether the pixel data that they point to is there. */
final class TiffStructure {
  private static final int BIG_TIFF = 43;

  private TiffStructure() {}

  static boolean matches(byte[] bytes) {
    return bytes.length >= 8
        && ((bytes[0] == 'I' && bytes[1] == 'I' && bytes[3] == 0)
            || (bytes[0] == 'M' && bytes[1] == 'M' && bytes[2] == 0));
  }

  static RasterHeader header(byte[] bytes) throws RejectedInputException {
    if (bytes[2] + bytes[3] == BIG_TIFF) {
      throw new RejectedInputException("The picture is a BigTIFF, which is not read.");
    }
    List<Ifd> directories;
    try {
      directories = Ifd.read(ByteBuffer.wrap(bytes));
    } catch (Ifd.BrokenException e) {
      throw new RejectedInputException(
          "The TIFF picture is cut off or damaged: its directory leads outside the file.", e);
    }
    if (directories.isEmpty()) {
      throw new RejectedInputException("The TIFF file holds no picture.");
    }
    if (directories.size() >= Ifd.MAX_DIRECTORIES) {
      throw new RejectedInputException(
          "The TIFF picture holds %,d pages or more; it is not read as one picture."
              .formatted(Ifd.MAX_DIRECTORIES));
    }
    Ifd first = directories.getFirst();
    for (Ifd directory : directories) {
      complete(directory, bytes.length);
    }
    if (first.first(Ifd.SAMPLE_FORMAT).orElse(1L) != 1 || first.first(Ifd.BITS).orElse(1L) > 16) {
      throw new RejectedInputException(
          "The TIFF picture has samples that are not read (signed, floating point or 32-bit).");
    }
    boolean alike = directories.stream().allMatch(each -> size(each).equals(size(first)));
    return new RasterHeader(
        "tiff",
        side(first, Ifd.WIDTH),
        side(first, Ifd.HEIGHT),
        alike ? directories.size() : 1,
        Orientation.ofExif(first.first(Ifd.ORIENTATION).orElse(1L).intValue()));
  }

  private static List<Integer> size(Ifd directory) {
    return List.of(side(directory, Ifd.WIDTH), side(directory, Ifd.HEIGHT));
  }

  private static int side(Ifd directory, int tag) {
    return (int) Math.min(Integer.MAX_VALUE, directory.first(tag).orElse(0L));
  }

  /** The reader of the JDK fills a strip that is not there with black and says nothing. */
  private static void complete(Ifd directory, int length) throws RejectedInputException {
    List<Long> offsets = directory.all(Ifd.STRIP_OFFSETS);
    List<Long> counts = directory.all(Ifd.STRIP_COUNTS);
    if (offsets.isEmpty()) {
      offsets = directory.all(Ifd.TILE_OFFSETS);
      counts = directory.all(Ifd.TILE_COUNTS);
    }
    for (int i = 0; i < Math.min(offsets.size(), counts.size()); i++) {
      if (offsets.get(i) + counts.get(i) > length) {
        throw new RejectedInputException("The TIFF picture is cut off: pixel data is missing.");
      }
    }
  }
}
