package org.tessera.dicom.image;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;
import org.tessera.dicom.Values;

/** Secondary captures of a ramp, each with one more thing that decides how it is shown. */
final class DrawnImages {
  static final int ROWS = 24;
  static final int COLUMNS = 32;

  /** An image and the options that ask dcm2pnm for what we show by default. */
  record Drawn(Attributes image, List<String> options) {

    /** The options for a frame, from 1. */
    List<String> options(int frame) {
      return options.equals(List.of("FRAMES"))
          ? List.of("+F", "" + frame, "+Ww", "" + frame * 400, "" + frame * 300)
          : Stream.concat(Stream.of("+F", "" + frame), options.stream()).toList();
    }
  }

  private final Map<String, Drawn> images = new LinkedHashMap<>();

  private DrawnImages() {}

  static Map<String, Drawn> all() {
    DrawnImages drawn = new DrawnImages();
    drawn.windows();
    drawn.tables();
    drawn.polarities();
    drawn.cells();
    drawn.overlays();
    drawn.palettes();
    drawn.frames();
    drawn.padding();
    return drawn.images;
  }

  private void add(String name, String option, Attributes base, Consumer<Attributes> change) {
    change.accept(base);
    images.put(name, new Drawn(base, option.isEmpty() ? List.of() : List.of(option.split(" "))));
  }

