package org.tessera.runtime.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Element;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;
import org.tessera.dicom.slide.PhantomSlide;
import org.tessera.dicom.slide.Slide;
import org.tessera.dicom.slide.TiffWriter;

/**
 * Slides of two levels whose pixels come from another slide, repeated, stored in one format after
 * the other. Encoders that are not installed leave their format out.
 */
final class DrawnSlides {
  /** Pixels of the other slide that are taken, along an edge. */
  static final int PERIOD = 2048;

  private static final int TILE = PhantomSlide.TILE;
  private static final int ACROSS = 3;
  private static final int DOWN = 2;
  private static final int SMALLER = 4;
  private static final int RGB = 2;
  private static final int YCBCR = 6;
  private static final int SUBFILE_TYPE = 254;
  private static final int COMPRESSION = 259;
  private static final int DESCRIPTION = 270;
  private static final int X_RESOLUTION = 282;
  private static final int Y_RESOLUTION = 283;
  private static final int RESOLUTION_UNIT = 296;
  private static final int JPEG_TABLES = 347;
  private static final int SUBSAMPLING = 530;
  private static final String JPEG = "Aperio JPEG, 4:2:0";

  private final Path folder;

  /** Pixels of a period of each level, RGB. */
  private final byte[][] periods;

  /** Encodes RGB of a tile. */
  private interface Encoder {
    byte[] code(byte[] rgb) throws IOException;
  }

  /**
   * Takes the pixels.
   *
   * @param folder an empty one
   * @param source a slide of {@link #PERIOD} by as many pixels at least, RGB
   */
  DrawnSlides(Path folder, Slide source) throws IOException {
    this.folder = folder;
    byte[] large = source.readLevel(0, 0, 0, PERIOD, PERIOD);
    this.periods = new byte[][] {large, smaller(large)};
  }

  private static byte[] smaller(byte[] large) {
    int side = PERIOD / SMALLER;
    byte[] small = new byte[side * side * 3];
    for (int i = 0; i < small.length; i++) {
      int left = i / 3 % side * SMALLER;
      int top = i / 3 / side * SMALLER;
      int sum = SMALLER * SMALLER / 2;
      for (int p = 0; p < SMALLER * SMALLER; p++) {
        int at = (top + p / SMALLER) * PERIOD + left + p % SMALLER;
        sum += large[at * 3 + i % 3] & 0xFF;
      }
      small[i] = (byte) (sum / (SMALLER * SMALLER));
    }
    return small;
  }

  /** Writes all formats. */
  List<SlideFile> write() throws IOException {
    List<SlideFile> slides = new ArrayList<>();
    byte[] tables = PhantomSlide.tablesOf(jpeg(new byte[TILE * TILE * 3]));
    Encoder abbreviated = rgb -> PhantomSlide.withoutTables(jpeg(rgb));
    Path jpeg = folder.resolve("jpeg.svs");
    tiff(jpeg, 0.5, true, 7, tables, tiles(abbreviated));
    slides.add(new SlideFile(JPEG, jpeg, jpeg, false));
    Path fine = folder.resolve("fine.svs");
    tiff(fine, 0.25, true, 7, tables, tiles(abbreviated));
    slides.add(new SlideFile(JPEG + ", scanned at 0.25 um", fine, fine, false));
    Path plain = folder.resolve("plain.tif");
    tiff(plain, 0.5, false, 1, new byte[0], tiles(rgb -> rgb));
    slides.add(new SlideFile("uncompressed", plain, plain, false));
    converted(plain, "LZW", "lzw", slides);
    converted(plain, "LZW, predictor", "lzw:2", slides);
    converted(plain, "deflate", "zip", slides);
    converted(plain, "deflate, predictor", "zip:2", slides);
    wavelet(slides);
    Path dicom = dicom(tiles(DrawnSlides::jpeg));
    slides.add(
        new SlideFile("DICOM JPEG, 4:2:0 (the peer reads its tiles in TIFF)", dicom, jpeg, true));
    return slides;
  }

