package org.tessera.dicom.deidentify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Searches the frames of an object for text, each where it differs from what was searched before:
 * text mostly stands still. What differs by no more than {@value #SAME} of 255 levels is taken for
 * the same; it is held against the pixels that were searched, not against the frame before, so
 * that slow changes add up. For one thread.
 */
final class TextSearch {
  /** Text that differs less from what was there is not seen in one frame alone. */
  static final int SAME = 6;

  private static final int MARGIN = 64;

  /** The pixels that were searched, and what was found in them. */
  private static final class Searched {
    final byte[] grey;
    List<Box> boxes;

    Searched(byte[] grey, List<Box> boxes) {
      this.grey = grey;
      this.boxes = boxes;
    }
  }

  private final int columns;
  private final int rows;
  private final List<Searched> before = new ArrayList<>();

  TextSearch(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Boxes around the text of a frame.
   *
   * @param pictures of one frame: 0 to 255, row by row. They may be kept and changed
   */
  List<Box> find(List<byte[]> pictures) {
    List<Box> found = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      if (i == before.size()) {
        before.add(first(pictures.get(i)));
      } else {
        again(before.get(i), pictures.get(i));
      }
      found.addAll(before.get(i).boxes);
    }
    return found;
  }

  /** A second picture that shows what the first one does needs no search of its own. */
  private Searched first(byte[] grey) {
    if (before.isEmpty()) {
      return new Searched(grey, TextDetector.find(grey, columns, new Box(0, 0, columns, rows)));
    }
    Searched searched = new Searched(before.getFirst().grey.clone(), before.getFirst().boxes);
    again(searched, grey);
    return searched;
  }

  private void again(Searched searched, byte[] grey) {
    Optional<Box> changed = changed(searched.grey, grey);
    if (changed.isEmpty()) {
      return;
    }
    Box region = changed.get().grown(MARGIN, MARGIN, columns, rows);
    List<Box> apart = new ArrayList<>(searched.boxes);
    for (boolean grows = true; grows; ) {
      grows = false;
      for (Box box : List.copyOf(apart)) {
        if (box.meets(region)) {
          region = region.with(box);
          apart.remove(box);
          grows = true;
        }
      }
    }
    for (int y = region.y(); y < region.bottom(); y++) {
      int at = y * columns + region.x();
      System.arraycopy(grey, at, searched.grey, at, region.width());
    }
    apart.addAll(TextDetector.find(searched.grey, columns, region));
    searched.boxes = apart;
  }

  /** Around all pixels that differ. */
  private Optional<Box> changed(byte[] before, byte[] now) {
    int left = columns;
    int right = -1;
    int top = rows;
    int bottom = -1;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int at = y * columns + x;
        if (Math.abs((before[at] & 0xFF) - (now[at] & 0xFF)) > SAME) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return right < 0
        ? Optional.empty()
        : Optional.of(new Box(left, top, right - left + 1, bottom - top + 1));
  }
}
