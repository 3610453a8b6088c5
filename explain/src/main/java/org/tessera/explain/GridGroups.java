package org.tessera.explain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tessera.omni.token.Token;

/**
 * Boxes of neighbouring patches. Patches that touch along an edge belong together; each group
 * becomes the upright box around it, and boxes that overlap become one. A box of the upright grid
 * is a box of source pixels in all eight orientations.
 */
final class GridGroups {
  private final List<Token> tokens;

  GridGroups(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * Groups patches.
   *
   * @param chosen indices of patches of one evidence
   * @return all patches of each box, also those that were not chosen
   */
  List<BitSet> groups(BitSet chosen) {
    String evidence = tokens.get(chosen.nextSetBit(0)).evidence();
    Map<Cell, Integer> grid = new HashMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).evidence().equals(evidence)) {
        grid.put(Cell.of(tokens.get(i)), i);
      }
    }
    List<Box> boxes = merged(boxes(chosen, grid));
    List<BitSet> groups = new ArrayList<>();
    for (Box box : boxes) {
      BitSet inside = new BitSet();
      grid.forEach(
          (cell, index) -> {
            if (box.contains(cell)) {
              inside.set(index);
            }
          });
      groups.add(inside);
    }
    return groups;
  }

  private List<Box> boxes(BitSet chosen, Map<Cell, Integer> grid) {
    BitSet open = (BitSet) chosen.clone();
    List<Box> boxes = new ArrayList<>();
    for (int start = open.nextSetBit(0); start >= 0; start = open.nextSetBit(0)) {
      Deque<Integer> queue = new ArrayDeque<>(List.of(start));
      open.clear(start);
      Box box = Box.around(Cell.of(tokens.get(start)));
      while (!queue.isEmpty()) {
        Cell cell = Cell.of(tokens.get(queue.remove()));
        box = box.with(Box.around(cell));
        for (Cell near : cell.neighbours()) {
          Integer index = grid.get(near);
          if (index != null && open.get(index)) {
            open.clear(index);
            queue.add(index);
          }
        }
      }
      boxes.add(box);
    }
    return boxes;
  }

  private static List<Box> merged(List<Box> boxes) {
    List<Box> apart = new ArrayList<>();
    for (Box box : boxes) {
      Box grown = box;
      for (int i = 0; i < apart.size(); i++) {
        if (grown.overlaps(apart.get(i))) {
          grown = grown.with(apart.remove(i));
          i = -1;
        }
      }
      apart.add(grown);
    }
    return apart;
  }

  private record Box(int frame, int top, int left, int bottom, int right) {
    static Box around(Cell cell) {
      return new Box(cell.frame(), cell.y(), cell.x(), cell.y(), cell.x());
    }

    Box with(Box other) {
      return new Box(
          frame,
          Math.min(top, other.top),
          Math.min(left, other.left),
          Math.max(bottom, other.bottom),
          Math.max(right, other.right));
    }

    boolean overlaps(Box other) {
      return frame == other.frame
          && top <= other.bottom
          && other.top <= bottom
          && left <= other.right
          && other.left <= right;
    }

    boolean contains(Cell cell) {
      return frame == cell.frame()
          && cell.y() >= top
          && cell.y() <= bottom
          && cell.x() >= left
          && cell.x() <= right;
    }
  }
}
