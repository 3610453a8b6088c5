package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.tessera.casemodel.CaseReport;

/** Names the patient of a case by identifier (R4 2.3.0.2, logical references). */
final class Subject {

  private Subject() {}

  static Optional<ObjectNode> of(CaseReport report) {
    return report
        .patientCase()
        .patient()
        .flatMap(Elements::identifier)
        .map(
            identifier -> {
              ObjectNode reference = Elements.object().put("type", "Patient");
              reference.set("identifier", identifier);
              return reference;
            });
  }
}