  /** A grey ramp over all values that fit the stored bits, at the top of the cell or below. */
  static Attributes grey(int allocated, int stored, int high, boolean signed) {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    image.setString(
        Tag.SOPInstanceUID,
        VR.UI,
        UidDictionary.derived("drawn %d %d %d %b".formatted(allocated, stored, high, signed)));
    image.setInteger(Tag.SamplesPerPixel, VR.US, 1);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    image.setInteger(Tag.Rows, VR.US, ROWS);
    image.setInteger(Tag.Columns, VR.US, COLUMNS);
    image.setInteger(Tag.BitsAllocated, VR.US, allocated);
    image.setInteger(Tag.BitsStored, VR.US, stored);
    image.setInteger(Tag.HighBit, VR.US, high);
    image.setInteger(Tag.PixelRepresentation, VR.US, signed ? 1 : 0);
    long most = (1L << stored) - 1;
    long[] cells = new long[ROWS * COLUMNS];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = Math.round((double) most * i / (cells.length - 1)) << high + 1 - stored;
    }
    pixels(image, allocated, cells);
    return image;
  }

  private static void pixels(Attributes image, int allocated, long[] cells) {
    if (allocated == 8) {
      byte[] bytes = new byte[cells.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) cells[i];
      }
      image.setBytes(Tag.PixelData, VR.OB, bytes);
    } else {
      image.setBytes(
          Tag.PixelData, VR.OW, Values.encoded(allocated == 16 ? VR.US : VR.UL, cells));
    }
  }

  private static void window(Attributes image, String center, String width, String function) {
    image.setString(Tag.WindowCenter, VR.DS, center);
    image.setString(Tag.WindowWidth, VR.DS, width);
    if (!function.isEmpty()) {
      image.setString(Tag.VOILUTFunction, VR.CS, function);
    }
  }

  private static void rescale(Attributes image, String slope, String intercept) {
    image.setString(Tag.RescaleSlope, VR.DS, slope);
    image.setString(Tag.RescaleIntercept, VR.DS, intercept);
    image.setString(Tag.RescaleType, VR.LO, "US");
  }

  private void windows() {
    add("window", "+Wi 1", grey(16, 12, 11, false), i -> window(i, "2000", "1000", ""));
    add("window linear", "+Wi 1", grey(16, 12, 11, false),
        i -> window(i, "2000", "3000", "LINEAR"));
    add("window exact", "+Wi 1", grey(16, 12, 11, false),
        i -> window(i, "2000", "3000", "LINEAR_EXACT"));
    add("window exact, narrow", "+Wi 1", grey(8, 8, 7, false),
        i -> window(i, "100", "20", "LINEAR_EXACT"));
    add("window sigmoid", "+Wi 1", grey(16, 12, 11, false),
        i -> window(i, "2000", "1000", "SIGMOID"));
    add("window sigmoid asked for", "+Wi 1 +Wfs", grey(16, 12, 11, false),
        i -> window(i, "2000", "1000", "SIGMOID"));
    add("window of one", "+Wi 1", grey(16, 12, 11, false), i -> window(i, "2000", "1", ""));
    add("window, rescale", "+Wi 1", grey(16, 12, 11, true),
        i -> {
          rescale(i, "0.5", "-100.25");
          window(i, "-40.5", "300", "");
        });
    add("range, rescale falling", "+Wm", grey(16, 12, 11, true), i -> rescale(i, "-2", "7"));
    add("range", "+Wm", grey(16, 12, 11, true), i -> {});
  }

  static void table(
      Attributes image, int sequence, boolean signed, int first, int bits, long... entries) {
    Attributes item = image.newSequence(sequence).add(new Attributes());
    item.setInteger(Tag.LUTDescriptor, signed ? VR.SS : VR.US, entries.length, first, bits);
    if (sequence == Tag.ModalityLUTSequence) {
      item.setString(Tag.ModalityLUTType, VR.LO, "US");
    }
    item.setBytes(Tag.LUTData, VR.OW, Values.encoded(VR.US, entries));
  }

  private static long[] curve(int entries, int bits) {
    long[] values = new long[entries];
    long most = (1L << bits) - 1;
    for (int i = 0; i < entries; i++) {
      values[i] = Math.round(most * Math.pow((double) i / (entries - 1), 1.7));
    }
    return values;
  }

  private void tables() {
    add("VOI LUT unsigned", "+Wl 1", grey(16, 12, 11, false),
        i -> table(i, Tag.VOILUTSequence, false, 500, 12, curve(2000, 12)));
    add("VOI LUT signed", "+Wl 1", grey(16, 12, 11, true),
        i -> table(i, Tag.VOILUTSequence, true, -1000, 8, curve(1500, 8)));
    add("VOI LUT after a rescale below zero", "+Wl 1", grey(16, 12, 11, false),
        i -> {
          rescale(i, "1", "-1024");
          table(i, Tag.VOILUTSequence, true, -500, 16, curve(1500, 16));
        });
    add("VOI LUT of 10 bits", "+Wl 1", grey(8, 8, 7, false),
        i -> table(i, Tag.VOILUTSequence, false, 0, 10, curve(256, 10)));
    add("VOI LUT falling", "+Wl 1", grey(8, 8, 7, false),
        i -> {
          long[] falling = curve(256, 16);
          for (int k = 0; k < falling.length; k++) {
            falling[k] = 65_535 - falling[k];
          }
          table(i, Tag.VOILUTSequence, false, 0, 16, falling);
        });
    add("modality LUT", "+Wm", grey(16, 12, 11, false),
        i -> table(i, Tag.ModalityLUTSequence, false, 100, 16, curve(3000, 16)));
    add("modality LUT signed, window", "+Wi 1", grey(16, 12, 11, true),
        i -> {
          table(i, Tag.ModalityLUTSequence, true, -1500, 16, curve(3000, 14));
          window(i, "6000", "9000", "");
        });
    add("modality LUT not rising, range", "+Wm", grey(8, 8, 7, false),
        i -> {
          long[] hill = new long[256];
          for (int k = 0; k < 256; k++) {
            hill[k] = 40_000 - (k - 100L) * (k - 100L);
          }
          table(i, Tag.ModalityLUTSequence, false, 0, 16, hill);
        });
    add("modality LUT, VOI LUT", "+Wl 1", grey(16, 12, 11, true),
        i -> {
          table(i, Tag.ModalityLUTSequence, true, -2048, 16, curve(4096, 16));
          table(i, Tag.VOILUTSequence, false, 1000, 16, curve(60_000, 16));
        });
  }

  private void polarities() {
    for (String photometric : List.of("MONOCHROME1", "MONOCHROME2")) {
      for (String shape : List.of("", "IDENTITY", "INVERSE")) {
        add((photometric + " " + shape).strip(), "+Wi 1", grey(16, 12, 11, false),
            i -> {
              i.setString(Tag.PhotometricInterpretation, VR.CS, photometric);
              window(i, "1800", "3000", "");
              if (!shape.isEmpty()) {
                i.setString(Tag.PresentationLUTShape, VR.CS, shape);
              }
            });
      }
    }
    add("MONOCHROME1, VOI LUT", "+Wl 1", grey(16, 12, 11, false),
        i -> {
          i.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1");
          table(i, Tag.VOILUTSequence, false, 500, 12, curve(2000, 12));
        });
    add("MONOCHROME1, range", "+Wm", grey(16, 10, 9, true),
        i -> i.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1"));
  }

  private void cells() {
    int[][] shapes = {
      {8, 8, 7}, {8, 6, 5}, {8, 5, 7}, {16, 16, 15}, {16, 10, 9}, {16, 12, 15}, {16, 11, 13},
      {16, 1, 0}, {16, 7, 6}, {32, 32, 31}, {32, 20, 19}, {32, 24, 30}
    };
    for (int[] shape : shapes) {
      for (boolean signed : new boolean[] {false, true}) {
        add("%d bits, %d stored to bit %d%s"
                .formatted(shape[0], shape[1], shape[2], signed ? ", signed" : ""),
            "+Wm",
            grey(shape[0], shape[1], shape[2], signed),
            i -> {});
      }
    }
  }

  private static void plane(
      Attributes image, int group, String type, int rows, int columns, int top, int left) {
    int base = group << 16;
    image.setInteger(base | 0x10, VR.US, rows);
    image.setInteger(base | 0x11, VR.US, columns);
    image.setString(base | 0x40, VR.CS, type);
    image.setInteger(base | 0x50, VR.SS, top, left);
    image.setInteger(base | 0x100, VR.US, 1);
    image.setInteger(base | 0x102, VR.US, 0);
    byte[] bits = new byte[(rows * columns + 7) / 8];
    for (int i = 0; i < rows * columns; i++) {
      int x = i % columns - columns / 2;
      int y = i / columns - rows / 2;
      if (x * x + y * y < rows * columns / 8) {
        bits[i / 8] |= (byte) (1 << i % 8);
      }
    }
    image.setBytes(base | 0x3000, VR.OW, bits);
  }

  private void overlays() {
    add("overlay", "+Wm", grey(8, 8, 7, false), i -> plane(i, 0x6000, "G", 24, 32, 1, 1));
    add("overlay over MONOCHROME1", "+Wm", grey(8, 8, 7, false),
        i -> {
          i.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1");
          plane(i, 0x6000, "G", 24, 32, 1, 1);
        });
    add("overlay smaller", "+Wm", grey(8, 8, 7, false), i -> plane(i, 0x6002, "G", 9, 11, 5, 8));
    add("overlay beyond the edge", "+Wm", grey(8, 8, 7, false),
        i -> plane(i, 0x601E, "G", 20, 20, 15, 25));
    add("overlay before the edge", "+Wm", grey(8, 8, 7, false),
        i -> plane(i, 0x6000, "G", 20, 20, -6, -4));
    add("region of interest", "+Wm", grey(8, 8, 7, false),
        i -> plane(i, 0x6000, "R", 24, 32, 1, 1));
    add("region of interest, smaller", "+Wm", grey(8, 8, 7, false),
        i -> plane(i, 0x6000, "R", 15, 12, 4, 6));
    add("two overlays", "+Wm", grey(8, 8, 7, false),
        i -> {
          plane(i, 0x6000, "R", 24, 32, 1, 1);
          plane(i, 0x6004, "G", 8, 8, 10, 3);
        });
    add("overlay in the cells", "+Wm", grey(16, 12, 11, false),
        i -> {
          for (int k = 0; k < 2; k++) {
            int base = 0x6000 + 2 * k << 16;
            i.setInteger(base | 0x10, VR.US, ROWS);
            i.setInteger(base | 0x11, VR.US, COLUMNS);
            i.setString(base | 0x40, VR.CS, "G");
            i.setInteger(base | 0x50, VR.SS, 1, 1);
            i.setInteger(base | 0x100, VR.US, 16);
            i.setInteger(base | 0x102, VR.US, 12 + 3 * k);
          }
          long[] cells = new long[ROWS * COLUMNS];
          for (int k = 0; k < cells.length; k++) {
            cells[k] =
                k * 5 & 0xFFF | (k % 7 == 0 ? 1 << 12 : 0) | (k / 40 % 3 == 0 ? 1 << 15 : 0)
                    | 1 << 14;
          }
          pixels(i, 16, cells);
        });
    add("overlay below the value", "+Wm", grey(16, 12, 15, false),
        i -> {
          i.setInteger(0x60000010, VR.US, ROWS);
          i.setInteger(0x60000011, VR.US, COLUMNS);
          i.setString(0x60000040, VR.CS, "G");
          i.setInteger(0x60000050, VR.SS, 1, 1);
          i.setInteger(0x60000100, VR.US, 16);
          i.setInteger(0x60000102, VR.US, 2);
          long[] cells = new long[ROWS * COLUMNS];
          for (int k = 0; k < cells.length; k++) {
            cells[k] = (k * 5 & 0xFFF) << 4 | (k % 9 == 0 ? 4 : 0) | 8;
          }
          pixels(i, 16, cells);
        });
  }

  private static void palette(Attributes image, int first, int bits, int count) {
    image.setString(Tag.PhotometricInterpretation, VR.CS, "PALETTE COLOR");
    int[] descriptors = {
      Tag.RedPaletteColorLookupTableDescriptor,
      Tag.GreenPaletteColorLookupTableDescriptor,
      Tag.BluePaletteColorLookupTableDescriptor
    };
    int[] data = {
      Tag.RedPaletteColorLookupTableData,
      Tag.GreenPaletteColorLookupTableData,
      Tag.BluePaletteColorLookupTableData
    };
    boolean signed = image.integer(Tag.PixelRepresentation, 0) == 1;
    for (int c = 0; c < 3; c++) {
      image.setInteger(descriptors[c], signed ? VR.SS : VR.US, count, first, bits);
      byte[] bytes = new byte[bits == 8 ? count : 2 * count];
      for (int i = 0; i < count; i++) {
        int value = (int) (((1L << bits) - 1) * ((i * (c + 1L)) % count) / (count - 1));
        if (bits == 8) {
          bytes[i] = (byte) value;
        } else {
          bytes[2 * i] = (byte) value;
          bytes[2 * i + 1] = (byte) (value >> 8);
        }
      }
      image.setBytes(data[c], VR.OW, bytes);
    }
  }

  private void palettes() {
    add("palette of 8 bits", "", grey(8, 8, 7, false), i -> palette(i, 0, 8, 256));
    add("palette of 16 bits", "", grey(8, 8, 7, false), i -> palette(i, 0, 16, 256));
    add("palette from 40 on", "", grey(8, 8, 7, false), i -> palette(i, 40, 16, 100));
    add("palette of 4096", "", grey(16, 12, 11, false), i -> palette(i, 0, 16, 4096));
    add("palette, signed", "", grey(16, 10, 9, true), i -> palette(i, -400, 16, 700));
    add("palette, high bit at the top", "", grey(16, 10, 15, false),
        i -> palette(i, 0, 16, 1024));
    add("palette with an overlay", "", grey(8, 8, 7, false),
        i -> {
          palette(i, 0, 8, 256);
          plane(i, 0x6000, "G", 24, 32, 1, 1);
        });
  }

  /** Segments (PS3.3 C.7.9.2), the same for all colours. */
  private static void segmented(Attributes image, int bits, int count, byte[] segments) {
    palette(image, 0, bits, count);
    for (int data :
        new int[] {
          Tag.RedPaletteColorLookupTableData,
          Tag.GreenPaletteColorLookupTableData,
          Tag.BluePaletteColorLookupTableData
        }) {
      image.remove(data);
      image.setBytes(data + 0x20, VR.OW, segments);
    }
  }

  private static void several(Attributes image, int frames) {
    image.setString(Tag.NumberOfFrames, VR.IS, Integer.toString(frames));
    byte[] one = image.bytes(Tag.PixelData).orElseThrow().toArray();
    byte[] all = new byte[one.length * frames];
    for (int i = 0; i < frames; i++) {
      for (int k = 0; k < one.length; k++) {
        all[i * one.length + (k + i * 64) % one.length] = one[k];
      }
    }
    image.setBytes(Tag.PixelData, VR.OW, all);
  }

  private void frames() {
    add("segmented palette of 16 bits", "", grey(8, 8, 7, false),
        i ->
            segmented(i, 16, 256,
                Values.encoded(VR.US, 0, 4, 0, 900, 60_000, 7, 1, 200, 65_535, 1, 52, 300)));
    add("segmented palette of 8 bits, repeating", "", grey(8, 8, 7, false),
        i ->
            segmented(i, 8, 256,
                new byte[] {
                  0, 3, 5, (byte) 200, 9, 1, 100, (byte) 255, 1, 25, 7, 2, 2, 5, 0, 0, 0, 0, 3, 1,
                  2, 3
                }));
    add("overlay of two frames from the second on", "+Wm", grey(8, 8, 7, false),
        i -> {
          several(i, 3);
          plane(i, 0x6000, "G", 24, 32, 1, 1);
          i.setString(0x60000015, VR.IS, "2");
          i.setInteger(0x60000051, VR.US, 2);
          byte[] bits = new byte[192];
          for (int k = 0; k < bits.length; k++) {
            bits[k] = (byte) (k * 37);
          }
          i.setBytes(0x60003000, VR.OW, bits);
        });
    add("range of every frame", "+Wm", grey(16, 12, 11, false),
        i -> {
          several(i, 3);
          byte[] pixels = i.bytes(Tag.PixelData).orElseThrow().toArray();
          for (int k = 0; k < 2 * ROWS * COLUMNS; k += 2) {
            pixels[k + 1] = (byte) (pixels[k + 1] & 3);
          }
          i.setBytes(Tag.PixelData, VR.OW, pixels);
        });
    // DCMTK finds the rescale in the groups, but of all windows the first one only.
    add("windows and rescale in functional groups", "FRAMES", grey(16, 12, 11, false),
        i -> {
          several(i, 3);
          Attributes shared =
              i.newSequence(Tag.SharedFunctionalGroupsSequence).add(new Attributes());
          rescale(
              shared.newSequence(Tag.PixelValueTransformationSequence).add(new Attributes()),
              "1",
              "-1000");
          var groups = i.newSequence(Tag.PerFrameFunctionalGroupsSequence);
          for (int frame = 1; frame <= 3; frame++) {
            window(
                groups
                    .add(new Attributes())
                    .newSequence(Tag.FrameVOILUTSequence)
                    .add(new Attributes()),
                Integer.toString(frame * 400),
                Integer.toString(frame * 300),
                "");
          }
        });
  }

  private void padding() {
    add("padding in a window", "+Wi 1", grey(16, 12, 11, false),
        i -> {
          window(i, "2000", "5000", "");
          i.setInteger(Tag.PixelPaddingValue, VR.US, 4095);
        });
    add("padding in no window", "+Wm", grey(16, 12, 11, true),
        i -> {
          long[] cells = new long[ROWS * COLUMNS];
          for (int k = 0; k < cells.length; k++) {
            cells[k] = k % 5 == 0 ? -2000 & 0xFFF : k & 0xFFF;
          }
          pixels(i, 16, cells);
          i.setInteger(Tag.PixelPaddingValue, VR.SS, -2000);
        });
    add("padding, a range of it, MONOCHROME1", "+Wm", grey(16, 12, 11, false),
        i -> {
          i.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1");
          i.setInteger(Tag.PixelPaddingValue, VR.US, 4000);
          i.setInteger(Tag.PixelPaddingRangeLimit, VR.US, 3000);
        });
  }
}
