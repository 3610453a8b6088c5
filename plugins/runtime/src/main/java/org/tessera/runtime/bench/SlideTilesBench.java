package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.casemodel.SlideRegion;
import org.tessera.dicom.slide.PhantomSlide;
import org.tessera.dicom.slide.Slide;
import org.tessera.omni.token.SlideSegment;
import org.tessera.omni.token.TissueTiles;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.WorkerSide;

/**
 * {@code slide-tiles}: the tissue mask of a slide, and all its tissue tiles at 0.5 microns per
 * pixel, against the OpenSlide C library. Both sides open the slide anew for every task, make the
 * mask and read the same list of tiles, with one thread or with one for every processor; ours
 * delivers samples from 0 to 1, OpenSlide premultiplied ARGB. Tiles are compared by checksum, pixel
 * for pixel, before anything is timed.
 */
public final class SlideTilesBench {
  private static final int WARM_UPS = 5;
  private static final String OPENSLIDE = "OpenSlide";
  private static final String NEEDS = OPENSLIDE + " (needs gcc and libopenslide-dev)";
  private static final String[] KINDS = {
    "mask, one thread", "mask, all processors", "mask and tiles, one thread",
    "mask and tiles, all processors"
  };

  /** Masks may differ in this share of their pixels: sums of fractions are rounded. */
  private static final double MASK_SLACK = 0.001;

  /** Levels that lossy formats may differ by. */
  private static final int LEVELS = 1;

  private final Path work;
  private final Map<String, String> versions = new TreeMap<>();
  private final Map<String, String> workload = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();

  /**
   * Prepares it.
   *
   * @param work an empty folder for slides and answers
   */
  public SlideTilesBench(Path work) {
    this.work = work;
  }

