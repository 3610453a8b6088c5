package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Kind;
import org.tessera.casemodel.RejectedInputException;

class SyntheaTest {

  @Test
  void everyBundleWithAPatientIsAccepted() throws Exception {
    int patients = 0;
    for (Path file : Records.synthea()) {
      String json = Files.readString(file);
      if (!json.contains("\"Patient\"")) {
        continue;
      }
      patients++;
      Records.Outcome outcome = Records.decode(json);
      assertThat(outcome.rejected()).isEmpty();
      assertThat(outcome.evidence()).hasSize(1);
      assertThat(outcome.facts()).hasSizeBetween(10, FactSelection.LIMIT);
      assertThat(outcome.fact(Kind.AGE).value().orElseThrow()).isBetween(0.0, 110.0);
      outcome.fact(Kind.SEX);
      PatientIdentity patient = outcome.evidence().getFirst().origin().patient().orElseThrow();
      assertThat(patient.id()).isPresent();
      assertThat(patient.issuer()).hasValueSatisfying(each -> assertThat(each).contains(":"));
      assertThat(patient.name()).isPresent();
      assertThat(patient.birthDate()).isPresent();
    }
    assertThat(patients).isEqualTo(18);
  }

  @Test
  void bundlesOfPractitionersOrOrganizationsAloneAreNoRecords() throws Exception {
    int refused = 0;
    for (Path file : Records.synthea()) {
      String json = Files.readString(file);
      if (!json.contains("\"Patient\"")) {
        refused++;
        assertThat(Records.refusal(json))
            .isEqualTo("The FHIR record says nothing about a patient that can be used.");
      }
    }
    assertThat(refused).isEqualTo(2);
  }

  @Test
  void onlyTheNewestObservationOfACodeIsKept() throws Exception {
    for (RecordFact fact : sample()) {
      if (fact.kind() == Kind.OBSERVATION) {
        assertThat(fact.code()).isPresent();
      }
    }
    List<String> codes = new ArrayList<>();
    sample().stream()
        .filter(each -> each.kind() == Kind.OBSERVATION)
        .forEach(each -> codes.add(each.code().orElseThrow().code()));
    assertThat(new HashSet<>(codes)).hasSameSizeAs(codes).contains("8302-2", "8480-6");
  }

  private static List<RecordFact> sample() throws IOException, RejectedInputException {
    return Records.decode(Files.readString(Records.synthea().get(2))).facts();
  }

  @Test
  void aRecordReadTwiceGivesTheSameFacts() throws Exception {
    assertThat(sample()).isEqualTo(sample());
  }

  @Test
  void aRecordWrittenFromItsFactsReadsBackEqual() throws Exception {
    for (Path file : Records.synthea()) {
      String json = Files.readString(file);
      if (!json.contains("\"Patient\"")) {
        continue;
      }
      Records.Outcome first = Records.decode(json);
      Evidence record = first.evidence().getFirst();
      String written =
          FhirRecordWriter.write(
                  record.origin().patient().orElseThrow(),
                  first.facts(),
                  record.origin().acquired());
      Records.Outcome second = Records.decode(written, Optional.empty());
      assertThat(second.facts()).isEqualTo(first.facts());
      assertThat(second.evidence().getFirst().origin().patient())
          .isEqualTo(record.origin().patient());
      assertThat(second.evidence().getFirst().origin().acquired())
          .isEqualTo(record.origin().acquired());
    }
  }
}
