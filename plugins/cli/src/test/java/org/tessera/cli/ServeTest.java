package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;

/** The server as its peers see it: DCMTK sends, the process is killed, the disk is full. */
@Tag("interop")
@Timeout(600)
class ServeTest {
  private static final int INSTANCES = 500;

  @TempDir private static Path sent = Path.of("");
  @TempDir private Path data = Path.of("");

  @BeforeAll
  static void drawInstances() throws IOException {
    assumeTrue(Peers.isInstalled("storescu"), "storescu is not installed");
    DrawnSlices.write(sent, INSTANCES);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String dataset(Path file) throws IOException {
    try {
      DicomFile parsed = DicomFile.read(file);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new DicomOutputStream(bytes).writeDataset(parsed.dataset(), parsed.syntax());
      return bytes.toString(StandardCharsets.ISO_8859_1);
    } catch (RejectedInputException e) {
      throw new AssertionError(e.sentence(), e);
    }
  }

  private Set<String> stored() throws IOException {
    Set<String> contents = new HashSet<>();
    for (Path blob : files(data.resolve("blobs"))) {
      contents.add(dataset(blob));
    }
    return contents;
  }

  private static void requireAll(Iterable<Path> files, Set<String> stored) throws IOException {
    for (Path file : files) {
      assertThat(stored.contains(dataset(file))).as(file.toString()).isTrue();
    }
  }

  private static long count(RunningServer server, String outcome)
      throws IOException, InterruptedException {
    String line = "tessera_store_instances_total{outcome=\"" + outcome + "\"} ";
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(each -> each.startsWith(line))
        .mapToLong(each -> (long) Double.parseDouble(each.substring(line.length())))
        .sum();
  }

  @Test
  void fiveHundredInstancesInOneAssociationArriveAsTheyWereSent()
      throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.start(data)) {
      assertThat(server.get("/health").statusCode()).isEqualTo(200);
      assertThat(Storescu.start(server.port(), files(sent)).acknowledged()).hasSize(INSTANCES);
      List<Path> again = files(sent).subList(0, 20);
      assertThat(Storescu.start(server.port(), again).acknowledged()).hasSize(20);
      assertThat(count(server, "stored")).isEqualTo(INSTANCES + 20);
      assertThat(server.terminate()).isZero();
    }
    assertThat(files(data.resolve("blobs"))).hasSize(INSTANCES);
    requireAll(files(sent), stored());
  }

  /** System property tessera.kills: how often; 5 unless told otherwise. */
  @Test
  void everyInstanceThatGotSuccessSurvivesKillMinus9() throws IOException, InterruptedException {
    int kills = Integer.getInteger("tessera.kills", 5);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Set<Path> safe = new TreeSet<>();
    for (int kill = 0; kill < kills; kill++) {
      try (RunningServer server = RunningServer.start(data)) {
        List<Path> left = new ArrayList<>(files(sent));
        left.removeAll(safe);
        Storescu storescu = Storescu.start(server.port(), left);
        int last = 1 + random.nextInt(INSTANCES / kills / 2);
        long wait = random.nextInt(40);
        safe.addAll(
            storescu.acknowledged(
                count -> {
                  if (count == last) {
                    kill(server, wait);
                  }
                }));
      }
    }
    assertThat(safe).as("acknowledged before the kills, seed %d", seed).isNotEmpty();
    try (RunningServer server = RunningServer.start(data)) {
      Set<Path> rows = Storescu.start(server.port(), List.copyOf(safe)).acknowledged();
      assertThat(rows).hasSameSizeAs(safe);
      assertThat(count(server, "different")).isZero();
      requireAll(safe, stored());
      assertThat(server.terminate()).isZero();
    }
    System.err.printf("kill -9: %d kills, %d acknowledged, all there%n", kills, safe.size());
  }

  private static void kill(RunningServer server, long wait) {
    try {
      TimeUnit.MILLISECONDS.sleep(wait);
      server.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** With a reserve, and without one, so that the database meets the full disk as well. */
  @ParameterizedTest
  @ValueSource(ints = {8, 0})
  void aFullDiskIsA700AndRecoversWithoutARestart(int reserve)
      throws IOException, InterruptedException {
    Path disk = Files.createDirectory(data.resolve("disk"));
    assumeTrue(
        Peers.runs("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()),
        "no tmpfs can be mounted here");
    try (RunningServer server = RunningServer.start(disk, "data.reserve-mb=" + reserve)) {
      Path filler = disk.resolve("filler");
      List<Path> first = files(sent).subList(0, 5);
      List<Path> second = files(sent).subList(5, 10);
      assertThat(Storescu.start(server.port(), first).acknowledged()).hasSize(5);
      long free = Files.getFileStore(disk).getUsableSpace();
      Files.write(filler, new byte[(int) free - (reserve << 19)]);
      String said = Storescu.start(server.port(), second).said();
      assertThat(said).contains("OutOfResources");
      // A probe of one byte needs a page, which is not there.
      assertThat(server.get("/health").statusCode()).isEqualTo(503);
      Files.delete(filler);
      assertThat(server.get("/health").statusCode()).isEqualTo(200);
      assertThat(Storescu.start(server.port(), second).acknowledged()).hasSize(5);
      assertThat(server.terminate()).isZero();
    } finally {
      Peers.runs("umount", "-l", disk.toString());
    }
  }

  @Test
  void settingsThatCannotBeUsedAreOneSentence() {
    assertThat(Shell.run("serve", "--set", "dimse.prot=1").err())
        .isEqualTo("tessera: There is no setting dimse.prot.\n");
    assertThat(Shell.run("serve", "--set", "dimse.port=x").err())
        .isEqualTo("tessera: dimse.port is a number from 0 to 65535.\n");
    assertThat(Shell.run("serve", "--config", "none.properties").exit()).isEqualTo(2);
    String data = "data.dir=" + this.data;
    String[] badTitle = {
      "serve", "--set", data, "--set", "http.port=0", "--set", "dimse.ae-title=A\\B"
    };
    assertThat(Shell.run(badTitle).err())
        .isEqualTo("tessera: An AE title has 1 to 16 plain characters.\n");
    String[] badArchive = {
      "serve", "--set", data, "--set", "http.port=0", "--set", "deliver.pacs=ARCHIVE"
    };
    assertThat(Shell.run(badArchive).err())
        .isEqualTo("tessera: deliver.pacs is a list of archives, each as AE@HOST:PORT.\n");
    assertThat(Shell.run("serve", "--set", "pipeline.mode=on").err())
        .isEqualTo("tessera: pipeline.mode is deliver, shadow or off.\n");
    assertThat(Shell.run("serve", "--set", "commitment.peers=ARCHIVE").err())
        .isEqualTo("tessera: commitment.peers is a list of peers, each as AE@HOST:PORT.\n");
  }
}
