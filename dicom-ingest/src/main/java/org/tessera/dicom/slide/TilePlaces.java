package org.tessera.dicom.slide;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.image.FunctionalGroups;

/**
 * Which frame is where (PS3.3 C.7.6.17.3): by order where a slide is TILED_FULL, by the position of
 * each frame where it is TILED_SPARSE. Of several focal planes the middle one is taken.
 */
final class TilePlaces {
  private static final int MOST_PLACES = 1 << 24;

  private final List<SlidePart> parts;
  private final SlidePart first;
  private final int across;
  private final int places;
  private final int frames;

  private TilePlaces(List<SlidePart> parts) throws RejectedInputException {
    this.parts = parts;
    this.first = parts.getFirst();
    this.across = Math.ceilDiv(first.width(), first.data().columns());
    long count = (long) across * Math.ceilDiv(first.height(), first.data().rows());
    this.frames = parts.stream().mapToInt(part -> part.data().frames()).sum();
    // Beyond four places per frame a sparse slide is nearly empty; a full one has no gaps.
    if (count > MOST_PLACES || count > 4L * frames + 1024) {
      throw new RejectedInputException(
          "The slide has %,d tiles where its size needs %,d.".formatted(frames, count));
    }
    this.places = (int) count;
  }

  /**
   * The frames of every optical path.
   *
   * @param parts of a level, in the order of their frames
   * @return by optical path: frame number over all parts, from 1, by place; 0 for none
   */
  static List<int[]> of(List<SlidePart> parts) throws RejectedInputException {
    TilePlaces places = new TilePlaces(parts);
    Attributes image = parts.getFirst().image();
    boolean full =
        image.string(Tag.DimensionOrganizationType).orElse("").equals("TILED_FULL")
            || image.items(Tag.PerFrameFunctionalGroupsSequence).isEmpty();
    return full ? places.full() : places.sparse();
  }

  /** Tiles row by row, then focal planes, then optical paths. */
  private List<int[]> full() throws RejectedInputException {
    long needed = (long) places * first.planes() * first.paths();
    boolean part = first.concatenation().isPresent();
    if (frames != needed) {
      throw new RejectedInputException(
          part && frames < needed
              ? "Of the slide's %,d tiles only %,d are here; the other files are missing."
                  .formatted(needed, frames)
              : "The slide has %,d tiles where its size needs %,d.".formatted(frames, needed));
    }
    List<int[]> paths = new ArrayList<>();
    for (int path = 0; path < first.paths(); path++) {
      int before = (path * first.planes() + first.planes() / 2) * places;
      int[] frameAt = new int[places];
      for (int place = 0; place < places; place++) {
        frameAt[place] = before + place + 1;
      }
      paths.add(frameAt);
    }
    return paths;
  }

  /** Where a frame is. */
  private record Position(int frame, int place, double depth, String path) {}

  private List<int[]> sparse() throws RejectedInputException {
    List<Position> positions = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    TreeSet<Double> depths = new TreeSet<>();
    int before = 0;
    for (SlidePart part : parts) {
      List<Attributes> perFrame = part.image().items(Tag.PerFrameFunctionalGroupsSequence);
      for (int frame = 1; frame <= part.data().frames(); frame++) {
        Attributes own = frame <= perFrame.size() ? perFrame.get(frame - 1) : new Attributes();
        Position position = position(part, own, before + frame);
        if (position.place >= 0) {
          positions.add(position);
          names.add(position.path);
          depths.add(position.depth);
        }
      }
      before += part.data().frames();
    }
    List<Double> ordered = List.copyOf(depths);
    double middle = ordered.isEmpty() ? 0 : ordered.get(ordered.size() / 2);
    List<int[]> paths = new ArrayList<>();
    for (String name : names) {
      int[] frameAt = new int[places];
      for (Position each : positions) {
        if (each.depth == middle && each.path.equals(name)) {
          frameAt[each.place] = each.frame;
        }
      }
      paths.add(frameAt);
    }
    if (paths.isEmpty()) {
      throw new RejectedInputException("None of the slide's tiles lies inside it.");
    }
    return paths;
  }

  private Position position(SlidePart part, Attributes own, int frame)
      throws RejectedInputException {
    Attributes item =
        own.item(Tag.PlanePositionSlideSequence)
            .orElseThrow(() -> new RejectedInputException("A tile of the slide has no position."));
    int columns = first.data().columns();
    int rows = first.data().rows();
    int x = item.integer(Tag.ColumnPositionInTotalImagePixelMatrix, 0) - 1;
    int y = item.integer(Tag.RowPositionInTotalImagePixelMatrix, 0) - 1;
    if (x < 0 || y < 0 || x % columns != 0 || y % rows != 0) {
      throw new RejectedInputException("The tiles of the slide overlap, which is not read.");
    }
    boolean inside = x < first.width() && y < first.height();
    return new Position(
        frame,
        inside ? y / rows * across + x / columns : -1,
        item.real(Tag.ZOffsetInSlideCoordinateSystem).orElse(0),
        path(part, own));
  }

  private static String path(SlidePart part, Attributes own) {
    Optional<Attributes> named = own.item(Tag.OpticalPathIdentificationSequence);
    return named
        .or(
            () ->
                FunctionalGroups.holder(
                    part.image(),
                    Integer.MAX_VALUE,
                    Tag.OpticalPathIdentificationSequence,
                    Tag.OpticalPathIdentifier))
        .flatMap(item -> item.string(Tag.OpticalPathIdentifier))
        .orElse("");
  }
}
