package org.tessera.dicom.slide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** Writes DICOM whole slides of RGB, 8 by 8 tiles, whose colours tell level and place. */
final class SlideFolder {
  static final int TILE = 8;
  private final Path folder;

  SlideFolder(Path folder) {
    this.folder = folder;
  }

  /** The value that a written slide has. */
  static int value(int seed, int x, int y, int channel) {
    return (seed * 31 + x * 3 + y * 7 + channel * 50) & 0xFF;
  }

  /** The attributes of a file without tiles. */
  static Attributes level(int width, int height, String flavour) {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.VLWholeSlideMicroscopyImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "2.25." + (width * 1000L + height));
    image.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.7");
    image.setString(Tag.FrameOfReferenceUID, VR.UI, "2.25.8");
    image.setString(Tag.ContainerIdentifier, VR.LO, "C1");
    image.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", flavour, "NONE");
    image.setString(Tag.DimensionOrganizationType, VR.CS, "TILED_FULL");
    image.setInteger(Tag.TotalPixelMatrixColumns, VR.UL, width);
    image.setInteger(Tag.TotalPixelMatrixRows, VR.UL, height);
    image.setInteger(Tag.SamplesPerPixel, VR.US, 3);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "RGB");
    image.setInteger(Tag.PlanarConfiguration, VR.US, 0);
    image.setInteger(Tag.Rows, VR.US, TILE);
    image.setInteger(Tag.Columns, VR.US, TILE);
    image.setInteger(Tag.BitsAllocated, VR.US, 8);
    image.setInteger(Tag.BitsStored, VR.US, 8);
    image.setInteger(Tag.HighBit, VR.US, 7);
    image.setInteger(Tag.PixelRepresentation, VR.US, 0);
    Attributes measures =
        image.newSequence(Tag.SharedFunctionalGroupsSequence).add(new Attributes());
    measures
        .newSequence(Tag.PixelMeasuresSequence)
        .add(new Attributes())
        .setString(Tag.PixelSpacing, VR.DS, "0.0005", "0.0005");
    return image;
  }

  /** A tile at a place, of one seed. */
  record Placed(int seed, int column, int row) {}

  /** Puts tiles into a file, in their order. */
  static void tiles(Attributes image, Placed... tiles) {
    byte[] pixels = new byte[tiles.length * TILE * TILE * 3];
    int at = 0;
    for (Placed tile : tiles) {
      for (int y = 0; y < TILE; y++) {
        for (int x = 0; x < TILE; x++) {
          for (int c = 0; c < 3; c++) {
            pixels[at++] =
                (byte) value(tile.seed, tile.column * TILE + x, tile.row * TILE + y, c);
          }
        }
      }
    }
    image.setString(Tag.NumberOfFrames, VR.IS, String.valueOf(tiles.length));
    image.setBytes(Tag.PixelData, VR.OB, pixels);
  }

  /** All tiles of a level, row by row. */
  static Placed[] all(int seed, int width, int height) {
    int across = Math.ceilDiv(width, TILE);
    Placed[] all = new Placed[across * Math.ceilDiv(height, TILE)];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Placed(seed, i % across, i / across);
    }
    return all;
  }

  /** Says of each tile where it is, on which path and at which depth. */
  static void positions(Attributes image, String[] paths, double[] depths, Placed... tiles) {
    image.setString(Tag.DimensionOrganizationType, VR.CS, "TILED_SPARSE");
    Sequence perFrame = image.newSequence(Tag.PerFrameFunctionalGroupsSequence);
    for (int i = 0; i < tiles.length; i++) {
      Attributes frame = perFrame.add(new Attributes());
      Attributes position =
          frame.newSequence(Tag.PlanePositionSlideSequence).add(new Attributes());
      position.setInteger(
          Tag.ColumnPositionInTotalImagePixelMatrix, VR.SL, tiles[i].column * TILE + 1);
      position.setInteger(
          Tag.RowPositionInTotalImagePixelMatrix, VR.SL, tiles[i].row * TILE + 1);
      position.setString(
          Tag.ZOffsetInSlideCoordinateSystem, VR.DS, String.valueOf(depths[i]));
      frame
          .newSequence(Tag.OpticalPathIdentificationSequence)
          .add(new Attributes())
          .setString(Tag.OpticalPathIdentifier, VR.SH, paths[i]);
    }
  }

  Path write(String name, Attributes image) throws IOException {
    Path file = folder.resolve(name);
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(image, TransferSyntax.EXPLICIT_LITTLE);
    }
    return file;
  }

  static Slide open(Path file) throws IOException, RejectedInputException {
    return DicomSlide.open(DicomFile.read(file), Optional.of(file), ParseLimits.standard());
  }
}
