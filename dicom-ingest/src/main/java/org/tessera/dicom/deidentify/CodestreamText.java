package org.tessera.dicom.deidentify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.Fragments;

/**
 * Text that travels inside compressed frames: comments and application data of JPEG and JPEG-LS
 * (ISO 10918-1 B.2.4), comments of JPEG 2000 (ISO 15444-1 A.9.2), and whatever lies behind the end
 * of a picture. It is overwritten with zeros in its place, so that lengths and offset tables stay.
 */
final class CodestreamText {
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int COM = 0xFE;
  private static final int APP0 = 0xE0;
  private static final int APP2 = 0xE2;
  private static final int APP8 = 0xE8;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int J2K_SOC = 0x4F;
  private static final int J2K_SOT = 0x90;
  private static final int J2K_COM = 0x64;

  /** Colour transforms that decoders read from application data are this short. */
  private static final int LONGEST_TRANSFORM = 16;

  private CodestreamText() {}

  /** The fragments without such text; the same object if there is none. */
  static Fragments without(Fragments fragments, long limit) throws RejectedInputException {
    List<Bytes> parts = new ArrayList<>(fragments.parts().size());
    boolean changed = false;
    for (Bytes part : fragments.parts()) {
      byte[] bytes = part.toArray(limit);
      boolean blanked = blank(bytes);
      changed |= blanked;
      parts.add(blanked ? Bytes.of(bytes) : part);
    }
    return changed ? new Fragments(fragments.offsetTable(), parts) : fragments;
  }

  /** Overwrites what is not picture; true if there was any. */
  static boolean blank(byte[] bytes) {
    if (bytes.length < 4 || (bytes[0] & 0xFF) != 0xFF) {
      return false;
    }
    return switch (bytes[1] & 0xFF) {
      case SOI -> jpeg(bytes);
      case J2K_SOC -> jpeg2000(bytes);
      default -> false;
    };
  }

  private static boolean jpeg(byte[] bytes) {
    boolean changed = false;
    int at = 2;
    while (at + 4 <= bytes.length) {
      if ((bytes[at] & 0xFF) != 0xFF) {
        at++;
        continue;
      }
      int marker = bytes[at + 1] & 0xFF;
      if (marker == EOI) {
        return zero(bytes, at + 2, bytes.length) | changed;
      }
      if (marker == 0xFF || marker == 0 || marker == 1 || marker >= 0xD0 && marker <= SOI) {
        at += marker == 0xFF ? 1 : 2;
        continue;
      }
      if (marker < 0x80) {
        at++; // JPEG-LS stuffs a zero bit: no marker.
        continue;
      }
      int length = (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
      int end = Math.min(bytes.length, at + 2 + Math.max(2, length));
      if (marker == COM || marker >= APP0 && marker <= APP15 && !steersDecoding(marker, length)) {
        changed |= zero(bytes, at + 4, end);
      }
      at = end;
    }
    if (at + 2 <= bytes.length && (bytes[at] & 0xFF) == 0xFF && (bytes[at + 1] & 0xFF) == EOI) {
      return zero(bytes, at + 2, bytes.length) | changed;
    }
    return changed;
  }

  /** JFIF, colour transforms of Adobe and HP, colour profiles: pictures change without them. */
  private static boolean steersDecoding(int marker, int length) {
    return marker == APP2
        || (marker == APP0 || marker == APP8 || marker == APP14) && length <= LONGEST_TRANSFORM;
  }

  private static boolean jpeg2000(byte[] bytes) {
    boolean changed = false;
    int at = 2;
    while (at + 4 <= bytes.length && (bytes[at] & 0xFF) == 0xFF) {
      int marker = bytes[at + 1] & 0xFF;
      if (marker == J2K_SOT) {
        break;
      }
      int end =
          Math.min(
              bytes.length, at + 2 + ((bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF));
      if (marker == J2K_COM) {
        changed |= zero(bytes, at + 6, end);
      }
      if (end <= at) {
        break;
      }
      at = end;
    }
    for (int i = bytes.length - 2; i >= at; i--) {
      if ((bytes[i] & 0xFF) == 0xFF && (bytes[i + 1] & 0xFF) == EOI) {
        return zero(bytes, i + 2, bytes.length) | changed;
      }
    }
    return changed;
  }

  private static boolean zero(byte[] bytes, int from, int to) {
    boolean changed = false;
    for (int i = Math.min(from, bytes.length); i < to; i++) {
      changed |= bytes[i] != 0;
    }
    if (changed) {
      Arrays.fill(bytes, from, to, (byte) 0);
    }
    return changed;
  }
}