  /** The different tiles of each level, row by row. */
  private byte[][][] tiles(Encoder encoder) throws IOException {
    byte[][][] levels = new byte[periods.length][][];
    for (int level = 0; level < levels.length; level++) {
      int side = PERIOD / TILE / (level == 0 ? 1 : SMALLER);
      byte[][] tiles = new byte[side * side][];
      for (int i = 0; i < tiles.length; i++) {
        byte[] rgb = new byte[TILE * TILE * 3];
        for (int y = 0; y < TILE; y++) {
          int from = ((i / side * TILE + y) * side + i % side) * TILE * 3;
          System.arraycopy(periods[level], from, rgb, y * TILE * 3, TILE * 3);
        }
        tiles[i] = encoder.code(rgb);
      }
      levels[level] = tiles;
    }
    return levels;
  }

  private static int side(byte[][] tiles) {
    return (int) Math.sqrt(tiles.length);
  }

  private static void tiff(
      Path file, double microns, boolean aperio, int compression, byte[] tables, byte[][][] levels)
      throws IOException {
    try (TiffWriter writer = new TiffWriter(file, true, ByteOrder.LITTLE_ENDIAN)) {
      for (int level = 0; level < levels.length; level++) {
        byte[][] tiles = levels[level];
        int side = side(tiles);
        int perCentimetre = (int) (10_000 / microns / (level == 0 ? 1 : SMALLER));
        TiffWriter.Image image =
            writer
                .image(
                    side * TILE * ACROSS,
                    side * TILE * DOWN,
                    3,
                    8,
                    compression == 7 ? YCBCR : RGB)
                .shorts(COMPRESSION, compression)
                .longs(SUBFILE_TYPE, level == 0 || aperio ? 0 : 1)
                .shorts(RESOLUTION_UNIT, 3)
                .fraction(X_RESOLUTION, perCentimetre, 1)
                .fraction(Y_RESOLUTION, perCentimetre, 1);
        if (aperio) {
          image.text(DESCRIPTION, "Aperio Image Library\r\ndrawn|AppMag = 20|MPP = " + microns);
        }
        if (tables.length > 0) {
          image.bytes(JPEG_TABLES, tables).shorts(SUBSAMPLING, 2, 2);
        }
        image.tiled(TILE, TILE, (column, row) -> tiles[row % side * side + column % side]);
      }
    }
  }

  private static byte[] jpeg(byte[] rgb) throws IOException {
    BufferedImage image = new BufferedImage(TILE, TILE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < TILE * TILE; i++) {
      int red = rgb[3 * i] & 0xFF;
      int green = rgb[3 * i + 1] & 0xFF;
      image.setRGB(i % TILE, i / TILE, red << 16 | green << 8 | rgb[3 * i + 2] & 0xFF);
    }
    return PhantomSlide.jpeg(image);
  }

  /** By libtiff's tiffcp. */
  private void converted(Path plain, String name, String scheme, List<SlideFile> slides)
      throws IOException {
    Path file = folder.resolve(scheme.replace(":", "") + ".tif");
    String side = String.valueOf(TILE);
    List<String> command =
        List.of(
            "tiffcp", "-c", scheme, "-t", "-w", side, "-l", side, plain.toString(),
            file.toString());
    if (PeerLibraries.runs(command)) {
      slides.add(new SlideFile(name, file, file, false));
    }
  }

