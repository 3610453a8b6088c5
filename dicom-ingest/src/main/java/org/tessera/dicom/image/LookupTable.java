package org.tessera.dicom.image;

import java.util.Optional;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.Tag;

/**
 * A lookup table with its descriptor (PS3.3 C.11.1.1): values below the first entry map to the
 * first, values above the last to the last.
 *
 * @param first the value that maps to the first entry
 * @param bits of an entry
 * @param entries at least one
 */
@SuppressWarnings("ArrayRecordComponent")
record LookupTable(double first, int bits, int[] entries) {

  /**
   * The table of a LUT sequence item; empty if it is missing or shorter than its descriptor.
   *
   * @param signed its input is signed, whatever the VR of the descriptor says
   */
  static Optional<LookupTable> of(Attributes item, boolean signed) {
    return of(item, Tag.LUTDescriptor, Tag.LUTData, Tag.LUTData, signed);
  }

  /**
   * A table by the tags of its parts.
   *
   * @param segmentedTag where it is if the other data are absent, in segments
   */
  static Optional<LookupTable> of(
      Attributes item, int descriptorTag, int dataTag, int segmentedTag, boolean signed) {
    double[] descriptor = item.reals(descriptorTag);
    if (descriptor.length < 3) {
      return Optional.empty();
    }
    // The count is always unsigned, even where the descriptor is SS; 0 stands for 65,536.
    int count = (int) descriptor[0] & 0xFFFF;
    count = count == 0 ? 65_536 : count;
    double first = signed ? (short) (int) descriptor[1] : descriptor[1];
    int bits = (int) descriptor[2];
    if (bits < 8 || bits > 16) {
      return Optional.empty();
    }
    int entries = count;
    Optional<int[]> table =
        item.containsValue(dataTag)
            ? item.bytes(dataTag).flatMap(data -> plain(data, entries))
            : item.bytes(segmentedTag)
                .flatMap(data -> SegmentedPalette.expanded(data, bits, entries));
    return table.map(values -> new LookupTable(first, Math.max(bits, needed(values)), values));
  }

  private static Optional<int[]> plain(Bytes data, int count) {
    if (data.length() < count) {
      return Optional.empty();
    }
    boolean bytes = data.length() < 2L * count;
    int[] entries = new int[count];
    for (int i = 0; i < count; i++) {
      entries[i] = bytes ? data.unsignedByte(i) : data.word(2L * i) & 0xFFFF;
    }
    return Optional.of(entries);
  }

  /** Some writers state fewer bits than they use; the descriptor is believed unless exceeded. */
  private static int needed(int[] entries) {
    int most = 0;
    for (int entry : entries) {
      most = Math.max(most, entry);
    }
    return 32 - Integer.numberOfLeadingZeros(most);
  }

  double at(double value) {
    double index = Math.rint(value - first);
    return entries[(int) Math.max(0, Math.min(entries.length - 1, index))];
  }

  /** The entry scaled to 0 to 1. */
  double scaled(double value) {
    return at(value) / ((1 << bits) - 1);
  }
}
