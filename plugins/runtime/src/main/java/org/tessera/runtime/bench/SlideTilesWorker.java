package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.casemodel.SlideRegion;
import org.tessera.omni.token.SlideSegment;
import org.tessera.omni.token.TissueMask;
import org.tessera.omni.token.TissueTiles;
import org.tessera.validation.bench.WorkerLoop;

/**
 * Our process of {@code slide-tiles}: arguments are a file that lists slides, one a line, and a
 * folder for answers. Each slide is four tasks: its tissue mask with one thread and with one for
 * every processor, then mask and tissue tiles, likewise. Every task opens the slide anew, so that
 * no tile is left from the one before. See {@link org.tessera.validation.bench.WorkerSide} for what
 * it is asked.
 */
final class SlideTilesWorker {
  /** Kinds of tasks per slide. */
  static final int KINDS = 4;

  /** Of so many values one is written down, to be compared where there is loss. */
  private static final int EACH = 97;

  private final List<Path> slides;
  private final Path answers;

  private SlideTilesWorker(List<Path> slides, Path answers) {
    this.slides = slides;
    this.answers = answers;
  }

  /** Serves until standard input ends. */
  public static void main(String[] args) throws IOException {
    WorkerLoop loop = new WorkerLoop();
    List<Path> slides = Files.readAllLines(Path.of(args[0])).stream().map(Path::of).toList();
    SlideTilesWorker worker = new SlideTilesWorker(slides, Path.of(args[1]));
    loop.serve(
        "tessera on Java " + Runtime.version(),
        (request, task) -> worker.done(request.equals("answer"), Integer.parseInt(task)));
  }

  private String done(boolean answer, int task) {
    int threads = task % 2 == 0 ? 1 : Runtime.getRuntime().availableProcessors();
    boolean whole = task / 2 % 2 == 1;
    try {
      if (!answer) {
        // Decoders in child processes end when idle: opening starts them, which is not measured.
        SlideEvidence unused = SlideOpener.evidence(slides.get(task / KINDS));
        long before = System.nanoTime();
        TissueTiles tiles = look(task, threads);
        if (whole) {
          tiles.forEach(threads, (region, pixels) -> {});
        }
        return Long.toString(System.nanoTime() - before);
      }
      TissueTiles tiles = look(task, threads);
      return whole ? checked(tiles, threads, task) : described(tiles.mask());
    } catch (IOException | RejectedInputException | RuntimeException e) {
      return "";
    }
  }

  private TissueTiles look(int task, int threads) throws IOException, RejectedInputException {
    SlideEvidence slide = SlideOpener.evidence(slides.get(task / KINDS));
    return TissueTiles.of(slide, SlideSegment.SIDE, threads);
  }

  private static String described(TissueMask mask) {
    double share = mask.share(0, 0, mask.width(), mask.height());
    long tissue = Math.round(share * mask.width() * mask.height());
    return "%d %d %d".formatted(mask.width(), mask.height(), tissue);
  }

  private String checked(TissueTiles tiles, int threads, int task) throws IOException {
    Map<SlideRegion, String> sums = new ConcurrentHashMap<>();
    tiles.forEach(threads, (region, pixels) -> sums.put(region, checksum(pixels)));
    Path file = answers.resolve("tessera" + task);
    Files.write(file, tiles.regions().stream().map(sums::get).toList());
    return file.toString();
  }

  /** FNV-1a (64 bits) over RGB of 8 bits, halves rounded up; then every 97th value. */
  private static String checksum(PixelTile tile) {
    int repeats = tile.channels() == 1 ? 3 : 1;
    int values = tile.samples().length * repeats;
    byte[] some = new byte[Math.ceilDiv(values, EACH)];
    long sum = 0xcbf29ce484222325L;
    for (int i = 0; i < values; i++) {
      int value = (int) (tile.samples()[i / repeats] * 255 + 0.5f + 1e-3f);
      sum = (sum ^ value) * 0x100000001b3L;
      if (i % EACH == 0) {
        some[i / EACH] = (byte) value;
      }
    }
    return "%016x %s".formatted(sum, HexFormat.of().formatHex(some));
  }
}