  /** Lossy, by OpenJPEG's opj_compress. */
  private void wavelet(List<SlideFile> slides) throws IOException {
    Path picture = folder.resolve("tile.ppm");
    Path code = folder.resolve("tile.j2k");
    List<String> command =
        List.of(
            "opj_compress", "-I", "-r", "12", "-i", picture.toString(), "-o", code.toString());
    Files.write(picture, ppm(new byte[TILE * TILE * 3]));
    if (!PeerLibraries.runs(command)) {
      return;
    }
    byte[][][] tiles =
        tiles(
            rgb -> {
              Files.write(picture, ppm(rgb));
              if (!PeerLibraries.runs(command)) {
                throw new IOException("A tile could not be encoded.");
              }
              return Files.readAllBytes(code);
            });
    Path file = folder.resolve("wavelet.svs");
    tiff(file, 0.5, true, 33_005, new byte[0], tiles);
    slides.add(new SlideFile("Aperio JPEG 2000", file, file, true));
  }

  private static byte[] ppm(byte[] rgb) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head = "P6\n%d %d\n255\n".formatted(TILE, TILE);
    out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(rgb);
    return out.toByteArray();
  }

  /** VL Whole Slide Microscopy, TILED_FULL, a file per level. */
  private Path dicom(byte[][][] levels) throws IOException {
    Path series = Files.createDirectory(folder.resolve("dicom"));
    for (int level = 0; level < levels.length; level++) {
      int side = side(levels[level]);
      double millimetres = 0.0005 * (level == 0 ? 1 : SMALLER);
      Attributes image = new Attributes();
      image.setString(Tag.SOPClassUID, VR.UI, UID.VLWholeSlideMicroscopyImageStorage);
      image.setString(Tag.SOPInstanceUID, VR.UI, "2.25.1" + level);
      image.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.2");
      image.setString(Tag.FrameOfReferenceUID, VR.UI, "2.25.3");
      image.setString(Tag.ContainerIdentifier, VR.LO, "DRAWN");
      image.setString(Tag.ImageType, VR.CS, "DERIVED", "PRIMARY", "VOLUME", "NONE");
      image.setString(Tag.DimensionOrganizationType, VR.CS, "TILED_FULL");
      image.setInteger(Tag.TotalPixelMatrixColumns, VR.UL, side * TILE * ACROSS);
      image.setInteger(Tag.TotalPixelMatrixRows, VR.UL, side * TILE * DOWN);
      image.setString(Tag.PhotometricInterpretation, VR.CS, "YBR_FULL_422");
      image.setInteger(Tag.SamplesPerPixel, VR.US, 3);
      image.setInteger(Tag.PlanarConfiguration, VR.US, 0);
      image.setInteger(Tag.Rows, VR.US, TILE);
      image.setInteger(Tag.Columns, VR.US, TILE);
      image.setInteger(Tag.BitsAllocated, VR.US, 8);
      image.setInteger(Tag.BitsStored, VR.US, 8);
      image.setInteger(Tag.HighBit, VR.US, 7);
      image.setInteger(Tag.PixelRepresentation, VR.US, 0);
      image
          .newSequence(Tag.SharedFunctionalGroupsSequence)
          .add(new Attributes())
          .newSequence(Tag.PixelMeasuresSequence)
          .add(new Attributes())
          .setString(
              Tag.PixelSpacing, VR.DS, String.valueOf(millimetres), String.valueOf(millimetres));
      List<Bytes> frames = new ArrayList<>();
      for (int i = 0; i < side * ACROSS * side * DOWN; i++) {
        int column = i % (side * ACROSS) % side;
        int row = i / (side * ACROSS) % side;
        byte[] code = levels[level][row * side + column];
        frames.add(Bytes.of(Arrays.copyOf(code, code.length + (code.length & 1))));
      }
      image.setString(Tag.NumberOfFrames, VR.IS, String.valueOf(frames.size()));
      image.set(
          new Element(Tag.PixelData, VR.OB, new Fragments(Bytes.of(new byte[0]), frames)));
      Path file = series.resolve("level" + level + ".dcm");
      try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
        out.writeFile(image, TransferSyntax.of(UID.JPEGBaseline8Bit));
      }
    }
    return series.resolve("level0.dcm");
  }
}
