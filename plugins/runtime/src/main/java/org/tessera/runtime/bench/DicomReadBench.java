package org.tessera.runtime.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.Side;
import org.tessera.validation.bench.WorkerSide;
import org.tessera.validation.bench.WorkerSide.Worker;

/**
 * {@code dicom-read}: parsing DICOM files, and decoding them to pixels, against pydicom, DCMTK and
 * the dcm4che code line. Every side is one process that has started before it is measured; ours has
 * a heap of 64 MB, shared with the dcm4che line.
 */
public final class DicomReadBench {
  private static final int FILES = 500;
  private static final int EACH = 5;
  private static final int WARM_UPS = 2;
  private static final String DCMTK = "DCMTK";
  private static final String PYDICOM = "pydicom";
  private static final String AOJU = "dcm4che line (org.aoju:bus-image)";
  private static final Map<String, Double> GOALS = Map.of(PYDICOM, 3.0, DCMTK, 1.0, AOJU, 1.0);

  private final Path work;
  private final Path benchLibraries;
  private final Map<String, String> versions = new TreeMap<>();
  private final Map<String, String> workload = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();

  /**
   * Prepares it.
   *
   * @param work an empty folder for files and answers
   * @param benchLibraries the folder of jars that only benchmarks may load; it need not be there
   */
  public DicomReadBench(Path work, Path benchLibraries) {
    this.work = work;
    this.benchLibraries = benchLibraries;
  }

  /**
   * Runs it.
   *
   * @param data a folder of DICOM files
   * @param pairs passes of each side
   * @throws RejectedInputException if there are no files
   */
  public BenchReport run(Path data, int pairs, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    listener.at("files", 0, 0);
    List<ReadFile> files = files(data);
    Path list = work.resolve("files.txt");
    Files.write(list, files.stream().map(each -> each.path().toString()).toList());
    List<Side> peers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (Worker java = Worker.start(ourCommand(list))) {
      started("tessera", java);
      versions.put("java", Runtime.version().toString());
      try {
        dcmtk(list, names, peers);
        pydicom(list, names, peers);
        if (java.name().equals("with aoju")) {
          names.add(AOJU);
          versions.put(AOJU, "8.0.0");
          peers.add(new WorkerSide(java, AOJU, "aoju"));
        } else {
          missing.add(AOJU);
        }
        Side ours = new WorkerSide(java, "tessera", "tessera");
        PixelSameness sameness = new PixelSameness(files);
        return report(
            Comparison.run(ours, peers, sameness, WARM_UPS, pairs, listener), files, names);
      } finally {
        for (Side peer : peers) {
          peer.close();
        }
      }
    }
  }

