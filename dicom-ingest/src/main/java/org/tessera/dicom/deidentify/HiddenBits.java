package org.tessera.dicom.deidentify;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.Element;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.codec.PixelFormat;

/**
 * What pixel data carry beside pixels: bytes behind the last frame, overlays in unused bits (PS3.3
 * C.9.2, retired), text in compressed frames. None of it goes into the output.
 */
final class HiddenBits {
  private static final int CHUNK = 1 << 16;

  private HiddenBits() {}

  /** Removes it from the pixel data of a data set; {@code scratch} is used where bits change. */
  static void remove(Attributes dataset, Path scratch, ParseLimits limits)
      throws IOException, RejectedInputException {
    Element element = dataset.element(Tag.PixelData).orElse(null);
    if (element == null) {
      return;
    }
    switch (element.value()) {
      case Bytes bytes ->
          dataset.set(
              new Element(Tag.PixelData, element.vr(), trimmed(bytes, dataset, scratch, limits)));
      case Fragments fragments ->
          dataset.set(
              new Element(
                  Tag.PixelData,
                  element.vr(),
                  CodestreamText.without(fragments, limits.maxFrameBytes())));
      case Sequence sequence -> dataset.remove(Tag.PixelData);
    }
  }

  private static Bytes trimmed(Bytes bytes, Attributes dataset, Path scratch, ParseLimits limits)
      throws IOException, RejectedInputException {
    PixelFormat format = PixelFormat.of(dataset, limits);
    long values = (long) format.rows() * format.columns() * format.samples() * format.frames();
    long needed = (values * format.bitsAllocated() + 7) / 8;
    if (format.photometric().endsWith("_422") && format.samples() == 3) {
      needed = needed / 3 * 2;
    }
    if (bytes.length() < needed) {
      throw new RejectedInputException("The file is cut off inside its pixel data.");
    }
    Bytes pixels = bytes.slice(0, needed);
    int allocated = format.bitsAllocated();
    if (allocated != 8 && allocated != 16
        || format.bitsStored() == allocated
        || !hasOther(pixels, format)) {
      return pixels;
    }
    return masked(pixels, format, scratch);
  }

  private static int used(PixelFormat format) {
    return ((1 << format.bitsStored()) - 1) << format.highBit() - format.bitsStored() + 1;
  }

  /** True if unused bits hold anything but zeros or, in signed pixels, the sign. */
  private static boolean hasOther(Bytes pixels, PixelFormat format) throws IOException {
    int used = used(format);
    int allocated = format.bitsAllocated();
    int unusedLow = 32 - format.highBit() - 1;
    byte[] chunk = new byte[CHUNK];
    for (long at = 0; at < pixels.length(); at += CHUNK) {
      int count = (int) Math.min(CHUNK, pixels.length() - at);
      pixels.copy(at, chunk, 0, count);
      for (int i = 0; i + allocated / 8 <= count; i += allocated / 8) {
        int value = chunk[i] & 0xFF | (allocated == 16 ? (chunk[i + 1] & 0xFF) << 8 : 0);
        int plain = value & used;
        int extended = plain << unusedLow >> unusedLow & (1 << allocated) - 1;
        if (value != plain && (!format.signed() || value != extended)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Bytes masked(Bytes pixels, PixelFormat format, Path scratch) throws IOException {
    int used = used(format);
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(scratch), CHUNK)) {
      for (long at = 0; at < pixels.length(); at += CHUNK) {
        int count = (int) Math.min(CHUNK, pixels.length() - at);
        pixels.copy(at, chunk, 0, count);
        for (int i = 0; i < count; i++) {
          boolean high = format.bitsAllocated() == 16 && i % 2 == 1;
          chunk[i] &= (byte) (high ? used >> 8 : used);
        }
        out.write(chunk, 0, count);
      }
    }
    return PixelCleaner.mapped(scratch);
  }
}
