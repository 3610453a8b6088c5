package org.tessera.server.fhir;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.io.IOException;
import java.util.Optional;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.tessera.casemodel.Clinician;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.deliver.ResultActs;
import org.tessera.runtime.work.CaseActs;

/**
 * {@code $sign} and {@code $withdraw} on a DiagnosticReport of a case: the answer is the report as
 * it is then.
 */
public final class ActProvider {
  private static final String CASE = "urn:tessera:case";

  private final StoredSearch search;
  private final ResultActs acts;

  ActProvider(StoredSearch search, ResultActs acts) {
    this.search = search;
    this.acts = acts;
  }

  /** What is done with the case of a report. */
  @FunctionalInterface
  private interface Deed {
    CaseActs.Answer with(String name) throws IOException, RejectedInputException;
  }

  /** {@code POST [base]/DiagnosticReport/[id]/$sign}. */
  @Operation(name = "$sign", type = DiagnosticReport.class)
  public DiagnosticReport sign(
      @IdParam IdType id,
      @Nullable @OperationParam(name = "practitioner", min = 1, max = 1) Reference practitioner) {
    return done(id, name -> acts.sign(name, clinician(practitioner)));
  }

  /** {@code POST [base]/DiagnosticReport/[id]/$withdraw}. */
  @Operation(name = "$withdraw", type = DiagnosticReport.class)
  public DiagnosticReport withdraw(
      @IdParam IdType id,
      @Nullable @OperationParam(name = "practitioner", min = 1, max = 1) Reference practitioner,
      @Nullable @OperationParam(name = "reason", min = 1, max = 1) StringType reason) {
    String why = Optional.ofNullable(reason).map(StringType::getValue).orElse("");
    return done(id, name -> acts.withdraw(name, clinician(practitioner), why));
  }

  private DiagnosticReport done(IdType id, Deed deed) {
    DiagnosticReport report = search.read(DiagnosticReport.class, id);
    String name =
        report.getIdentifier().stream()
            .filter(each -> CASE.equals(each.getSystem()))
            .map(Identifier::getValue)
            .findFirst()
            .orElse("");
    CaseActs.Answer answer;
    try {
      answer = deed.with(name);
    } catch (RejectedInputException e) {
      throw Outcomes.exception(422, e.sentence());
    } catch (IOException e) {
      throw Outcomes.exception(500, "It could not be written to the disk.");
    }
    return switch (answer.end()) {
      case DONE, ALREADY ->
          search.read(DiagnosticReport.class, new IdType("DiagnosticReport", id.getIdPart()));
      case REFUSED -> throw Outcomes.exception(409, answer.sentence());
      case UNKNOWN ->
          throw Outcomes.exception(
              409, "The report is of no case that came as a study: it was never sent.");
    };
  }

  private static Clinician clinician(@Nullable Reference practitioner) {
    Reference named = practitioner == null ? new Reference() : practitioner;
    Identifier identifier = named.getIdentifier();
    return new Clinician(
        Optional.ofNullable(named.getDisplay()).orElse(""),
        Optional.ofNullable(identifier.getValue()),
        Optional.ofNullable(identifier.getSystem()));
  }
}
