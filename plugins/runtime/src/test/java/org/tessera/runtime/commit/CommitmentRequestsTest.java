package org.tessera.runtime.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tessera.dicom.UID;
import org.tessera.dicom.net.CommitmentReport;
import org.tessera.dicom.net.CommitmentReport.Failure;
import org.tessera.dicom.net.CommitmentRequest;
import org.tessera.dicom.net.SopReference;
import org.tessera.runtime.commit.CommitmentRequests.Taken;
import org.tessera.runtime.store.DatabaseTest;

/** The rows on H2; {@link PostgresCommitmentRequestsTest} runs the same tests. */
class CommitmentRequestsTest extends DatabaseTest {
  private static final SopReference ONE = new SopReference(UID.CTImageStorage, "2.25.1");
  private static final SopReference TWO = new SopReference(UID.CTImageStorage, "2.25.2");
  private static final CommitmentRequest REQUEST =
      new CommitmentRequest("2.25.100", List.of(ONE, TWO));

  private CommitmentRequests requests = new CommitmentRequests(database());

  @BeforeEach
  void open() {
    requests = new CommitmentRequests(database());
  }

  private Taken take(String requester, CommitmentRequest request) {
    return requests.take(requester, request, Instant.now());
  }

  private Commitment check(int... reasons) {
    Commitment next = requests.nextToCheck().orElseThrow();
    requests.checked(next, Arrays.stream(reasons).boxed().toList());
    return next;
  }

  private List<Commitment> due() {
    return requests.due(Instant.now().plusSeconds(1));
  }

  @Test
  void anOutcomeIsDueUntilItWasHeard() {
    assertThat(take("A", REQUEST)).isEqualTo(Taken.NOTED);
    assertThat(due()).isEmpty();
    Commitment asked = requests.nextToCheck().orElseThrow();
    assertThat(requests.objects(asked)).containsExactly(ONE, TWO);
    check(0, Failure.CLASS_INSTANCE_CONFLICT);
    assertThat(requests.nextToCheck()).isEmpty();

    Commitment due = due().getFirst();
    assertThat(requests.report(due))
        .isEqualTo(
            new CommitmentReport(
                "2.25.100", List.of(ONE), List.of(new Failure(TWO, 0x0119))));
    requests.later(due, "Not now.", Duration.ofMinutes(1));
    assertThat(due()).isEmpty();
    Commitment later = requests.due(Instant.now().plusSeconds(90)).getFirst();
    assertThat(later.attempts()).isEqualTo(1);
    requests.reported(later);
    assertThat(requests.due(Instant.now().plusSeconds(90))).isEmpty();
    assertThat(requests.count(CommitmentState.REPORTED)).isEqualTo(1);
  }

  @Test
  void aTransactionIsOneRequestUntilItsEnd() {
    assertThat(take("A", REQUEST)).isEqualTo(Taken.NOTED);
    assertThat(take("A", REQUEST)).isEqualTo(Taken.NOTED);
    assertThat(take("A", new CommitmentRequest("2.25.100", List.of(TWO))))
        .isEqualTo(Taken.IN_USE);
    assertThat(take("B", new CommitmentRequest("2.25.100", List.of(TWO))))
        .as("another requester")
        .isEqualTo(Taken.NOTED);
    assertThat(requests.count(CommitmentState.ASKED)).isEqualTo(2);

    Commitment first = check(0, 0);
    requests.later(first, "Not now.", Duration.ofHours(1));
    take("A", REQUEST);
    assertThat(due()).as("who asks again listens").containsExactly(
        new Commitment(first.id(), "A", "2.25.100", 1));
    requests.dead(first, "Given up.");
    assertThat(take("A", new CommitmentRequest("2.25.100", List.of(TWO))))
        .as("it begins anew")
        .isEqualTo(Taken.NOTED);
    assertThat(requests.count(CommitmentState.DEAD)).isZero();
    assertThat(requests.count(CommitmentState.ASKED)).isEqualTo(2);
  }

  @Test
  void eachRequesterHasItsTurnAndOldOutcomesAreForgotten() {
    for (int i = 0; i < 3; i++) {
      take("A", new CommitmentRequest("2.25.10" + i, List.of(ONE)));
    }
    take("B", REQUEST);
    for (int i = 0; i < 3; i++) {
      check(0);
    }
    check(0, 0);
    assertThat(due()).extracting(Commitment::requester).containsExactlyInAnyOrder("A", "B");
    requests.reported(due().getFirst());
    requests.forget(Instant.now().minusSeconds(60));
    assertThat(requests.count(CommitmentState.REPORTED)).isEqualTo(1);
    requests.forget(Instant.now().plusSeconds(60));
    assertThat(requests.count(CommitmentState.REPORTED)).isZero();
    assertThat(requests.count(CommitmentState.CHECKED)).isEqualTo(3);
  }
}
