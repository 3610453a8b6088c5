package org.tessera.dicom.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;

/** Which fragments make up which frame (PS3.5 A.4). */
final class FrameFragments {
  private final List<Bytes> parts;

  /** Index of the first fragment of each frame, and the number of fragments at the end. */
  private final int[] firsts;

  FrameFragments(Fragments fragments, Attributes image, int frames)
      throws RejectedInputException {
    this.parts = fragments.parts();
    if (parts.size() < frames) {
      throw new RejectedInputException(
          "The compressed pixel data hold %,d fragments for %,d frames."
              .formatted(parts.size(), frames));
    }
    this.firsts =
        simple(frames)
            .or(() -> byTable(extendedTable(image), frames))
            .or(() -> byTable(basicTable(fragments.offsetTable()), frames))
            .or(() -> byMarker(frames))
            .orElseThrow(
                () ->
                    new RejectedInputException(
                        "It cannot be told which fragments belong to which frame."));
  }

  private Optional<int[]> simple(int frames) {
    if (frames != 1 && frames != parts.size()) {
      return Optional.empty();
    }
    int[] starts = new int[frames + 1];
    for (int i = 0; i < frames; i++) {
      starts[i] = i;
    }
    starts[frames] = parts.size();
    return Optional.of(starts);
  }

  private static long[] basicTable(Bytes table) {
    long[] offsets = new long[(int) Math.min(table.length() / 4, ParseLimits.MOST_OFFSETS)];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = table.doubleWord(4L * i) & 0xFFFFFFFFL;
    }
    return offsets;
  }

  private static long[] extendedTable(Attributes image) {
    Optional<Bytes> table = image.bytes(Tag.ExtendedOffsetTable);
    long entries = table.map(Bytes::length).orElse(0L) / 8;
    long[] offsets = new long[(int) Math.min(entries, ParseLimits.MOST_OFFSETS)];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = table.get().quadWord(8L * i);
    }
    return offsets;
  }

  /** Offsets count from the first byte of the item behind the table, item headers included. */
  private Optional<int[]> byTable(long[] offsets, int frames) {
    if (offsets.length < frames) {
      return Optional.empty();
    }
    int[] starts = new int[frames + 1];
    long offset = 0;
    int frame = 0;
    for (int part = 0; part < parts.size() && frame < frames; part++) {
      if (offsets[frame] == offset) {
        starts[frame++] = part;
      }
      offset += 8 + parts.get(part).length();
    }
    starts[frames] = parts.size();
    return frame == frames && starts[0] == 0 ? Optional.of(starts) : Optional.empty();
  }

  /** Without a table: a fragment that begins with a start-of-image marker begins a frame. */
  private Optional<int[]> byMarker(int frames) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Bytes part = parts.get(i);
      int marker = part.length() < 2 ? 0 : part.unsignedByte(0) << 8 | part.unsignedByte(1);
      if (marker == 0xFFD8 || marker == 0xFF4F) {
        starts.add(i);
      }
    }
    if (starts.size() != frames || starts.getFirst() != 0) {
      return Optional.empty();
    }
    starts.add(parts.size());
    return Optional.of(starts.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The joined bytes of a frame (from 0). */
  byte[] frame(int index, long limit) throws RejectedInputException {
    long length = 0;
    for (Bytes part : parts.subList(firsts[index], firsts[index + 1])) {
      if (part.isTruncated()) {
        throw new RejectedInputException(
            "The file is cut off inside the pixel data of frame %d.".formatted(index + 1));
      }
      length += part.length();
    }
    if (length > limit) {
      throw new RejectedInputException(
          "Frame %d has %,d compressed bytes; at most %,d are read."
              .formatted(index + 1, length, limit));
    }
    byte[] joined = new byte[(int) length];
    int at = 0;
    for (Bytes part : parts.subList(firsts[index], firsts[index + 1])) {
      part.copy(0, joined, at, (int) part.length());
      at += (int) part.length();
    }
    return joined;
  }
}
