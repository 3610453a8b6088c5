package org.tessera.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.work.CaseActs.Answer;
import org.tessera.runtime.work.CaseActs.End;
import org.tessera.runtime.work.CaseRevision.Outcome;

/** What persons do with results, on H2; {@link PostgresCaseActsTest} runs the same tests. */
@Timeout(120)
class CaseActsTest extends DatabaseOfCases {
  /** Writes a file, and has as many deliveries as it is told. */
  private record Deed(Outcome outcome, String note, int deliveries) implements CaseActs.Act {
    @Override
    public void write(Path result, Path draft, Instant when)
        throws IOException, RejectedInputException {
      if (note.contains("impossible")) {
        throw new RejectedInputException("It cannot be done.");
      }
      Files.writeString(draft.resolve("act"), Files.readString(result.resolve("result")));
    }

    @Override
    public int hand(Handle transaction, WorkCase work, Path written, String seal)
        throws IOException {
      if (note.contains("unwritable")) {
        throw new IOException("The disk is full.");
      }
      return Files.exists(written.resolve("act")) ? deliveries : -1;
    }
  }

  private static Deed sign(String who) {
    return new Deed(Outcome.SIGNED, "Signed by " + who, 1);
  }

  private static Deed withdraw(String why) {
    return new Deed(Outcome.WITHDRAWN, "Withdrawn: " + why, 1);
  }

  private WorkCase now(WorkCase work) {
    return queue().find(work.name()).orElseThrow();
  }

  private CaseActs acts() throws IOException {
    return new CaseActs(database(), CaseFolders.in(folder()));
  }

  /** A case with a result in the given state. */
  private WorkCase analysed(CaseState state) throws IOException {
    CompleteStudy.in(database(), "study");
    WorkCase work = claim();
    CaseFolders folders = CaseFolders.in(folder());
    Path draft = folders.draft(work.name(), 1);
    Files.writeString(draft.resolve("result"), "r1");
    folders.keep(draft, work.name(), 1);
    noteResult(work, state);
    return now(work);
  }

  @Test
  void aSignatureIsARevisionAndIsNotedOnce() throws Exception {
    WorkCase work = analysed(CaseState.DELIVERED);
    Answer first = acts().perform(work.name(), sign("Kim"));
    assertThat(first).isEqualTo(new Answer(End.DONE, "Signed by Kim"));
    assertThat(now(work).state()).isEqualTo(CaseState.DELIVERING);
    assertThat(now(work).revision()).isEqualTo(2);
    assertThat(folder().resolve("cases").resolve(work.name()).resolve("r2/act")).hasContent("r1");
    assertThat(acts().perform(work.name(), sign("Kim")).end()).isEqualTo(End.ALREADY);
    assertThat(acts().perform(work.name(), sign("Lee")))
        .isEqualTo(new Answer(End.REFUSED, "This was done before. Signed by Kim"));
    assertThat(queue().revisions(work))
        .extracting(CaseRevision::outcome)
        .containsExactly(Outcome.COMPLETED, Outcome.SIGNED);
    assertThat(queue().revisions(work).getLast().seal()).isEqualTo("a".repeat(64));
  }

  @Test
  void aSignedResultCanBeWithdrawnAndNothingAfterThat() throws Exception {
    WorkCase work = analysed(CaseState.DELIVERED);
    acts().perform(work.name(), sign("Kim"));
    assertThat(acts().perform(work.name(), withdraw("wrong")).end()).isEqualTo(End.DONE);
    assertThat(now(work).state()).isEqualTo(CaseState.WITHDRAWN);
    assertThat(now(work).sentence()).isEqualTo("Withdrawn: wrong");
    assertThat(acts().perform(work.name(), withdraw("wrong")).end()).isEqualTo(End.ALREADY);
    assertThat(acts().perform(work.name(), withdraw("other")).end()).isEqualTo(End.REFUSED);
    assertThat(acts().perform(work.name(), sign("Lee")).end()).isEqualTo(End.REFUSED);
  }

  @Test
  void whatCannotBeDoneIsRefusedWithASentence() throws Exception {
    assertThat(acts().perform("case-unknown", sign("Kim")).end()).isEqualTo(End.UNKNOWN);
    WorkCase waiting = CompleteStudy.in(database(), "other");
    assertThat(acts().perform(waiting.name(), sign("Kim")))
        .isEqualTo(new Answer(End.REFUSED, "The case has no result yet."));
    database().change(handle -> handle.execute("delete from work_revision"));
    database().change(handle -> handle.execute("delete from work_case"));
    WorkCase shadow = analysed(CaseState.SHADOW);
    assertThat(acts().perform(shadow.name(), withdraw("x")).sentence()).contains("shadow");
    assertThat(acts().perform(shadow.name(), sign("x")).sentence()).contains("shadow");
  }

  @Test
  void nothingIsLeftOfAnActThatFails() throws Exception {
    WorkCase work = analysed(CaseState.DELIVERED);
    assertThat(acts().perform(work.name(), withdraw("impossible")))
        .isEqualTo(new Answer(End.REFUSED, "It cannot be done."));
    CaseActs acts = acts();
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> acts.perform(work.name(), withdraw("unwritable"))))
        .isInstanceOf(IOException.class);
    assertThat(now(work)).isEqualTo(work);
    assertThat(queue().revisions(work)).hasSize(1);
    assertThat(acts.perform(work.name(), withdraw("wrong")).end()).isEqualTo(End.DONE);
  }

  @Test
  void aResultIsWithdrawnWhileALateImageWaitsAndTheCaseWaitsForAPerson() throws Exception {
    WorkCase work = analysed(CaseState.DELIVERED);
    CompleteStudy.arrive(database(), 2, "study", 0, Instant.now());
    assertThat(now(work).state()).isEqualTo(CaseState.RECEIVING);
    assertThat(acts().perform(work.name(), sign("Kim")).sentence())
        .contains("can be signed when that is read");
    assertThat(acts().perform(work.name(), withdraw("two patients")).end()).isEqualTo(End.DONE);
    assertThat(now(work).state()).isEqualTo(CaseState.WITHDRAWN);
    CompleteStudy.arrive(database(), 3, "study", 0, Instant.now());
    assertThat(now(work).state()).isEqualTo(CaseState.WITHDRAWN);
    assertThat(queue().release(work.name())).isTrue();
    WorkCase again = queue().claim(Instant.now()).orElseThrow();
    assertThat(again.revision()).isEqualTo(3);
    assertThat(queue().claimed(again).frozenId()).isEqualTo(3);
  }

  @Test
  void aLateImageAfterASignatureMakesTheNextRevision() throws Exception {
    WorkCase work = analysed(CaseState.DELIVERED);
    acts().perform(work.name(), sign("Kim"));
    CompleteStudy.arrive(database(), 2, "study", 0, Instant.now());
    assertThat(now(work).state()).isEqualTo(CaseState.RECEIVING);
    assertThat(now(work).revision()).isEqualTo(3);
  }
}
