package org.tessera.server.fhir;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.service.RecordIntake;

/** {@code $join}: a record or a note becomes part of the case of the study that it names. */
public final class JoinProvider {
  private final PostedBodies bodies;
  private final RecordIntake records;

  JoinProvider(PostedBodies bodies, RecordIntake records) {
    this.bodies = bodies;
    this.records = records;
  }

  /** {@code POST [base]/$join}. */
  @Operation(name = "$join", manualRequest = true, manualResponse = true)
  public void join(HttpServletRequest request, ServletRequestDetails details)
      throws IOException {
    List<String> cases;
    try (PostedBodies.Posted body = bodies.receive(request)) {
      cases = records.add(body.file(), body.xml());
    } catch (RejectedInputException e) {
      throw Outcomes.exception(422, e.sentence());
    }
    Answers.send(
        details,
        cases.isEmpty() ? 202 : 200,
        Outcomes.information(
            cases.isEmpty()
                ? "The record was accepted and waits: no study of its patient with this UID or"
                    + " accession number is here yet."
                : "The record was accepted and belongs to " + String.join(", ", cases) + "."));
  }
}
