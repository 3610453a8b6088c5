package org.tessera.runtime.deliver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.tessera.casemodel.Clinician;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.result.ReportAct;
import org.tessera.fhir.ResultAct;
import org.tessera.runtime.analyze.ResultResources;
import org.tessera.runtime.work.CaseActs;
import org.tessera.runtime.work.CaseRevision.Outcome;
import org.tessera.runtime.work.WorkCase;

/**
 * Signing and withdrawing results. What was sent is made final, or taken back, everywhere it went:
 * an SR in the place of the earlier one for archives, a transaction for record systems, and the
 * resources at our own {@code /fhir}. Safe for several threads.
 */
public final class ResultActs {
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_REASON = 400;
  private static final String URI_OF_A_SYSTEM = "[A-Za-z][A-Za-z0-9+.-]*:\\S+";
  private static final String REPORT = "report.dcm";
  private static final String BUNDLE = "bundle.json";

  private final CaseActs acts;
  private final Outbox outbox;
  private final List<Destination> destinations;
  private final boolean shadow;

  /**
   * Acts.
   *
   * @param shadow true if nothing is to be sent
   */
  public ResultActs(
      CaseActs acts, Outbox outbox, List<Destination> destinations, boolean shadow) {
    this.acts = acts;
    this.outbox = outbox;
    this.destinations = List.copyOf(destinations);
    this.shadow = shadow;
  }

  /**
   * Signs the newest result of a case, which makes it final.
   *
   * @param name of the case
   * @throws RejectedInputException with one sentence, if the clinician is not named as one can be
   */
  public CaseActs.Answer sign(String name, Clinician by)
      throws IOException, RejectedInputException {
    return perform(name, new Step(check(by), Optional.empty()));
  }

  /**
   * Withdraws the newest result of a case: it was entered in error, and nothing takes its place.
   *
   * @param why one sentence, for whoever has the result
   * @throws RejectedInputException with one sentence, if clinician or reason cannot be used
   */
  public CaseActs.Answer withdraw(String name, Clinician by, String why)
      throws IOException, RejectedInputException {
    String reason = plain(why);
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      throw new RejectedInputException(
          "A reason is needed, of at most %d characters.".formatted(LONGEST_REASON));
    }
    return perform(name, new Step(check(by), Optional.of(reason)));
  }

  private CaseActs.Answer perform(String name, Step step) throws IOException {
    if (shadow) {
      return new CaseActs.Answer(
          CaseActs.End.REFUSED,
          "The server is in shadow mode and sends nothing; start it in another mode first.");
    }
    CaseActs.Answer answer = acts.perform(name, step);
    outbox.tell();
    return answer;
  }

  private static Clinician check(Clinician by) throws RejectedInputException {
    Clinician tidy =
        new Clinician(
            plain(by.name()),
            by.id().map(ResultActs::plain).filter(each -> !each.isEmpty()),
            by.system().map(ResultActs::plain).filter(each -> !each.isEmpty()));
    if (tidy.name().isEmpty() || tidy.name().length() > LONGEST_NAME) {
      throw new RejectedInputException(
          "The name of the clinician is needed, of at most %d characters."
              .formatted(LONGEST_NAME));
    }
    if (tidy.words().length() > LONGEST_NAME + LONGEST_ID
        || tidy.system().filter(each -> !each.matches(URI_OF_A_SYSTEM)).isPresent()) {
      throw new RejectedInputException(
          "The identifier of a practitioner is SYSTEM|ID, where the system is a URI.");
    }
    return tidy;
  }

  private static String plain(String words) {
    return words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  /** One of both; withdrawn if there is a reason. */
  private final class Step implements CaseActs.Act {
    private final Clinician by;
    private final Optional<String> why;

    Step(Clinician by, Optional<String> why) {
      this.by = by;
      this.why = why;
    }

    @Override
    public Outcome outcome() {
      return why.isPresent() ? Outcome.WITHDRAWN : Outcome.SIGNED;
    }

    @Override
    public String note() {
      return why.map(each -> "Withdrawn by %s: %s".formatted(by.words(), each))
          .orElseGet(() -> "Signed by %s.".formatted(by.words()));
    }

    @Override
    public void write(Path result, Path draft, Instant when)
        throws IOException, RejectedInputException {
      String bundle = Files.readString(result.resolve(BUNDLE));
      Files.writeString(
          draft.resolve(BUNDLE),
          why.isPresent()
              ? ResultAct.withdrawn(bundle, by, when, why.get())
              : ResultAct.signed(bundle, by, when));
      Path report = result.resolve(REPORT);
      if (Files.exists(report)) {
        Attributes object = DicomFile.read(report).dataset();
        if (why.isPresent()) {
          ReportAct.withdraw(object, why.get(), when);
        } else {
          ReportAct.sign(object, by, when);
        }
        try (DicomOutputStream out =
            new DicomOutputStream(Files.newOutputStream(draft.resolve(REPORT)))) {
          out.writeFile(object, TransferSyntax.EXPLICIT_LITTLE);
        }
      }
    }

    @Override
    public int hand(Handle transaction, WorkCase work, Path folder, String seal)
        throws IOException {
      ResultResources.keep(transaction, Files.readString(folder.resolve(BUNDLE)));
      List<ResultFiles.Sendable> objects =
          ResultFiles.in(folder, seal + (why.isPresent() ? "-withdrawn" : "-signed"));
      return why.isPresent()
          ? outbox.add(transaction, work, objects, destinations, Instant.now())
          : outbox.addBeside(transaction, work, objects, destinations, Instant.now());
    }
  }
}
