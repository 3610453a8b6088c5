package org.tessera.runtime.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.UID;
import org.tessera.dicom.net.CommitmentReport;
import org.tessera.dicom.net.CommitmentReport.Failure;
import org.tessera.dicom.net.CommitmentRequest;
import org.tessera.dicom.net.DimseStatus;
import org.tessera.dicom.net.SopReference;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoreSamples;
import org.tessera.runtime.store.StoredInstance;

/** What is said of objects on a real disk, and that it is said until somebody has heard it. */
@Timeout(60)
class CommitmentServiceTest {
  private static final CommitmentSettings SETTINGS =
      new CommitmentSettings(Map.of(), 3, Duration.ofMillis(20), Duration.ofSeconds(5));

  @TempDir private Path data = Path.of("");
  private final BlockingQueue<CommitmentReport> heard = new LinkedBlockingQueue<>();

  private ObjectStore open() throws IOException, RejectedInputException {
    return ObjectStore.open(StoreSamples.settings(data));
  }

  private static SopReference ct(String instance) {
    return new SopReference(UID.CTImageStorage, instance);
  }

  private static CommitmentService service(ObjectStore store, ReportLine line) {
    CommitmentService service = new CommitmentService(SETTINGS, "TESSERA", store);
    service.start(line);
    return service;
  }

  private Optional<DimseStatus> hear(String aeTitle, CommitmentReport report, Duration wait) {
    heard.add(report);
    return Optional.of(DimseStatus.SUCCESS);
  }

  private static void damage(Path blob) throws IOException {
    byte[] bytes = Files.readAllBytes(blob);
    bytes[bytes.length - 1] ^= 1;
    Files.write(blob, bytes);
  }

  private static double figure(SimpleMeterRegistry meters, String state) {
    return meters.get("tessera.commitments").tag("state", state).gauge().value();
  }

  @Test
  void eachObjectIsSafeOrItIsSaidWhyNot() throws Exception {
    try (ObjectStore store = open()) {
      for (int i = 1; i <= 4; i++) {
        StoreSamples.store(store, "2.25." + i, StoreSamples.image("2.25." + i, "P1"));
      }
      StoredInstance other =
          StoreSamples.store(store, "2.25.4", StoreSamples.image("2.25.4", "P2"));
      damage(store.file(store.index().find("2.25.2").getFirst()));
      Files.delete(store.file(store.index().find("2.25.3").getFirst()));
      CommitmentRequest request =
          new CommitmentRequest(
              "2.25.100",
              List.of(
                  ct("2.25.1"),
                  ct("2.25.2"),
                  ct("2.25.3"),
                  ct("2.25.4"),
                  ct("2.25.5"),
                  new SopReference(UID.MRImageStorage, "2.25.1")));
      List<Failure> expected =
          List.of(
              new Failure(ct("2.25.2"), 0x0110),
              new Failure(ct("2.25.3"), 0x0110),
              new Failure(ct("2.25.5"), 0x0112),
              new Failure(new SopReference(UID.MRImageStorage, "2.25.1"), 0x0119));
      try (CommitmentService service = service(store, this::hear)) {
        assertThat(service.commit(request, "A")).isEqualTo(DimseStatus.SUCCESS);
        assertThat(heard.take())
            .isEqualTo(
                new CommitmentReport(
                    "2.25.100", List.of(ct("2.25.1"), ct("2.25.4")), expected));
        damage(store.file(other));
        service.commit(new CommitmentRequest("2.25.101", List.of(ct("2.25.4"))), "A");
        assertThat(heard.take().failed())
            .as("one of two objects under one UID")
            .containsExactly(new Failure(ct("2.25.4"), 0x0110));
      }
    }
  }

  @Test
  void theNextProcessReportsWhatThisOneCouldNot() throws Exception {
    CommitmentRequest request = new CommitmentRequest("2.25.100", List.of(ct("2.25.1")));
    BlockingQueue<String> tried = new LinkedBlockingQueue<>();
    try (ObjectStore store = open()) {
      StoreSamples.store(store, "2.25.1", StoreSamples.image("2.25.1", "P1"));
      try (CommitmentService silent = new CommitmentService(SETTINGS, "TESSERA", store)) {
        assertThat(silent.commit(request, "A").isSuccess()).isTrue();
      }
    }
    try (ObjectStore store = open();
        CommitmentService _ =
            service(
                store,
                (aeTitle, report, wait) -> {
                  tried.add(aeTitle);
                  throw new IOException("Nobody is there.");
                })) {
      assertThat(tried.take()).isEqualTo("A");
    }
    try (ObjectStore store = open();
        CommitmentService _ = service(store, this::hear)) {
      assertThat(heard.take())
          .isEqualTo(new CommitmentReport("2.25.100", List.of(ct("2.25.1")), List.of()));
    }
    try (ObjectStore store = open();
        CommitmentService _ = service(store, this::hear)) {
      assertThat(heard.poll(2, TimeUnit.SECONDS)).as("heard once").isNull();
    }
  }

  @Test
  void whoCannotBeToldMayAskAgain() throws Exception {
    CommitmentRequest request = new CommitmentRequest("2.25.100", List.of(ct("2.25.1")));
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (ObjectStore store = open()) {
      try (CommitmentService service =
          service(store, (aeTitle, report, wait) -> Optional.empty())) {
        service.measure(meters);
        service.commit(request, "A");
        while (figure(meters, "dead") < 1) {
          Thread.sleep(20);
        }
        assertThat(figure(meters, "checked")).isZero();
      }
      try (CommitmentService service = service(store, this::hear)) {
        assertThat(service.commit(request, "A").isSuccess()).isTrue();
        assertThat(heard.take().failed()).hasSize(1);
      }
    }
  }

  @Test
  void peersThatAreNoneAreRefused() throws Exception {
    Duration second = Duration.ofSeconds(1);
    assertThat(
            CommitmentSettings.of(List.of("A@h:104", "B@[::1]:1"), 1, second, second)
                .peers())
        .containsOnlyKeys("A", "B");
    for (List<String> bad : List.of(List.of("A"), List.of("A@h:0"), List.of("A@h:1", "A@i:1"))) {
      assertThatThrownBy(() -> CommitmentSettings.of(bad, 1, second, second))
          .isInstanceOf(RejectedInputException.class);
    }
  }
}
