package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RejectedInputException;

class RecordTargetsTest {
  private static final String STUDY =
      """
      {"resource":{"resourceType":"ImagingStudy","id":"s","subject":{"reference":"Patient/p1"},
       "identifier":[{"system":"urn:dicom:uid","value":"urn:oid:1.2.3"},
        {"type":{"coding":[{"code":"ACSN"}]},"value":"A1"}]}}""";
  private static final String NOTE =
      """
      {"resource":{"resourceType":"DocumentReference","id":"d",
       "subject":{"reference":"Patient/p1"},"status":"current",
       "context":{"related":[{"identifier":
        {"type":{"coding":[{"code":"ACSN"}]},"value":"A2"}}]}}}""";

  @TempDir private Path folder = Path.of("");

  @Test
  void patientStudyAndAccessionAreFoundWhereverTheyAreNamed() throws Exception {
    RecordTargets named = RecordTargets.of(Records.bundle(Records.PATIENT, STUDY, NOTE));
    assertThat(named.patients())
        .containsExactly(PatientIdentity.of("4711", Optional.of("urn:oid:1.2.3")));
    assertThat(named.studies()).containsExactly("1.2.3");
    assertThat(named.accessions()).containsExactlyInAnyOrder("A1", "A2");
  }

  @Test
  void aRecordOfNobodyOrOfSeveralIsRefused() {
    for (String bundle :
        new String[] {
          Records.bundle(STUDY),
          Records.bundle(Records.PATIENT, Records.PATIENT.replace("p1", "p2"), STUDY)
        }) {
      assertThatThrownBy(() -> RecordTargets.of(bundle))
          .isInstanceOf(RejectedInputException.class)
          .hasMessageContaining("about one");
    }
  }

  @Test
  void aDocumentAloneNamesItsPatientByAnIdentifier() throws Exception {
    Path body = folder.resolve("body");
    Files.writeString(
        body,
        """
        {"resourceType":"DocumentReference","id":"d","status":"current",
         "subject":{"identifier":{"system":"urn:oid:1.2.3","value":"4711"}},
         "context":{"related":[{"identifier":{"system":"urn:dicom:uid","value":"1.2.3"}}]}}""");
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    PostedRecord.copy(body, false, copy);
    String bundle = copy.toString(StandardCharsets.UTF_8);
    RecordTargets named = RecordTargets.of(bundle);
    assertThat(named.patients())
        .containsExactly(PatientIdentity.of("4711", Optional.of("urn:oid:1.2.3")));
    assertThat(named.studies()).containsExactly("1.2.3");
    assertThat(bundle).contains("\"reference\":\"Patient/subject\"");
  }
}