  private List<ReadFile> files(Path data) throws IOException, RejectedInputException {
    List<ReadFile> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(data)) {
      for (Path path : walk.filter(Files::isRegularFile).sorted().toList()) {
        ReadFile file = ReadFile.of(path.toAbsolutePath());
        if (!file.syntax().equals("refused")) {
          files.add(file);
        }
      }
    }
    if (files.isEmpty()) {
      throw new RejectedInputException("There are no DICOM files in that folder.");
    }
    int real = files.size();
    List<Path> drawn = SyntheticFiles.write(Files.createDirectory(work.resolve("drawn")), EACH);
    for (int i = 0; files.size() < FILES; i++) {
      files.add(ReadFile.of(drawn.get(i % drawn.size())));
    }
    workload.put("files", "%d real, %d drawn".formatted(real, files.size() - real));
    workload.put("drawn", drawn.size() + " different ones, read in turn");
    workload.put("heap", "64 MB for ours and the dcm4che line, in one process");
    return files;
  }

  private void started(String who, Worker worker) {
    workload.put("start-up " + who, "%.0f ms, not in the figures".formatted(worker.startMillis()));
  }

  private List<String> ourCommand(Path list) throws IOException {
    String libraries = System.getProperty("java.class.path");
    if (Files.isDirectory(benchLibraries)) {
      libraries += java.io.File.pathSeparator + benchLibraries.resolve("*");
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.awt.headless=true",
        "-cp",
        libraries,
        ToolkitWorker.class.getName(),
        list.toString(),
        answers().toString());
  }

  private Path answers() throws IOException {
    return Files.createDirectories(work.resolve("answers"));
  }

  private void dcmtk(Path list, List<String> names, List<Side> peers) throws IOException {
    Path program = work.resolve("dcmtk_worker");
    List<String> compile =
        new ArrayList<>(List.of("g++", "-O2", "-o", program.toString()));
    compile.add(resource("dcmtk_worker.cc").toString());
    for (String library :
        "dcmjpeg dcmjpls dcmimage dcmimgle dcmdata oflog ofstd".split(" ")) {
      compile.add("-l" + library);
    }
    if (!runs(compile)) {
      missing.add("DCMTK (needs g++ and libdcmtk-dev)");
      return;
    }
    add(DCMTK, "dcmtk", List.of(program.toString()), list, names, peers);
  }

  private void pydicom(Path list, List<String> names, List<Side> peers) throws IOException {
    String script = resource("pydicom_worker.py").toString();
    add(PYDICOM, "pydicom", List.of(python(), script), list, names, peers);
  }

  /** The system's Python, which has the system's packages, before any other on the path. */
  private static String python() {
    return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
  }

  private void add(
      String name,
      String who,
      List<String> command,
      Path list,
      List<String> names,
      List<Side> peers)
      throws IOException {
    List<String> whole = new ArrayList<>(command);
    whole.add(list.toString());
    whole.add(answers().toString());
    try {
      Worker worker = Worker.start(whole);
      versions.put(name, worker.name());
      started(name, worker);
      names.add(name);
      peers.add(new WorkerSide(worker, name, who));
    } catch (IOException e) {
      missing.add(name);
    }
  }

  private Path resource(String name) throws IOException {
    Path file = work.resolve(name);
    try (InputStream in = DicomReadBench.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("A part of the benchmark is missing: " + name);
      }
      Files.copy(in, file);
    }
    return file;
  }

  private static boolean runs(List<String> command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a peer was compiled.", e);
    }
  }

  private BenchReport report(Comparison comparison, List<ReadFile> files, List<String> names) {
    List<Figure> figures = new ArrayList<>();
    List<Goal> goals = new ArrayList<>();
    for (int peer = 0; peer < names.size(); peer++) {
      String name = names.get(peer);
      List<Integer> alike = comparison.alike(peer);
      workload.put(
          "compared with " + name,
          "%d parsed and %d decoded files; different answers: %d and %d"
              .formatted(
                  alike.stream().filter(task -> task % 2 == 0).count(),
                  alike.stream().filter(task -> task % 2 == 1).count(),
                  comparison.different(peer).stream().filter(task -> task % 2 == 0).count(),
                  comparison.different(peer).stream().filter(task -> task % 2 == 1).count()));
      Map<String, List<Integer>> groups = new TreeMap<>();
      for (int task : alike) {
        String kind = task % 2 == 0 ? "parse" : "decode";
        String syntax = files.get(task / 2).syntax();
        groups.computeIfAbsent(kind, key -> new ArrayList<>()).add(task);
        groups.computeIfAbsent(kind + ", " + syntax, key -> new ArrayList<>()).add(task);
      }
      for (Map.Entry<String, List<Integer>> group : groups.entrySet()) {
        Figure figure = comparison.figure(group.getKey(), peer, group.getValue());
        figures.add(figure);
        if (!group.getKey().contains(",")) {
          goals.add(
              new Goal(
                  group.getKey() + " against " + name,
                  GOALS.getOrDefault(name, 1.0),
                  figure.ratio()));
        }
      }
    }
    return new BenchReport("dicom-read", versions, workload, figures, goals, missing);
  }
}
