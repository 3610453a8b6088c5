package org.tessera.runtime.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.Spread;

/**
 * {@code dicomweb}: a study of CT slices sent in one STOW-RS request and fetched by WADO-RS, by the
 * same plain client, from our server and from Orthanc with its DICOMweb plugin; beside them the
 * floor of such a client: the same bytes from a thread that does nothing but send them. Both bring
 * every file to the disk before they say that it is stored, and both have given the same pixels
 * before anything is measured.
 */
public final class DicomWebBench {
  private static final String PLUGIN = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";
  private static final String ORTHANC = "Orthanc";
  private static final long SLICE_BYTES = 2L * DrawnSlices.SIDE * DrawnSlices.SIDE;
  private static final double GOAL = 3;

  /** Passes before anything counts: a server that has run for a minute is what is asked about. */
  private static final int WARM_UPS = 20;

  private final Path work;
  private final int slices;
  private final List<WebPeer> sides = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final Map<String, String> versions = new TreeMap<>();

  /**
   * Prepares it.
   *
   * @param work an empty folder on the disk that is measured
   * @param slices how many a study has
   */
  public DicomWebBench(Path work, int slices) {
    this.work = work;
    this.slices = slices;
  }

  /** Runs it: passes to warm up, in the first of which both are compared, then the pairs. */
  public BenchReport run(int pairs, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    try {
      start();
      return measure(pairs, listener);
    } finally {
      sides.forEach(WebPeer::close);
    }
  }

  private void start() throws IOException {
    int port = StorePeer.freePort();
    Path folder = Files.createDirectory(work.resolve("ours"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.tessera.cli.Tessera",
                "serve"));
    for (String setting :
        List.of(
            "http.port=" + port,
            "dimse.port=0",
            "data.dir=" + folder,
            "pipeline.mode=off")) {
      command.addAll(List.of("--set", setting));
    }
    sides.add(
        new WebPeer(
            StorePeer.start("tessera", command, Map.of(), port, folder),
            port,
            "/dicomweb"));
    versions.put("tessera", "H2 index, SHA-256 of every object");
    orthanc();
  }

  private void orthanc() throws IOException {
    int port = StorePeer.freePort();
    Path folder = Files.createDirectory(work.resolve("orthanc"));
    Path configuration = work.resolve("orthanc.json");
    Files.writeString(
        configuration,
        """
        {"HttpPort": %d, "DicomServerEnabled": false, "StorageDirectory": "%s",
         "IndexDirectory": "%s", "SyncStorageArea": true, "AuthenticationEnabled": false,
         "Plugins": ["%s"], "DicomWeb": {"Enable": true, "Root": "/dicom-web/"}}
        """
            .formatted(port, folder, folder, PLUGIN));
    if (!Files.exists(Path.of(PLUGIN))) {
      missing.add("Orthanc with its DICOMweb plugin");
      return;
    }
    try {
      sides.add(
          new WebPeer(
              StorePeer.start(
                  ORTHANC, List.of("Orthanc", configuration.toString()), Map.of(), port, folder),
              port,
              "/dicom-web"));
      versions.put(ORTHANC, "Orthanc and its DICOMweb plugin of the system, SQLite");
    } catch (IOException e) {
      missing.add("Orthanc with its DICOMweb plugin");
    }
  }

  private BenchReport measure(int pairs, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    double[][] stored = new double[sides.size()][pairs];
    double[][] fetched = new double[sides.size()][pairs];
    Path source = Files.createDirectory(work.resolve("source"));
    Path body = work.resolve("body");
    double[] floor = new double[pairs];
    long total = (long) (pairs + WARM_UPS) * sides.size();
    for (int pass = 0; pass < pairs + WARM_UPS; pass++) {
      // The same study for both sides of a pair, new in each.
      write(DrawnSlices.draw(source, pass + 1, slices), body);
      String study = "2.25.7." + (pass + 1);
      for (int side = 0; side < sides.size(); side++) {
        WebPeer peer = sides.get(side);
        listener.at(peer.name(), (long) pass * sides.size() + side, total);
        double sending = peer.store(body);
        double fetching = peer.retrieve(study, (long) slices * SLICE_BYTES);
        if (pass >= WARM_UPS) {
          stored[side][pass - WARM_UPS] = sending;
          fetched[side][pass - WARM_UPS] = fetching;
        } else if (pass == 0 && !isSame(peer, study)) {
          throw new RejectedInputException(
              "%s does not give the study that it was sent.".formatted(peer.name()));
        }
      }
      double bare = BareSender.send(body);
      if (pass >= WARM_UPS) {
        floor[pass - WARM_UPS] = bare;
      }
    }
    List<Figure> figures =
        List.of(
            figure("STOW-RS of a study", stored),
            figure("WADO-RS of a study", fetched),
            new Figure("the same bytes, only sent", "ms", Spread.of(floor), null));
    List<Goal> goals = new ArrayList<>();
    for (Figure each : figures) {
      each.ratio().ifPresent(ratio -> goals.add(new Goal(each.name(), GOAL, ratio)));
    }
    Map<String, String> workload =
        Map.of(
            "study",
            "%d slices of %d x %d x 16 bit, one request".formatted(
                slices, DrawnSlices.SIDE, DrawnSlices.SIDE),
            "before success",
            "ours: fsync of file and folder, index on the disk; Orthanc: fsync of file"
                + " (SyncStorageArea)");
    return new BenchReport("dicomweb", versions, workload, figures, goals, missing);
  }

  private boolean isSame(WebPeer peer, String study) throws IOException, RejectedInputException {
    Set<String> contents = peer.contents(study);
    return contents.size() == slices && contents.equals(sides.getFirst().contents(study));
  }

  private Figure figure(String name, double[][] times) {
    return new Figure(
        name,
        "ms",
        Spread.of(times[0]),
        times.length > 1 ? new Figure.Peer(ORTHANC, Spread.of(times[1])) : null);
  }

  private static void write(List<Path> files, Path body) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(body))) {
      for (Path file : files) {
        out.write(
            "--%s\r\nContent-Type: application/dicom\r\n\r\n"
                .formatted(WebPeer.BOUNDARY)
                .getBytes(StandardCharsets.US_ASCII));
        Files.copy(file, out);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      out.write("--%s--\r\n".formatted(WebPeer.BOUNDARY).getBytes(StandardCharsets.US_ASCII));
    }
  }
}
