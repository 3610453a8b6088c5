package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.runtime.store.PostgresServer;

/**
 * Archive, database and disk of a running server go away in the middle of its work and come back:
 * whoever sends is told so, nothing is lost, and every result arrives once without a restart.
 *
 * <p>System property tessera.outage.seconds: how long the archive is away; a few seconds in the
 * test suite, ten minutes by hand.
 */
@org.junit.jupiter.api.Tag("interop")
@Timeout(1800)
class OutageTest {
  private static final int SECONDS = Integer.getInteger("tessera.outage.seconds", 5);

  /** The settings that ship, where there is time for them. */
  private static final int FIRST_PAUSE = SECONDS < 60 ? 1 : 5;

  private static final int IMAGES = 8;

  /** Bytes that are enough for the index, not for a result. */
  private static final long ROOM = 500_000;

  @TempDir private static Path studies = Path.of("");
  private static List<Path> files = List.of();
  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void drawStudies() throws Exception {
    assumeTrue(Peers.isInstalled("storescu"), "storescu is not installed");
    assumeTrue(RunningOrthanc.program().isPresent(), "Orthanc is not installed");
    files = SentStudies.draw(studies, 2, IMAGES);
  }

  private static List<Path> study(int number) {
    return files.subList(number * IMAGES, (number + 1) * IMAGES);
  }

  private RunningServer start(
      Path data, RunningOrthanc orthanc, FhirReceiver record, String... more) throws IOException {
    List<String> settings =
        Stream.concat(
                Stream.of(
                    "pipeline.mode=deliver",
                    "deliver.pacs=" + orthanc.destination(),
                    "deliver.fhir=" + record.url(),
                    "deliver.backoff-seconds=" + FIRST_PAUSE),
                Stream.of(more))
            .toList();
    return RunningServer.start("-Xmx1500m", data, settings.toArray(String[]::new));
  }

  private static Set<Path> send(RunningServer server, List<Path> images) throws IOException {
    return Storescu.start(server.port(), images).acknowledged();
  }

  private static Predicate<JsonNode> archive(String state) {
    return each ->
        each.path("destination").asText().startsWith("pacs")
            && each.path("state").asText().equals(state);
  }

