package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.VR;
import org.tessera.runtime.store.FolderRemoval;
import org.tessera.runtime.store.PostgresServer;

/**
 * The whole server on an encrypted data folder: a study with planted names and pixels is received,
 * analysed and shown, and no file below the folder has anything of it.
 */
@org.junit.jupiter.api.Tag("interop")
@Timeout(1800)
class EncryptedFolderTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String HEAP = "-Xmx1500m";
  private static final String ID = "ZQPLANTEDID";
  private static final String PIXELS = "ZQPLANTEDPIXELS.";
  private static final String STUDY = "2.25.773177317731";

  /** What nobody may find in a file; words of results as well. */
  private static final List<String> PLANTED =
      List.of(
          ID, "ZQNAME", "ZQACC", "ZQINST", PIXELS, STUDY, "ZQRECORD", "DICM", "schemaVersion",
          "<html", "resourceType", "DiagnosticReport", "ISO_IR", "create table");

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void drawKeys() throws IOException {
    assumeTrue(Peers.isInstalled("storescu"), "storescu is not installed");
    writeKey("key", "5a");
    writeKey("other", "6b");
  }

  private void writeKey(String name, String digits) throws IOException {
    Path file = Files.writeString(folder.resolve(name), digits.repeat(32) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Path data() {
    return folder.resolve("data");
  }

  private RunningServer start(String key, String... more) throws IOException {
    return startIn(
        data(),
        Stream.concat(Stream.of("data.key-file=" + folder.resolve(key)), Stream.of(more))
            .toArray(String[]::new));
  }

  private static RunningServer startIn(Path data, String... more) throws IOException {
    return RunningServer.start(
        HEAP,
        data,
        Stream.concat(
                Stream.of("pipeline.mode=shadow", "pipeline.quiet-seconds=1"), Stream.of(more))
            .toArray(String[]::new));
  }

  /** The radiograph of a phantom, of a patient with a name that nothing else has. */
  private Path planted() throws Exception {
    Shell shell =
        Shell.run("phantom", "--n", "1", "--seed", "77", "--out", folder.resolve("p").toString());
    assertThat(shell.exit()).as(shell.err()).isZero();
    Path drawn;
    try (Stream<Path> walk = Files.walk(folder.resolve("p"))) {
      drawn = walk.filter(each -> each.endsWith("image.dcm")).findFirst().orElseThrow();
    }
    Attributes image = DicomFile.read(drawn).dataset();
    byte[] pixels = image.bytes(Tag.PixelData).orElseThrow().toArray();
    byte[] mark = PIXELS.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(mark, 0, pixels, pixels.length - 2 * mark.length, mark.length);
    image
        .setString(Tag.PatientName, VR.PN, "ZQNAME^PLANTED")
        .setString(Tag.PatientID, VR.LO, ID)
        .setString(Tag.AccessionNumber, VR.SH, "ZQACC")
        .setString(Tag.InstitutionName, VR.LO, "ZQINST")
        .setString(Tag.StudyInstanceUID, VR.UI, STUDY)
        .setString(Tag.SOPInstanceUID, VR.UI, STUDY + ".2")
        .setBytes(Tag.PixelData, VR.OW, pixels);
    Path file = folder.resolve("planted.dcm");
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(image, TransferSyntax.EXPLICIT_LITTLE);
    }
    return file;
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> walk = Files.walk(below)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }

  /** Reads all bytes of all files, as letters of one byte and of two. */
  private static void requireNothingPlanted(Path below) throws IOException {
    List<Path> all = files(below);
    assertThat(all).hasSizeGreaterThan(5);
    for (Path each : all) {
      String bytes = new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1);
      String narrow = bytes.replace("\0", "");
      for (String word : PLANTED) {
        assertThat(bytes.contains(word) || narrow.contains(word))
            .as("%s in %s", word, each)
            .isFalse();
        assertThat(each.toString()).doesNotContain(word);
      }
    }
  }

  private static JsonNode awaitCase(RunningServer server) throws Exception {
    ServedCases.await(server, "shadow", 1);
    return ServedCases.all(server).get(0);
  }

  private static String latin(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.ISO_8859_1);
  }

  private static HttpResponse<byte[]> frame(RunningServer server) throws Exception {
    JsonNode found =
        MAPPER.readTree(
            server
                .bytes(
                    server
                        .request("/dicomweb/instances?PatientID=" + ID)
                        .header("Accept", "application/dicom+json"))
                .body());
    JsonNode only = found.get(0);
    return server.bytes(
        server
            .request(
                "/dicomweb/studies/%s/series/%s/instances/%s/frames/1"
                    .formatted(
                        STUDY,
                        only.path("0020000E").path("Value").path(0).asText(),
                        only.path("00080018").path("Value").path(0).asText()))
            .header("Accept", "multipart/related; type=\"application/octet-stream\""));
  }

  private static void requireAll(RunningServer server, String name, String seal)
      throws Exception {
    assertThat(latin(frame(server))).contains(PIXELS);
    JsonNode result = MAPPER.readTree(server.get("/cases/" + name).body());
    assertThat(result.path("case").path("patient").path("id").asText()).isEqualTo(ID);
    assertThat(result.path("seal").path("result").asText()).isEqualTo(seal);
    assertThat(server.get("/cases/" + name + "/report").body()).contains("<html");
    assertThat(server.get("/health").body()).startsWith("ok");
  }

  private static String seal(RunningServer server, String name) throws Exception {
    return MAPPER
        .readTree(server.get("/cases/" + name).body())
        .path("seal")
        .path("result")
        .asText();
  }

  /** A record that waits to be analysed, or has been. */
  private static void analyzeRecord(RunningServer server) throws Exception {
    HttpResponse<byte[]> answer =
        server.bytes(
            server
                .request("/fhir/$analyze")
                .header("Content-Type", "application/fhir+json")
                .header("Prefer", "respond-async")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"resourceType":"Bundle","type":"collection","entry":[
                         {"resource":{"resourceType":"Patient","id":"ZQRECORD",
                          "name":[{"family":"ZQNAME"}]}}]}""")));
    assertThat(answer.statusCode()).isEqualTo(202);
  }

  private Shell serve(String... more) {
    return Shell.run(
        Stream.concat(
                Stream.of("serve", "--set", "data.dir=" + data(), "--set", "http.port=0"),
                Stream.of(more).flatMap(each -> Stream.of("--set", each)))
            .toArray(String[]::new));
  }

  private static void requireRefusal(Shell shell, String words) {
    assertThat(shell.exit()).isEqualTo(2);
    assertThat(shell.err()).contains(words).doesNotContain("5a5a5a", "6b6b6b");
    assertThat(shell.err().strip().lines()).hasSize(1);
  }

  @Test
  void noFileBelowTheFolderHasAnythingOfAPatient() throws Exception {
    Path sent = planted();
    assertThat(Files.readString(sent, StandardCharsets.ISO_8859_1))
        .as("what is looked for below is really sent")
        .contains(ID, PIXELS, STUDY, "DICM", "ZQNAME", "ZQACC", "ZQINST", "ISO_IR");
    String name;
    String seal;
    try (RunningServer server = start("key")) {
      assertThat(Peers.storescu(server.port(), List.of(sent))).isZero();
      analyzeRecord(server);
      requireNothingPlanted(data());
      name = awaitCase(server).path("id").asText();
      seal = seal(server, name);
      requireAll(server, name, seal);
      requireNothingPlanted(data());
      assertThat(server.terminate()).isZero();
    }
    requireNothingPlanted(data());

    requireRefusal(serve(), "encrypted: name its key");
    requireRefusal(serve("data.key-file=" + folder.resolve("other")), "another key");
    requireRefusal(serve("data.key-file=" + folder.resolve("none")), "data.key-file: There is no");
    backUpAndRestore();
    Shell rekey =
        Shell.run(
            "rekey", "--data", data().toString(), "--key", folder.resolve("key").toString(),
            "--new-key", folder.resolve("other").toString());
    assertThat(rekey.exit()).as(rekey.err()).isZero();
    requireRefusal(serve("data.key-file=" + folder.resolve("key")), "another key");

    try (RunningServer server = start("other")) {
      requireAll(server, name, seal);
      tamperWithTheLargest(data().resolve("blobs"));
      HttpResponse<byte[]> refused = frame(server);
      assertThat(refused.statusCode()).isEqualTo(500);
      assertThat(latin(refused)).contains("is not the one that was received");
      tamperWithAll(data().resolve("cases"));
      assertThat(server.get("/cases/" + name + "/report").body())
          .contains("is not the one that was written");
      assertThat(server.get("/health").body()).startsWith("ok");
      assertThat(server.terminate()).isZero();
    }
  }

  @Test
  void aFolderInTheClearIsEncryptedAsACopy() throws Exception {
    encryptsACopy();
  }

  @Test
  void soIsOneWhoseIndexIsInPostgresql() throws Exception {
    PostgresServer postgres = PostgresServer.start();
    try {
      encryptsACopy("database.url=" + postgres.newUrl());
    } finally {
      postgres.stop();
    }
  }

  @Test
  void aFolderThatCannotBeCopiedIsRefusedAndLeavesNothing() throws Exception {
    Path clear = folder.resolve("clear");
    String aside = "a5".repeat(32);
    Files.createDirectories(clear.resolve("blobs"));
    Files.writeString(Files.createDirectory(clear.resolve("damaged")).resolve(aside), "bytes");
    assertThat(encrypted(clear).exit()).isZero();
    assertThat(files(data())).noneMatch(each -> each.toString().contains(aside));
    FolderRemoval.remove(data());

    Files.writeString(clear.resolve("index.mv.db"), "H:2,block:no database at all");
    requireRefusal(encrypted(clear), "The database of the data folder cannot be read");
    Path link = Files.createSymbolicLink(folder.resolve("link"), clear);
    requireRefusal(encrypted(clear, link.resolve("inside")), "inside of the data folder");
    requireRefusal(encrypted(folder.resolve("none")), "no data folder of a server");
    assertThat(Files.exists(data())).isFalse();
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left).noneMatch(each -> each.toString().endsWith(".encrypting"));
    }
  }

  private void encryptsACopy(String... database) throws Exception {
    Path sent = planted();
    Path clear = folder.resolve("clear");
    String name;
    String seal;
    try (RunningServer server = startIn(clear, database)) {
      requireRefusal(encrypted(clear), "A server uses this data folder");
      assertThat(Peers.storescu(server.port(), List.of(sent))).isZero();
      analyzeRecord(server);
      name = awaitCase(server).path("id").asText();
      seal = seal(server, name);
      assertThat(server.terminate()).isZero();
    }
    Shell made = encrypted(clear);
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(made.out()).singleElement().asString().endsWith("in the clear is still there");
    requireNothingPlanted(data());
    requireRefusal(encrypted(clear), "is not empty");
    requireRefusal(encrypted(data()), "encrypted already");
    try (RunningServer server = start("key", database)) {
      requireAll(server, name, seal);
      requireNothingPlanted(data());
      assertThat(server.terminate()).isZero();
    }
    try (RunningServer server = startIn(clear, database)) {
      requireAll(server, name, seal);
      assertThat(server.terminate()).isZero();
    }
    FolderRemoval.remove(data());
    tamperWithTheLargest(clear.resolve("blobs"));
    Shell damaged = encrypted(clear);
    assertThat(damaged.exit()).isEqualTo(2);
    assertThat(damaged.out().stream().filter(each -> each.startsWith("damaged "))).hasSize(1);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).noneMatch(each -> each.toString().endsWith(".encrypting"));
    }
  }

  private Shell encrypted(Path clear) {
    return encrypted(clear, data());
  }

  private Shell encrypted(Path clear, Path out) {
    return Shell.run(
        "encrypt", "--data", clear.toString(), "--key", folder.resolve("key").toString(),
        "--out", out.toString());
  }

  /** The folder is lost, and there again. */
  private void backUpAndRestore() throws IOException {
    String out = folder.resolve("out").toString();
    Shell backup =
        Shell.run(
            "backup", "--data", data().toString(), "--out", out,
            "--data-key", folder.resolve("key").toString());
    assertThat(backup.exit()).as(backup.err()).isZero();
    requireNothingPlanted(folder.resolve("out").resolve("objects"));
    FolderRemoval.remove(data());
    Shell restore = Shell.run("restore", "--from", out, "--data", data().toString());
    assertThat(restore.exit()).as(restore.err()).isZero();
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
  }

  private static void tamperWithTheLargest(Path below) throws IOException {
    Path largest = Path.of("");
    long size = -1;
    for (Path each : files(below)) {
      if (Files.size(each) > size) {
        largest = each;
        size = Files.size(each);
      }
    }
    flip(largest);
  }

  private static void tamperWithAll(Path below) throws IOException {
    for (Path each : files(below)) {
      flip(each);
    }
  }

  @Test
  void whatWasAcknowledgedSurvivesKillMinus9() throws Exception {
    Path drawn = Files.createDirectory(folder.resolve("drawn"));
    DrawnSlices.write(drawn, 200);
    Set<Path> safe = new TreeSet<>();
    for (int last : new int[] {1, 17, 60}) {
      try (RunningServer server = start("key")) {
        List<Path> left = new ArrayList<>(files(drawn).stream().sorted().toList());
        left.removeAll(safe);
        safe.addAll(
            Storescu.start(server.port(), left)
                .acknowledged(
                    count -> {
                      if (count == last) {
                        kill(server);
                      }
                    }));
      }
    }
    assertThat(safe).hasSizeGreaterThanOrEqualTo(78);
    try (RunningServer server = start("key")) {
      for (Path each : safe) {
        int number = Integer.parseInt(String.valueOf(each.getFileName()).substring(0, 4));
        HttpResponse<byte[]> answer =
            server.bytes(
                server
                    .request(
                        "/dicomweb/studies/%s/series/2.25.3/instances/%s/frames/1"
                            .formatted(DrawnSlices.STUDY, DrawnSlices.instance(number)))
                    .header("Accept", "multipart/related; type=\"application/octet-stream\""));
        byte[] pixels =
            DicomFile.read(each).dataset().bytes(Tag.PixelData).orElseThrow().toArray();
        assertThat(latin(answer))
            .as(each.toString())
            .contains(new String(pixels, StandardCharsets.ISO_8859_1));
      }
      assertThat(server.terminate()).isZero();
    }
    System.err.printf(
        Locale.ROOT, "kill -9, encrypted: 3 kills, %d objects acknowledged and all there%n",
        safe.size());
  }

  private static void kill(RunningServer server) {
    try {
      server.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
