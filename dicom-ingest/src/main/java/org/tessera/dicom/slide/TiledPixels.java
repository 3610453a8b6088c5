package org.tessera.dicom.slide;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.image.DisplayFrame;
import org.tessera.dicom.image.PixelData;
import org.tessera.dicom.image.RegionAverage;

/**
 * A whole slide whose frames are the tiles of one image (PS3.3 C.8.12.4): one level, one optical
 * path, one focal plane. Tiles are decoded when a region touches them; a few are kept.
 */
public final class TiledPixels implements PixelSource {
  private static final int KEPT_TILES = 16;

  private final Attributes image;
  private final PixelData data;
  private final int width;
  private final int height;
  private final int channels;

  /** Frame number by place, row by row; 0 where a sparse slide has no tile. */
  private final int[] frameAt;

  private final Map<Integer, DisplayFrame> kept =
      new LinkedHashMap<>(KEPT_TILES * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, DisplayFrame> eldest) {
          return size() > KEPT_TILES;
        }
      };

  public TiledPixels(DicomFile file, ParseLimits limits) throws RejectedInputException {
    this.image = file.dataset();
    List<String> type = image.strings(Tag.ImageType);
    if (type.contains("LABEL") || type.contains("OVERVIEW")) {
      throw new RejectedInputException(
          "The file is the label or overview of a slide, which may carry names and is not read.");
    }
    this.data = PixelData.of(file, limits);
    this.width = size(Tag.TotalPixelMatrixColumns, data.columns());
    this.height = size(Tag.TotalPixelMatrixRows, data.rows());
    if (image.integer(Tag.NumberOfOpticalPaths, 1) != 1
        || image.integer(Tag.TotalPixelMatrixFocalPlanes, 1) != 1) {
      throw new RejectedInputException(
          "Slides with several optical paths or focal planes are not read yet.");
    }
    this.frameAt = places();
    int first = 0;
    while (first < frameAt.length && frameAt[first] == 0) {
      first++;
    }
    if (first == frameAt.length) {
      throw new RejectedInputException("None of the slide's tiles lies inside it.");
    }
    this.channels = decoded(frameAt[first]).channels();
  }

  private int size(int tag, int otherwise) throws RejectedInputException {
    int size = image.integer(tag, otherwise);
    if (size < 1) {
      throw new RejectedInputException("The slide has no valid size.");
    }
    return size;
  }

  private int across() {
    return Math.ceilDiv(width, data.columns());
  }

  private int[] places() throws RejectedInputException {
    long count = (long) across() * Math.ceilDiv(height, data.rows());
    List<Attributes> perFrame = image.items(Tag.PerFrameFunctionalGroupsSequence);
    boolean full =
        image.string(Tag.DimensionOrganizationType).orElse("").equals("TILED_FULL")
            || perFrame.isEmpty();
    // Beyond four places per frame a sparse slide is nearly empty; a full one has no gaps.
    if (full ? count != data.frames() : count > 4L * data.frames() + 1024) {
      throw new RejectedInputException(
          "The slide has %,d tiles where its size needs %,d.".formatted(data.frames(), count));
    }
    int[] frames = new int[(int) count];
    for (int frame = 1; frame <= data.frames(); frame++) {
      int place = full ? frame - 1 : place(perFrame, frame);
      if (place >= 0 && place < frames.length) {
        frames[place] = frame;
      }
    }
    return frames;
  }

  private int place(List<Attributes> perFrame, int frame) throws RejectedInputException {
    Attributes position =
        (frame <= perFrame.size() ? perFrame.get(frame - 1) : new Attributes())
            .item(Tag.PlanePositionSlideSequence)
            .orElseThrow(() -> new RejectedInputException("A tile of the slide has no position."));
    int x = position.integer(Tag.ColumnPositionInTotalImagePixelMatrix, 0) - 1;
    int y = position.integer(Tag.RowPositionInTotalImagePixelMatrix, 0) - 1;
    if (x < 0 || y < 0 || x % data.columns() != 0 || y % data.rows() != 0) {
      throw new RejectedInputException("The tiles of the slide overlap, which is not read yet.");
    }
    if (x >= width || y >= height) {
      return -1;
    }
    return y / data.rows() * across() + x / data.columns();
  }

  private DisplayFrame decoded(int frame) throws RejectedInputException {
    return DisplayFrame.of(data.frame(frame), image, data.format(), frame);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int frames() {
    return 1;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public PixelTile read(PixelRegion region, double downsample) throws IOException {
    double right = Math.min(width, region.x() + region.width());
    double bottom = Math.min(height, region.y() + region.height());
    double inside = Math.max(0, right - region.x());
    double below = Math.max(0, bottom - region.y());
    RegionAverage average = new RegionAverage(region, downsample, channels);
    if (inside > 0 && below > 0) {
      int fromX = (int) (region.x() / data.columns());
      int toX = Math.min(across() - 1, (int) (Math.ceil(right - 1) / data.columns()));
      int toY = (int) (Math.ceil(bottom - 1) / data.rows());
      for (int y = (int) (region.y() / data.rows()); y <= toY; y++) {
        for (int x = fromX; x <= toX; x++) {
          int frame = frameAt[y * across() + x];
          if (frame > 0) {
            average.add(
                tile(frame), (long) x * data.columns(), (long) y * data.rows(), width, height);
          }
        }
      }
    }
    return average.tile();
  }

  private synchronized DisplayFrame tile(int frame) throws IOException {
    DisplayFrame known = kept.get(frame);
    if (known != null) {
      return known;
    }
    try {
      DisplayFrame tile = decoded(frame);
      kept.put(frame, tile);
      return tile;
    } catch (RejectedInputException e) {
      throw new IOException(e.sentence(), e);
    }
  }
}