  /** Every case took one attempt, and its result is at both destinations, once. */
  private static void requireOnce(
      int cases, RunningServer server, RunningOrthanc orthanc, FhirReceiver record)
      throws Exception {
    for (JsonNode each : ServedCases.all(server)) {
      assertThat(each.path("revision").asInt()).isEqualTo(1);
      assertThat(each.path("instances").asInt()).isEqualTo(IMAGES);
      assertThat(each.path("attempts").asInt()).as("outages cost no attempt").isEqualTo(1);
    }
    List<String> sent = new ArrayList<>();
    for (JsonNode each : ServedCases.deliveries(server)) {
      assertThat(each.path("state").asText()).isEqualTo("delivered");
      if (!each.path("kind").asText().equals("fhir")) {
        sent.add(each.path("object").asText());
      }
    }
    List<String> there = new ArrayList<>();
    for (String modality : List.of("SR", "SEG", "DOC")) {
      for (Attributes each : orthanc.objects(modality)) {
        there.add(each.string(Tag.SOPInstanceUID).orElseThrow());
      }
    }
    assertThat(there).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sent);
    assertThat(orthanc.objects("SR")).hasSize(cases);
    assertThat(record.posted()).as("transactions, repeated ones among them").hasSize(cases);
    assertThat(record.all(DiagnosticReport.class)).hasSize(cases);
  }

  @Test
  void anArchiveThatDiesInADeliveryGetsEachResultOnceWhenItIsBack() throws Exception {
    try (RunningOrthanc orthanc = RunningOrthanc.in(folder).up();
        FhirReceiver record = FhirReceiver.start();
        RunningServer server = start(folder.resolve("data"), orthanc, record)) {
      orthanc.freeze();
      assertThat(send(server, study(0))).hasSize(IMAGES);
      ServedCases.awaitDelivery(server, archive("sending"));
      orthanc.down();
      long away = System.nanoTime();
      assertThat(send(server, study(1))).hasSize(IMAGES);
      ServedCases.await(server, "delivering", 2);
      while (System.nanoTime() - away < TimeUnit.SECONDS.toNanos(SECONDS)) {
        TimeUnit.MILLISECONDS.sleep(500);
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
      }
      assertThat(server.get("/health").body()).contains("does not answer");
      orthanc.up();
      long back = System.nanoTime();
      ServedCases.await(server, "delivered", 2);
      System.err.printf(
          "Orthanc away for %d s, everything delivered %d s after it was back%n",
          TimeUnit.NANOSECONDS.toSeconds(back - away),
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - back));
      requireOnce(2, server, orthanc, record);
      assertThat(server.terminate()).isZero();
    }
  }

  @Test
  void aDatabaseThatGoesAwayCostsNoInstanceNoAttemptAndNoResult() throws Exception {
    PostgresServer postgres = PostgresServer.start();
    try (RunningOrthanc orthanc = RunningOrthanc.in(folder).up();
        FhirReceiver record = FhirReceiver.start();
        RunningServer server =
            start(
                folder.resolve("data"), orthanc, record, "database.url=" + postgres.newUrl())) {
      record.hold();
      assertThat(send(server, study(0))).hasSize(IMAGES);
      while (record.posted().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      // A result has been sent and its answer is awaited; now another study arrives as well.
      Storescu sending = Storescu.start(server.port(), study(1));
      Set<Path> safe = new TreeSet<>(sending.acknowledged(count -> stopAt(3, count, postgres)));
      assertThat(safe).hasSizeBetween(3, IMAGES - 1);
      assertThat(sending.refused()).isEqualTo(1);
      assertThat(server.get("/health").statusCode()).isEqualTo(503);
      HttpResponse<String> cases = server.json("/cases");
      assertThat(cases.statusCode()).isEqualTo(503);
      assertThat(cases.body()).isEqualTo("The database does not answer.\n");
      record.release();
      assertThat(postgres.up()).isTrue();
      ServedCases.awaitHealth(server, 200, "");
      List<Path> left = new ArrayList<>(study(1));
      left.removeAll(safe);
      assertThat(send(server, left)).hasSameSizeAs(left);
      ServedCases.await(server, "analysing", 1);
      assertThat(postgres.down()).isTrue();
      assertThat(postgres.up()).isTrue();
      ServedCases.await(server, "delivered", 2);
      requireOnce(2, server, orthanc, record);
      assertThat(server.terminate()).isZero();
    } finally {
      postgres.stop();
    }
  }

  private static void stopAt(int wanted, int count, PostgresServer postgres) {
    if (count == wanted) {
      try {
        assertThat(postgres.down()).isTrue();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The index is on the same disk: first only the result does not fit, then nothing does. */
  @Test
  void aDiskThatIsFullDuringTheAnalysisLetsTheCaseWait() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        Peers.runs("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()),
        "no tmpfs can be mounted here");
    try (RunningOrthanc orthanc = RunningOrthanc.in(folder).up();
        FhirReceiver record = FhirReceiver.start();
        RunningServer server = start(disk, orthanc, record)) {
      List<Path> allButOne = study(0).subList(0, IMAGES - 1);
      assertThat(send(server, allButOne)).hasSize(IMAGES - 1);
      Path filler = disk.resolve("filler");
      long image = Files.size(study(0).getFirst());
      fill(disk, filler, image + ROOM);
      assertThat(send(server, study(0).subList(IMAGES - 1, IMAGES))).hasSize(1);
      ServedCases.awaitHealth(server, 503, "Results cannot be written");
      JsonNode waiting = ServedCases.all(server).get(0);
      assertThat(waiting.path("state").asText()).isIn("complete", "analysing");
      assertThat(waiting.path("sentence").asText()).contains("Results cannot be written");
      assertThat(record.posted()).isEmpty();
      fill(disk, disk.resolve("more"), 0);
      TimeUnit.SECONDS.sleep(6);
      assertThat(record.posted()).isEmpty();
      Files.delete(disk.resolve("more"));
      Files.delete(filler);
      ServedCases.await(server, "delivered", 1);
      requireOnce(1, server, orthanc, record);
      assertThat(server.get("/health").statusCode()).isEqualTo(200);
      assertThat(server.terminate()).isZero();
    } finally {
      Peers.runs("umount", "-l", disk.toString());
    }
  }

  private static void fill(Path disk, Path filler, long left) throws IOException {
    long free = Files.getFileStore(disk).getUsableSpace() - left;
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (long written = 0; written < free; written += 4096) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      // As full as it gets.
      return;
    }
  }
}
