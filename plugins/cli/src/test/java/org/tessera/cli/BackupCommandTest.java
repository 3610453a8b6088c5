package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.net.AAssociateRQ;
import org.tessera.dicom.net.Association;
import org.tessera.dicom.net.NetLimits;
import org.tessera.dicom.net.PresentationContext;
import org.tessera.dicom.net.UserInformation;
import org.tessera.runtime.store.FolderRemoval;

/** A server is killed, its folder is gone, and it goes on from its backup. */
@Timeout(300)
class BackupCommandTest {
  private static final int SLICES = 10;

  @TempDir private Path folder = Path.of("");

  private void send(RunningServer server) throws IOException, RejectedInputException {
    Path sent = Files.createDirectories(folder.resolve("sent"));
    DrawnSlices.write(sent, SLICES);
    PresentationContext ct =
        new PresentationContext(1, UID.CTImageStorage, List.of(UID.ExplicitVRLittleEndian));
    AAssociateRQ request =
        new AAssociateRQ("TESSERA", "SENDER", List.of(ct), UserInformation.ours(1 << 16));
    try (Association association =
        Association.connect(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(server.port())),
            request,
            NetLimits.standard())) {
      for (int i = 0; i < SLICES; i++) {
        ByteArrayOutputStream dataset = new ByteArrayOutputStream();
        new DicomOutputStream(dataset)
            .writeDataset(
                DicomFile.read(DrawnSlices.file(sent, i)).dataset(),
                TransferSyntax.EXPLICIT_LITTLE);
        assertThat(
                association
                    .cstore(
                        UID.CTImageStorage,
                        DrawnSlices.instance(i),
                        TransferSyntax.EXPLICIT_LITTLE,
                        new ByteArrayInputStream(dataset.toByteArray()))
                    .isSuccess())
            .isTrue();
      }
      association.release();
    }
  }

  private static String metadata(RunningServer server) throws IOException, InterruptedException {
    return server
        .json("/dicomweb/studies/" + DrawnSlices.STUDY + "/metadata")
        .body()
        .replaceAll("http://127.0.0.1:\\d+", "");
  }

  private static long snapshots(Path backups) throws IOException {
    Path names = backups.resolve("snapshots");
    if (!Files.isDirectory(names)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(names)) {
      return files.filter(each -> each.toString().endsWith(".txt")).count();
    }
  }

  @Test
  void aKilledServerGoesOnFromItsBackup() throws Exception {
    Path data = folder.resolve("data");
    Path backups = folder.resolve("backups");
    String before;
    try (RunningServer server = RunningServer.start(data)) {
      send(server);
      before = metadata(server);
      assertThat(before).contains(DrawnSlices.instance(SLICES - 1));
      Shell running =
          Shell.run("backup", "--data", data.toString(), "--out", backups.toString());
      assertThat(running.exit()).isEqualTo(2);
      assertThat(running.err()).startsWith("tessera: A server uses this data folder");
      server.kill();
    }
    Shell first = Shell.run("backup", "--data", data.toString(), "--out", backups.toString());
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out().getLast())
        .matches("snapshot \\S+: %d files, %d new".formatted(SLICES + 1, SLICES + 1));

    FolderRemoval.remove(data);
    Shell restored =
        Shell.run("restore", "--from", backups.toString(), "--data", data.toString());
    assertThat(restored.exit()).as(restored.err()).isZero();
    try (RunningServer server =
        RunningServer.start(data, "backup.folder=" + folder.resolve("own"))) {
      assertThat(metadata(server)).isEqualTo(before);
      while (snapshots(folder.resolve("own")) == 0) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(server.get("/health").body()).contains("ok");
      assertThat(server.get("/metrics").body()).contains("tessera_backup_age_seconds");
      server.kill();
    }

    FolderRemoval.remove(data);
    Shell again =
        Shell.run("restore", "--from", folder.resolve("own").toString(), "--data",
            data.toString());
    assertThat(again.exit()).as(again.err()).isZero();
    try (RunningServer server = RunningServer.start(data)) {
      assertThat(metadata(server)).isEqualTo(before);
      assertThat(server.terminate()).isZero();
    }
  }

  @Test
  void whatCannotBeDoneIsOneSentence() {
    String none = folder.resolve("none").toString();
    Shell backup = Shell.run("backup", "--data", none, "--out", folder.resolve("b").toString());
    assertThat(backup.exit()).isEqualTo(2);
    assertThat(backup.err()).isEqualTo("tessera: This is no data folder of a server.\n");
    Shell restore = Shell.run("restore", "--from", none, "--data", none);
    assertThat(restore.err()).isEqualTo("tessera: There is no snapshot in this folder.\n");
    assertThat(Shell.run("backup", "--data", none, "--out", none, "--keep", "0").exit())
        .isEqualTo(2);
  }
}
