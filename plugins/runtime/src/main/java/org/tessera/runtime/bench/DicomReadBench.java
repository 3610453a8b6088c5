package org.tessera.runtime.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.WorkerSide;

/**
 * {@code dicom-read}: parsing DICOM files, and decoding them to pixels, against pydicom, DCMTK and
 * the dcm4che code line. Every side is one process that has started before it is measured; ours and
 * the dcm4che line have a heap of 64 MB each.
 */
public final class DicomReadBench {
  private static final int FILES = 500;
  private static final int EACH = 5;
  private static final int WARM_UPS = 5;

  /** Megabytes for each Java process that has one thread. */
  private static final int HEAP = 64;
  private static final String DCMTK = "DCMTK";
  private static final String PYDICOM = "pydicom";
  private static final String AOJU = "dcm4che line (org.aoju:bus-image)";
  private static final Map<String, Double> GOALS = Map.of(PYDICOM, 3.0, DCMTK, 1.0, AOJU, 1.0);

  private final Path work;
  private final Optional<Path> libraries;
  private final Map<String, String> versions = new TreeMap<>();
  private final Map<String, String> workload = new TreeMap<>();
  private final List<WorkerSide> peers = new ArrayList<>();
  private final Map<String, List<String>> commands = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();

  /**
   * Prepares it.
   *
   * @param work an empty folder for files and answers
   * @param libraries the folder with the jars of the dcm4che line; if empty, Maven is asked
   */
  public DicomReadBench(Path work, Optional<Path> libraries) {
    this.work = work;
    this.libraries = libraries;
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
    try (WorkerSide ours = side("tessera", java("tessera", "", HEAP), list)) {
      started(ours);
      dcmtk(list);
      peer(PYDICOM, PYDICOM, python(), list);
      dcm4che(list);
      PixelSameness sameness = new PixelSameness(files);
      Comparison comparison =
          Comparison.run(ours, peers, 2 * files.size(), sameness, WARM_UPS, pairs, listener);
      List<Figure> together = new ArrayList<>();
      for (int peer = 0; peer < peers.size(); peer++) {
        listener.at("all processors, " + peers.get(peer).name(), 0, 0);
        together(peer, comparison, list, pairs).ifPresent(together::add);
      }
      return report(comparison, files, together);
    } finally {
      peers.forEach(WorkerSide::close);
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
    workload.put(
        "heap",
        "%d MB for each process of ours and of the dcm4che line; ours on all processors: as often"
            .formatted(HEAP));
    workload.put(
        "decode, parse", "one task after the other in one process of each side; JPEG 2000 by us in"
            + " a child process, which uses up to 4 threads for a large frame");
    workload.put(
        "decode, all processors",
        "%d processors: ours in one process with as many threads, a peer in as many processes"
            .formatted(Runtime.getRuntime().availableProcessors()));
    return files;
  }

  private void started(WorkerSide side) {
    versions.put(side.name(), side.version());
    workload.put(
        "start-up " + side.name(), "%.0f ms, not in the figures".formatted(side.startMillis()));
  }

  private static List<String> java(String who, String more, int heap) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heap + "m",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.awt.headless=true",
        "-cp",
        System.getProperty("java.class.path") + more,
        ToolkitWorker.class.getName(),
        who);
  }

  private void dcm4che(Path list) throws IOException {
    Optional<Path> jars = libraries.isPresent() ? libraries : PeerLibraries.fetch(work);
    if (jars.isEmpty() || !PeerLibraries.hasJars(jars.get())) {
      missing.add(AOJU);
      return;
    }
    String more = File.pathSeparator + jars.get().toAbsolutePath().resolve("*");
    peer(AOJU, AOJU, java("aoju", more, HEAP), list);
  }

  private void dcmtk(Path list) throws IOException {
    Path program = work.resolve("dcmtk_worker");
    List<String> compile = new ArrayList<>(List.of("g++", "-O2", "-o", program.toString()));
    compile.add(PeerLibraries.resource(work, "dcmtk_worker.cc").toString());
    for (String library :
        List.of("dcmjpeg", "dcmjpls", "dcmimage", "dcmimgle", "dcmdata", "oflog", "ofstd")) {
      compile.add("-l" + library);
    }
    String needs = DCMTK + " (needs g++ and libdcmtk-dev)";
    if (PeerLibraries.runs(compile)) {
      peer(DCMTK, needs, List.of(program.toString()), list);
    } else {
      missing.add(needs);
    }
  }

  private List<String> python() throws IOException {
    return List.of(
        PeerLibraries.python(), PeerLibraries.resource(work, "pydicom_worker.py").toString());
  }

  private void peer(String name, String needs, List<String> command, Path list) {
    try {
      WorkerSide side = side(name, command, list);
      started(side);
      peers.add(side);
      commands.put(name, command);
    } catch (IOException e) {
      missing.add(needs);
    }
  }

  /** Decoding on all processors; empty, and said so, if a side did not get through it. */
  private Optional<Figure> together(
      int peer, Comparison comparison, Path list, int pairs) throws IOException {
    List<Integer> tasks =
        comparison.alike(peer).stream().filter(task -> task % 2 == 1).toList();
    if (tasks.isEmpty()) {
      return Optional.empty();
    }
    String name = peers.get(peer).name();
    int processors = Runtime.getRuntime().availableProcessors();
    List<String> ours = java("tessera", "", HEAP * processors);
    List<WorkerSide> processes = new ArrayList<>();
    try (WorkerSide threads = side("tessera", ours, list)) {
      for (int i = 0; i < processors; i++) {
        processes.add(side(name, commands.getOrDefault(name, List.of()), list));
      }
      return Optional.of(
          AllProcessors.figure(
              "decode, all processors", threads, processes, tasks, WARM_UPS, pairs));
    } catch (IOException e) {
      workload.put("all processors, " + name, "not measured: " + e.getMessage());
      return Optional.empty();
    } finally {
      processes.forEach(WorkerSide::close);
    }
  }

  private WorkerSide side(String name, List<String> command, Path list) throws IOException {
    List<String> whole = new ArrayList<>(command);
    whole.add(list.toString());
    whole.add(Files.createDirectories(work.resolve("answers")).toString());
    return new WorkerSide(name, whole, WorkerSide.PATIENCE);
  }

  private BenchReport report(
      Comparison comparison, List<ReadFile> files, List<Figure> together) {
    List<Figure> figures = new ArrayList<>();
    List<Goal> goals = new ArrayList<>();
    for (int peer = 0; peer < peers.size(); peer++) {
      WorkerSide side = peers.get(peer);
      String name = side.name();
      List<Integer> alike = comparison.alike(peer);
      List<Integer> different = comparison.different(peer);
      workload.put(
          "compared with " + name,
          "%d parsed and %d decoded files; different answers: %d and %d; crashed or hung: %d"
              .formatted(
                  count(alike, 0),
                  count(alike, 1),
                  count(different, 0),
                  count(different, 1),
                  side.restarts()));
      if (!different.isEmpty()) {
        workload.put("answers that differ from " + name, names(different, files));
      }
      for (Map.Entry<String, List<Integer>> group : groups(alike, files).entrySet()) {
        Figure figure = comparison.figure(group.getKey(), peer, group.getValue());
        figures.add(figure);
        if (!group.getKey().contains(",")) {
          String first = group.getKey() + ", first pass, not warm";
          figures.add(comparison.firstPass(first, peer, group.getValue()));
          goals.add(
              new Goal(
                  group.getKey() + " against " + name,
                  GOALS.getOrDefault(name, 1.0),
                  figure.ratio().orElseThrow()));
        }
      }
    }
    figures.addAll(together);
    for (String absent : missing) {
      groups(comparison.answered(), files)
          .forEach(
              (group, tasks) -> {
                if (!group.contains(",")) {
                  figures.add(comparison.figure(group + " against " + absent, tasks));
                }
              });
    }
    return new BenchReport("dicom-read", versions, workload, figures, goals, missing);
  }

  /** The reasons are in docs/decisions/012-benchmarks.md. */
  private static String names(List<Integer> tasks, List<ReadFile> files) {
    return tasks.stream()
        .map(
            task ->
                (task % 2 == 0 ? "parse " : "decode ") + files.get(task / 2).path().getFileName())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static long count(List<Integer> tasks, int kind) {
    return tasks.stream().filter(task -> task % 2 == kind).count();
  }

  /** Tasks by what is done, and by what is done in which transfer syntax. */
  private static Map<String, List<Integer>> groups(List<Integer> tasks, List<ReadFile> files) {
    Map<String, List<Integer>> groups = new TreeMap<>();
    for (int task : tasks) {
      String kind = task % 2 == 0 ? "parse" : "decode";
      String syntax = files.get(task / 2).syntax();
      groups.computeIfAbsent(kind, key -> new ArrayList<>()).add(task);
      groups.computeIfAbsent(kind + ", " + syntax, key -> new ArrayList<>()).add(task);
    }
    return groups;
  }
}
