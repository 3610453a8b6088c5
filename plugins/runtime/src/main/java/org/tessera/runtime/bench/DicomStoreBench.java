package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Tag;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.Spread;

/**
 * {@code dicom-store}: CT slices sent by storescu in one and in four associations, until the last
 * one was told success. Ours always waits for the disk (file, name of the file, index). DCMTK's
 * storescp does not by itself, so it is measured as it is and with a library that makes it wait for
 * file and name; it has no index. Orthanc waits for the file.
 *
 * <p>DCMTK leaves the algorithm of Nagle on, as sender and as receiver (Orthanc receives with it
 * too), and writes messages in pieces: then most of the time is the kernel's delayed
 * acknowledgement, 40 ms and more for each object, and nothing else is measured. So it is switched
 * off for everybody (TCP_NODELAY=1); some slices are also sent as DCMTK does it by itself.
 */
public final class DicomStoreBench {
  private static final int SIDE = DrawnSlices.SIDE;
  private static final int[] ASSOCIATIONS = {1, 4};
  private static final String OURS = "tessera";
  private static final String ENCRYPTED = "tessera, data folder encrypted";
  private static final String STORESCP = "storescp, fsync";
  private static final String STORESCP_PLAIN = "storescp as it is, no fsync";
  private static final String ORTHANC = "Orthanc";
  private static final Map<String, Double> GOALS = Map.of(STORESCP, 1.0, ORTHANC, 3.0);

  /** Small objects that every side takes before anything counts: a server runs for months. */
  private static final int WARM_UPS = 8000;

  private static final int SMALL = 32;

  /** Slices of a pass in which DCMTK delays as it does by itself. */
  private static final int DELAYED_SLICES = 20;

  private final Path work;
  private final int slices;
  private final List<StorePeer> sides = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final Map<String, String> workload = new TreeMap<>();
  private final Map<String, String> versions = new TreeMap<>();
  private int passes;

  /**
   * Prepares it.
   *
   * @param work an empty folder on the disk that is measured
   * @param slices how many are sent in a pass
   */
  public DicomStoreBench(Path work, int slices) {
    this.work = work;
    this.slices = slices;
  }

