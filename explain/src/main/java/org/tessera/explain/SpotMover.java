package org.tessera.explain;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.token.Token;

/** Moves a region to a random place of the same evidence, in the same shape. */
final class SpotMover {
  private final List<Token> tokens;

  SpotMover(EncodedCase encoded) {
    this.tokens = encoded.tokens();
  }

  /** As many tokens as the spot has, of the same evidence. */
  BitSet moved(Spot spot, SplittableRandom random) {
    int[] all =
        IntStream.range(0, tokens.size())
            .filter(i -> tokens.get(i).modality() == spot.modality())
            .filter(i -> tokens.get(i).evidence().equals(spot.evidence()))
            .toArray();
    return switch (spot.modality()) {
      case IMAGE, SLIDE -> box(spot, all, random);
      case NOTE, AUDIO, RECORD, CINE -> run(spot.tokens().cardinality(), all, random);
    };
  }

  private static BitSet run(int length, int[] all, SplittableRandom random) {
    int start = random.nextInt(all.length - length + 1);
    BitSet moved = new BitSet();
    for (int i = start; i < start + length; i++) {
      moved.set(all[i]);
    }
    return moved;
  }

  private BitSet box(Spot spot, int[] all, SplittableRandom random) {
    Map<Cell, Integer> grid = new HashMap<>();
    for (int index : all) {
      grid.put(Cell.of(tokens.get(index)), index);
    }
    int[] cells = spot.tokens().stream().toArray();
    int down = shift(rows(all), rows(cells), random);
    int right = shift(columns(all), columns(cells), random);
    BitSet moved = new BitSet();
    for (int index : cells) {
      Cell cell = Cell.of(tokens.get(index));
      Integer target = grid.get(new Cell(cell.frame(), cell.y() + down, cell.x() + right));
      if (target != null) {
        moved.set(target);
      }
    }
    return moved;
  }

  private IntStream rows(int[] indices) {
    return IntStream.of(indices).map(i -> Cell.of(tokens.get(i)).y());
  }

  private IntStream columns(int[] indices) {
    return IntStream.of(indices).map(i -> Cell.of(tokens.get(i)).x());
  }

  /** How far to move along one axis so that the part stays inside the whole. */
  private static int shift(IntStream whole, IntStream part, SplittableRandom random) {
    var outer = whole.summaryStatistics();
    var inner = part.summaryStatistics();
    int least = outer.getMin() - inner.getMin();
    int most = outer.getMax() - inner.getMax();
    return random.nextInt(least, most + 1);
  }
}
