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

  /** The table of a LUT sequence item; empty if it is missing or shorter than its descriptor. */
  static Optional<LookupTable> of(Attributes item) {
    return of(item, Tag.LUTDescriptor, Tag.LUTData);
  }

  static Optional<LookupTable> of(Attributes item, int descriptorTag, int dataTag) {
    double[] descriptor = item.reals(descriptorTag);
    Optional<Bytes> data = item.bytes(dataTag);
    if (descriptor.length < 3 || data.isEmpty()) {
      return Optional.empty();
    }
    // The count is always unsigned, even where the descriptor is SS; 0 stands for 65,536.
    int count = (int) descriptor[0] & 0xFFFF;
    count = count == 0 ? 65_536 : count;
    int bits = (int) descriptor[2];
    if (bits < 8 || bits > 16 || data.get().length() < count) {
      return Optional.empty();
    }
    boolean bytes = data.get().length() < 2L * count;
    int[] entries = new int[count];
    int most = 0;
    for (int i = 0; i < count; i++) {
      entries[i] = bytes ? data.get().unsignedByte(i) : data.get().word(2L * i) & 0xFFFF;
      most = Math.max(most, entries[i]);
    }
    // Some writers state 16 bits and use fewer; the descriptor is believed unless exceeded.
    int needed = 32 - Integer.numberOfLeadingZeros(most);
    return Optional.of(new LookupTable(descriptor[1], Math.max(bits, needed), entries));
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
