package org.tessera.runtime.bench;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tessera.casemodel.Highlight;
import org.tessera.omni.token.Token;
import org.tessera.runtime.bench.RegionRaster.Box;

/** What a map says about a place, held against the places that are known. */
final class PlaceScore {
  private static final int DRAWS = 20;

  private final List<Box> tokens;
  private final int[] indices;
  private final List<Box> truth;
  private final RegionRaster raster;
  private final BitSet known;

  /**
   * One evidence.
   *
   * @param all tokens of the case, in the order of maps
   * @param evidence id of the evidence
   * @param truth its known places, at least one
   */
  PlaceScore(List<Token> all, String evidence, List<Box> truth) {
    this.indices =
        IntStream.range(0, all.size())
            .filter(i -> all.get(i).evidence().equals(evidence))
            .toArray();
    this.tokens = IntStream.of(indices).mapToObj(i -> Box.of(all.get(i).region())).toList();
    this.truth = List.copyOf(truth);
    this.raster = RegionRaster.over(tokens);
    this.known = raster.cells(truth);
  }

  /**
   * Pointing game and overlap.
   *
   * @param hit 1 if the strongest token's centre lies in a known place, or the chance of it
   * @param overlap intersection over union of the shown regions and the known places
   */
  record Score(double hit, double overlap) {}

  Score of(float[] map, List<Highlight> shown, String evidence) {
    int best = 0;
    for (int i = 1; i < indices.length; i++) {
      best = map[indices[i]] > map[indices[best]] ? i : best;
    }
    boolean silent = !(map[indices[best]] > 0);
    List<Box> boxes =
        shown.stream()
            .filter(each -> each.input().equals(evidence))
            .map(each -> Box.of(each.region()))
            .toList();
    return new Score(
        !silent && inside(tokens.get(best)) ? 1 : 0,
        RegionRaster.overlap(raster.cells(boxes), known));
  }

  /** The middle of the evidence, and a box there as large as the first known place. */
  Score centre() {
    Box first = truth.getFirst();
    Box middle =
        new Box(
            (raster.width() - first.width()) / 2,
            (raster.height() - first.height()) / 2,
            first.width(),
            first.height());
    boolean hit =
        truth.stream().anyMatch(box -> box.contains(raster.width() / 2, raster.height() / 2));
    return new Score(hit ? 1 : 0, RegionRaster.overlap(raster.cells(List.of(middle)), known));
  }

  /** A random token, and boxes as large as the first known place at random places. */
  Score random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Box first = truth.getFirst();
    double sum = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      Box box =
          new Box(
              random.nextDouble() * Math.max(0, raster.width() - first.width()),
              random.nextDouble() * Math.max(0, raster.height() - first.height()),
              first.width(),
              first.height());
      sum += RegionRaster.overlap(raster.cells(List.of(box)), known);
    }
    double hits = tokens.stream().filter(this::inside).count();
    return new Score(hits / tokens.size(), sum / DRAWS);
  }

  /** A map that knows: the part of each token that lies in a known place. */
  void truth(float[] map) {
    List<Box> one = new ArrayList<>();
    for (int i = 0; i < indices.length; i++) {
      one.clear();
      one.add(tokens.get(i));
      BitSet cells = raster.cells(one);
      int all = cells.cardinality();
      cells.and(known);
      map[indices[i]] = all == 0 ? 0 : (float) cells.cardinality() / all;
    }
  }

  private boolean inside(Box token) {
    double x = token.x() + token.width() / 2;
    double y = token.y() + token.height() / 2;
    return truth.stream().anyMatch(box -> box.contains(x, y));
  }
}