  /**
   * Runs it.
   *
   * @throws RejectedInputException if storescu is not there
   */
  public BenchReport run(int pairs, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    if (!PeerLibraries.runs(List.of("storescu", "--version"))) {
      throw new RejectedInputException("The sender storescu (DCMTK) is not installed.");
    }
    Path memory = Path.of("/dev/shm");
    Path source =
        Files.createTempDirectory(Files.isWritable(memory) ? memory : work, "tessera-slices");
    try {
      start();
      return measure(source, pairs, listener);
    } finally {
      sides.forEach(StorePeer::close);
      try (Stream<Path> files = Files.list(source)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(source);
    }
  }

  private void start() throws IOException {
    ours(OURS, "ours", List.of());
    versions.put(OURS, "H2 index, SHA-256 of every object");
    storescp(STORESCP, true);
    storescp(STORESCP_PLAIN, false);
    orthanc();
    ours(ENCRYPTED, "encrypted", List.of(EncryptionKey.draw()));
    versions.put(ENCRYPTED, "the same with data.key-file: AES-256-GCM, H2 with AES");
    workload.put("slices", slices + " of " + SIDE + " x " + SIDE + " x 16 bit, new UIDs each pass");
    workload.put("warm-up", "%,d small objects, and a pass".formatted(WARM_UPS));
    workload.put(
        "before success",
        "ours: fsync of file and folder, transaction of the index on the disk; "
            + STORESCP
            + ": fsync of file and folder; Orthanc: fsync of file (SyncStorageArea)");
  }

  private void ours(String name, String where, List<String> more) throws IOException {
    int port = StorePeer.freePort();
    Path folder = Files.createDirectory(work.resolve(where));
    List<String> command =
        new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            StoreWorker.class.getName(),
            folder.toString(),
            Integer.toString(port)));
    command.addAll(more);
    sides.add(StorePeer.start(name, command, StorePeer.PROMPT, port, folder));
  }

  private void storescp(String name, boolean durable) throws IOException {
    int port = StorePeer.freePort();
    Path folder = Files.createDirectory(work.resolve(durable ? "storescp-fsync" : "storescp"));
    Map<String, String> environment = new TreeMap<>(StorePeer.PROMPT);
    try {
      if (durable) {
        Path library = work.resolve("fsync_on_close.so");
        Path code = PeerLibraries.resource(work, "fsync_on_close.c");
        if (!PeerLibraries.runs(
            List.of("gcc", "-O2", "-shared", "-fPIC", "-o", library.toString(),
                code.toString(), "-ldl"))) {
          missing.add(name + " (needs gcc)");
          return;
        }
        environment.put("LD_PRELOAD", library.toString());
      }
      // With one process for each association: otherwise the second one waits for the first.
      sides.add(
          StorePeer.start(
              name,
              List.of("storescp", "--fork", "-pdu", "131072", "-od", folder.toString(),
                  Integer.toString(port)),
              environment,
              port,
              folder));
      versions.put(name, "DCMTK of the system");
    } catch (IOException e) {
      missing.add(name);
    }
  }

  private void orthanc() throws IOException {
    int port = StorePeer.freePort();
    Path folder = Files.createDirectory(work.resolve("orthanc"));
    Path configuration = work.resolve("orthanc.json");
    Files.writeString(
        configuration,
        """
        {"DicomPort": %d, "HttpServerEnabled": false, "StorageDirectory": "%s",
         "IndexDirectory": "%s", "DicomCheckCalledAet": false, "DicomAlwaysAllowStore": true,
         "SyncStorageArea": true, "Plugins": [], "OverwriteInstances": false}
        """
            .formatted(port, folder, folder));
    try {
      sides.add(
          StorePeer.start(
              ORTHANC,
              List.of("Orthanc", configuration.toString()),
              StorePeer.PROMPT,
              port,
              folder));
      versions.put(ORTHANC, "Orthanc of the system, SQLite");
    } catch (IOException e) {
      missing.add(ORTHANC);
    }
  }

  private BenchReport measure(Path source, int pairs, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    List<Figure> figures = new ArrayList<>();
    List<Goal> goals = new ArrayList<>();
    List<Path> small = DrawnSlices.draw(source, passes++, WARM_UPS, SMALL);
    for (StorePeer side : sides) {
      listener.at("warm-up, " + side.name(), 0, 1);
      side.receive(small, 4, StorePeer.PROMPT);
    }
    for (int associations : ASSOCIATIONS) {
      double[][] times = new double[sides.size()][pairs];
      for (int pass = -1; pass < pairs; pass++) {
        // The same objects for every side.
        List<Path> files = draw(source, slices);
        for (int side = 0; side < sides.size(); side++) {
          StorePeer peer = sides.get(side);
          listener.at(
              "%d associations, %s".formatted(associations, peer.name()), pass + 1, pairs + 1);
          double time = peer.receive(files, associations, StorePeer.PROMPT);
          if (pass >= 0) {
            times[side][pass] = time;
          } else if (associations == ASSOCIATIONS[0] && !peer.name().equals(ENCRYPTED)) {
            requireSame(files, peer);
          }
        }
      }
      String name = associations == 1 ? "1 association" : associations + " associations";
      compare(name, times, figures);
    }
    for (Figure each : figures) {
      Double goal = each.peer() == null ? null : GOALS.get(each.peer().name());
      if (goal != null) {
        goals.add(new Goal(each.name(), goal, each.ratio().orElseThrow()));
      }
    }
    double[][] delayed = new double[sides.size()][pairs];
    for (int pass = 0; pass < pairs; pass++) {
      List<Path> files = draw(source, DELAYED_SLICES);
      for (int side = 0; side < sides.size(); side++) {
        delayed[side][pass] = sides.get(side).receive(files, 1, Map.of());
      }
    }
    compare(DELAYED_SLICES + " slices, Nagle on at the sender", delayed, figures);
    return new BenchReport("dicom-store", versions, workload, figures, goals, missing);
  }

  private void compare(String name, double[][] times, List<Figure> figures) {
    if (sides.size() == 1) {
      figures.add(new Figure(name, "ms", Spread.of(times[0]), null));
    }
    for (int side = 1; side < sides.size(); side++) {
      String peer = sides.get(side).name();
      figures.add(
          new Figure(
              name + " against " + peer,
              "ms",
              Spread.of(times[0]),
              new Figure.Peer(peer, Spread.of(times[side]))));
    }
  }

  private List<Path> draw(Path source, int count) throws IOException {
    passes++;
    return DrawnSlices.draw(source, passes, count);
  }

  /** What a side has stored is what it was sent, by UID and pixels. */
  private static void requireSame(List<Path> sent, StorePeer side)
      throws IOException, RejectedInputException {
    Set<String> expected = contents(sent);
    List<Path> stored;
    try (Stream<Path> walk = Files.walk(side.folder())) {
      stored = walk.filter(Files::isRegularFile).toList();
    }
    if (!contents(stored).containsAll(expected)) {
      throw new RejectedInputException(
          "%s has not stored what it was sent.".formatted(side.name()));
    }
  }

  private static Set<String> contents(List<Path> files) throws IOException {
    Set<String> contents = new TreeSet<>();
    for (Path file : files) {
      try {
        Attributes image = DicomFile.read(file).dataset();
        byte[] pixels = image.bytes(Tag.PixelData).map(each -> each.toArray()).orElse(new byte[0]);
        contents.add(
            image.string(Tag.SOPInstanceUID).orElse("")
                + " "
                + Arrays.hashCode(pixels));
      } catch (RejectedInputException e) {
        // An index or a thumbnail: no object.
        continue;
      }
    }
    return contents;
  }
}