  /**
   * Runs it.
   *
   * @param data a folder of slides
   * @param drawn also slides drawn here, in many formats
   * @param pairs passes of each side
   * @throws RejectedInputException if there are no slides
   */
  public BenchReport run(Path data, boolean drawn, int pairs, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    listener.at("slides", 0, 0);
    List<SlideFile> slides = slides(data, drawn);
    Path mine = work.resolve("slides.txt");
    Path theirs = work.resolve("peer-slides.txt");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < slides.size(); i++) {
      lines.add(listed(slides.get(i), work.resolve("tiles%d.txt".formatted(i))));
    }
    Files.write(mine, slides.stream().map(each -> each.ours().toString()).toList());
    Files.write(theirs, lines);
    List<WorkerSide> peers = new ArrayList<>();
    try (WorkerSide ours = side("tessera", java(), mine)) {
      started(ours);
      openSlide(theirs).ifPresent(peers::add);
      Comparison comparison =
          Comparison.run(
              ours,
              peers,
              SlideTilesWorker.KINDS * slides.size(),
              (task, one, other) ->
                  same(slides.get(task / SlideTilesWorker.KINDS), task, one, other),
              WARM_UPS,
              pairs,
              listener);
      return report(comparison, slides, peers);
    } finally {
      peers.forEach(WorkerSide::close);
    }
  }

  private List<SlideFile> slides(Path data, boolean drawn)
      throws IOException, RejectedInputException {
    List<SlideFile> slides = new ArrayList<>();
    Optional<Slide> source = Optional.empty();
    try (Stream<Path> walk = Files.walk(data)) {
      for (Path path : walk.filter(Files::isRegularFile).sorted().toList()) {
        Optional<Slide> slide = SlideOpener.tryOpen(path);
        if (slide.isEmpty() || slide.get().height() < SlideSegment.SIDE) {
          continue;
        }
        Path file = path.toAbsolutePath();
        slides.add(new SlideFile("real: " + file.getFileName(), file, file, false));
        Slide opened = slide.get();
        boolean large = Math.min(opened.width(), opened.height()) >= DrawnSlides.PERIOD;
        source = source.isEmpty() && large && opened.channels() == 3 ? slide : source;
      }
    }
    if (drawn) {
      workload.put("pixels of drawn slides", source.isPresent() ? "of a real slide" : "drawn");
      slides.addAll(
          new DrawnSlides(
                  Files.createDirectory(work.resolve("drawn")),
                  source.isPresent() ? source.get() : phantom())
              .write());
    }
    if (slides.isEmpty()) {
      throw new RejectedInputException("There are no slides in that folder.");
    }
    return slides;
  }

  private Slide phantom() throws IOException, RejectedInputException {
    Path file = work.resolve("phantom.tif");
    new PhantomSlide(2 * DrawnSlides.PERIOD, -1, -1).write(file);
    return SlideOpener.open(file);
  }

  /** Writes the tiles of a slide as OpenSlide is asked for them; gives its line in the list. */
  private String listed(SlideFile slide, Path tiles) throws IOException, RejectedInputException {
    SlideEvidence evidence = SlideOpener.evidence(slide.ours());
    Slide opened = (Slide) evidence.pixels();
    TissueTiles tissue = TissueTiles.of(evidence, SlideSegment.SIDE);
    int level = opened.bestLevel(tissue.downsample());
    long ratio = Math.round(tissue.downsample() / opened.downsample(level));
    List<String> lines = new ArrayList<>();
    for (SlideRegion region : tissue.regions()) {
      lines.add(
          "%d %d %d %d %d %d"
              .formatted(
                  Math.round(region.x()),
                  Math.round(region.y()),
                  level,
                  Math.round(Math.ceil(region.width() / tissue.downsample())),
                  Math.round(Math.ceil(region.height() / tissue.downsample())),
                  ratio));
    }
    Files.write(tiles, lines);
    workload.put(
        "tiles, " + slide.name(),
        "%d of %d x %d pixels, on %d x %d"
            .formatted(
                lines.size(),
                SlideSegment.SIDE,
                SlideSegment.SIDE,
                opened.width(),
                opened.height()));
    return "%s\t%s\t%s".formatted(slide.peers(), tiles, tissue.maskDownsample());
  }

  private static boolean same(SlideFile slide, int task, String ours, String peers)
      throws IOException {
    if (task % SlideTilesWorker.KINDS >= 2) {
      return alike(
          Files.readAllLines(Path.of(ours)), Files.readAllLines(Path.of(peers)), slide.lossy());
    }
    String[] mine = ours.split(" ");
    String[] others = peers.split(" ");
    double pixels = Double.parseDouble(mine[0]) * Double.parseDouble(mine[1]);
    double apart = Math.abs(Double.parseDouble(mine[2]) - Double.parseDouble(others[2]));
    return mine[0].equals(others[0])
        && mine[1].equals(others[1])
        && apart <= Math.max(2, pixels * MASK_SLACK);
  }

  /** Tiles by checksum; where there may be loss, those that differ by every 97th value. */
  private static boolean alike(List<String> ours, List<String> peers, boolean lossy) {
    if (ours.size() != peers.size()) {
      return false;
    }
    for (int i = 0; i < ours.size(); i++) {
      String[] one = ours.get(i).split(" ");
      String[] other = peers.get(i).split(" ");
      if (!one[0].equals(other[0]) && !(lossy && isNear(one[1], other[1]))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNear(String one, String other) {
    byte[] values = HexFormat.of().parseHex(one);
    byte[] others = HexFormat.of().parseHex(other);
    if (values.length != others.length) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      if (Math.abs((values[i] & 0xFF) - (others[i] & 0xFF)) > LEVELS) {
        return false;
      }
    }
    return true;
  }

  private void started(WorkerSide side) {
    versions.put(side.name(), side.version());
    workload.put(
        "start-up " + side.name(), "%.0f ms, not in the figures".formatted(side.startMillis()));
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.awt.headless=true",
        "-cp",
        System.getProperty("java.class.path"),
        SlideTilesWorker.class.getName());
  }

  private Optional<WorkerSide> openSlide(Path list) throws IOException {
    Path program = work.resolve("openslide_worker");
    List<String> compile =
        List.of(
            "gcc",
            "-O2",
            "-I/usr/include/openslide",
            "-o",
            program.toString(),
            PeerLibraries.resource(work, "openslide_worker.c").toString(),
            "-lopenslide",
            "-lpthread");
    if (PeerLibraries.runs(compile)) {
      try {
        WorkerSide side = side(OPENSLIDE, List.of(program.toString()), list);
        started(side);
        return Optional.of(side);
      } catch (IOException e) {
        // It was built but does not run: it is as good as missing.
      }
    }
    missing.add(NEEDS);
    return Optional.empty();
  }

  private WorkerSide side(String name, List<String> command, Path list) throws IOException {
    List<String> whole = new ArrayList<>(command);
    whole.add(list.toString());
    whole.add(Files.createDirectories(work.resolve("answers")).toString());
    return new WorkerSide(name, whole, WorkerSide.PATIENCE);
  }

  private BenchReport report(
      Comparison comparison, List<SlideFile> slides, List<WorkerSide> peers) {
    List<Figure> figures = new ArrayList<>();
    List<Goal> goals = new ArrayList<>();
    for (int task : comparison.answered()) {
      String slide = slides.get(task / SlideTilesWorker.KINDS).name();
      String name = KINDS[task % SlideTilesWorker.KINDS] + ", " + slide;
      if (peers.isEmpty() || !comparison.alike(0).contains(task)) {
        figures.add(comparison.figure(name, List.of(task)));
        continue;
      }
      Figure figure = comparison.figure(name, 0, List.of(task));
      figures.add(figure);
      if (task % SlideTilesWorker.KINDS >= 2) {
        goals.add(new Goal(name + " against " + OPENSLIDE, 1, figure.ratio().orElseThrow()));
      }
    }
    if (!peers.isEmpty()) {
      WorkerSide peer = peers.getFirst();
      workload.put(
          "compared with " + OPENSLIDE,
          "%d tasks of %d; different answers: %s; crashed or hung: %d"
              .formatted(
                  comparison.alike(0).size(),
                  comparison.answered().size(),
                  comparison.different(0).stream()
                      .map(
                          task ->
                              KINDS[task % SlideTilesWorker.KINDS]
                                  + ", "
                                  + slides.get(task / SlideTilesWorker.KINDS).name())
                      .toList(),
                  peer.restarts()));
    }
    return new BenchReport("slide-tiles", versions, workload, figures, goals, missing);
  }
}
