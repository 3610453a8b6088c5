package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

/**
 * kill -9 of the real process at random moments while studies come, are analysed and sent: nothing
 * acknowledged is lost, every case ends once, and every result is once at its destinations.
 *
 * <p>System properties tessera.loop.kills, tessera.loop.cases, tessera.loop.images: how many of
 * each; tessera.loop.seconds: the longest life of the server. The test suite has a short version;
 * the long one has 20 kills, 10 cases, 50 images each and 45 seconds.
 */
@org.junit.jupiter.api.Tag("interop")
@Timeout(3600)
class CaseKillTest {
  private static final int KILLS = Integer.getInteger("tessera.loop.kills", 3);
  private static final int CASES = Integer.getInteger("tessera.loop.cases", 2);
  private static final int IMAGES = Integer.getInteger("tessera.loop.images", 10);
  private static final int LONGEST_LIFE = Integer.getInteger("tessera.loop.seconds", 15);

  @TempDir private static Path studies = Path.of("");
  @TempDir private Path folder = Path.of("");
  private final List<Long> deliveredAtKill = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void drawStudies() throws IOException, RejectedInputException {
    assumeTrue(Peers.isInstalled("storescu"), "storescu is not installed");
    assumeTrue(RunningOrthanc.program().isPresent(), "Orthanc is not installed");
    SentStudies.draw(studies, CASES, IMAGES);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.list(studies.resolve("sent"))) {
      return walk.sorted().toList();
    }
  }

  private RunningServer start(RunningOrthanc orthanc, FhirReceiver record) throws IOException {
    return RunningServer.start(
        "-Xmx1500m",
        folder.resolve("data"),
        "pipeline.mode=deliver",
        // Each kill during an analysis counts as an attempt: the server cannot know who did it.
        "pipeline.attempts=100",
        "deliver.pacs=" + orthanc.destination(),
        "deliver.fhir=" + record.url(),
        "deliver.backoff-seconds=1");
  }

  @Test
  void nothingIsLostAndEveryCaseEndsOnce() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Set<Path> safe = new TreeSet<>();
    try (RunningOrthanc orthanc = RunningOrthanc.in(folder).up();
        FhirReceiver record = FhirReceiver.start()) {
      for (int kill = 0; kill < KILLS; kill++) {
        try (RunningServer server = start(orthanc, record)) {
          long life = random.nextInt(1000 * LONGEST_LIFE);
          Thread killer = Thread.ofPlatform().start(() -> killAfter(server, life));
          safe.addAll(sendPart(server, safe, kill));
          killer.join();
        }
      }
      try (RunningServer server = start(orthanc, record)) {
        List<Path> left = new ArrayList<>(files());
        left.removeAll(safe);
        safe.addAll(Storescu.start(server.port(), left).acknowledged());
        assertThat(safe).as("seed %d", seed).hasSize(CASES * IMAGES);
        ServedCases.await(server, "delivered", CASES);
        for (JsonNode each : ServedCases.all(server)) {
          assertThat(each.path("revision").asInt()).as("seed %d", seed).isEqualTo(1);
          assertThat(each.path("instances").asInt()).isEqualTo(IMAGES);
        }
        assertThat(server.terminate()).isZero();
      }
      Set<String> reports = new HashSet<>();
      for (Attributes each : orthanc.objects("SR")) {
        assertThat(reports.add(each.string(Tag.StudyInstanceUID).orElseThrow()))
            .as("one report for each study, seed %d", seed)
            .isTrue();
      }
      assertThat(reports).hasSize(CASES);
      assertThat(record.all(DiagnosticReport.class)).as("seed %d", seed).hasSize(CASES);
      assertThat(new HashSet<>(record.posted())).hasSize(CASES);
      System.err.printf(
          "kill -9: %d kills, %d instances acknowledged and all there, %d cases, each delivered"
              + " once; %d transactions were posted twice and changed nothing; delivered when"
              + " killed: %s%n",
          KILLS, safe.size(), CASES, record.posted().size() - CASES, deliveredAtKill);
    }
  }

  private void killAfter(RunningServer server, long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      deliveredAtKill.add(ServedCases.count(server, "delivered"));
      server.kill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends what is due in this life of the server; tells what was acknowledged. */
  private static Set<Path> sendPart(RunningServer server, Set<Path> safe, int kill)
      throws IOException {
    int all = CASES * IMAGES;
    List<Path> due =
        new ArrayList<>(files().subList(0, Math.min(all, (kill + 1) * 2 * all / (KILLS + 1))));
    due.removeAll(safe);
    return due.isEmpty() ? Set.of() : Storescu.start(server.port(), due).acknowledged();
  }
}
