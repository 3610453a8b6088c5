package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BadRecordTest {

  @Test
  void anEmptyFileIsRefused() {
    assertThat(Records.refusal("")).isEqualTo("The file is empty.");
  }

  @Test
  void whatIsNotJsonIsRefusedWithoutQuotingIt() {
    assertThat(Records.refusal("Mr Smith has a cough."))
        .startsWith("The file is not valid JSON")
        .doesNotContain("Smith");
  }

  @Test
  void jsonThatIsNotFhirIsRefused() {
    assertThat(Records.refusal("{\"a\":1}")).contains("not a FHIR resource");
    assertThat(Records.refusal("[1,2]")).contains("not an object");
    assertThat(Records.refusal("{\"resourceType\":5}")).contains("Bundle.resourceType");
  }

  @Test
  void truncatedJsonIsRefused() {
    String json = Records.bundle(Records.PATIENT);
    for (int length : new int[] {json.length() - 1, json.length() / 2, 30, 1}) {
      assertThat(Records.refusal(json.substring(0, length))).contains("cut off");
    }
  }

  @Test
  void anotherResourceAloneIsRefusedByItsName() {
    assertThat(Records.refusal("{\"resourceType\":\"Observation\",\"status\":\"final\"}"))
        .isEqualTo("The file holds one FHIR Observation; a Bundle or a Patient is needed.");
    assertThat(Records.refusal("{\"resourceType\":\"Mr. Smith 4711\"}")).doesNotContain("Smith");
  }

  @Test
  void veryDeepJsonIsRefused() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(Records.refusal("{\"resourceType\":\"Bundle\",\"x\":" + deep + "}"))
        .contains("deeper than 100 levels");
    String objects = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
    assertThat(Records.refusal(Records.bundle("{\"resource\":" + objects + "}")))
        .contains("deeper than 100 levels");
    assertThat(Records.refusal(deep)).isNotBlank();
  }

  @Test
  void jsonWithMoreValuesThanAnyRecordIsRefused() {
    String many = "[],".repeat(3_100_000) + "[]";
    assertThat(Records.refusal("{\"resourceType\":\"Bundle\",\"x\":[" + many + "]}"))
        .contains("a number of values larger");
  }

  @Test
  void anElementGivenTwiceIsRefused() {
    assertThat(
            Records.refusal(
                "{\"resourceType\":\"Patient\",\"gender\":\"male\",\"gender\":\"female\"}"))
        .contains("not valid JSON");
  }

  @Test
  void twoDocumentsInOneFileAreRefused() {
    String json = Records.bundle(Records.PATIENT);
    assertThat(Records.refusal(json + json)).contains("more than one JSON object");
  }

  @Test
  void anElementOfTheWrongFormIsRefusedByItsPlace() {
    assertThat(Records.refusal(Records.bundle(Records.entry("Condition", "c", "\"code\":\"J18\""))))
        .contains("missing reference");
    assertThat(
            Records.refusal(
                Records.bundle(
                    Records.PATIENT, Records.entry("Condition", "c", "\"code\":\"J18\""))))
        .contains("Condition.code");
    assertThat(
            Records.refusal(
                "{\"resourceType\":\"Patient\",\"gender\":\"male\",\"birthDate\":\"1980-13-45\"}"))
        .contains("Patient.birthDate is not a valid date");
    assertThat(Records.refusal("{\"resourceType\":\"Patient\",\"gender\":\"femail\"}"))
        .contains("Patient.gender");
  }

  @Test
  void aNumberTooLargeForAnybodyIsRefused() {
    assertThat(
            Records.refusal(
                Records.bundle(
                    Records.PATIENT,
                    Records.entry(
                        "Observation",
                        "o",
                        """
                        "status":"final","code":{"text":"x"},
                        "valueQuantity":{"value":1e999999999}"""))))
        .contains("Observation.valueQuantity.value");
  }

  @Test
  void xmlWithADocumentTypeOrAnEntityIsRefused() {
    String xml =
        """
        <?xml version="1.0"?>
        <!DOCTYPE Patient [<!ENTITY x SYSTEM "file:///etc/hostname">]>
        <Patient xmlns="http://hl7.org/fhir"><id value="p"/><gender value="&x;"/></Patient>""";
    assertThat(Records.refusal(Records.content("application/fhir+xml", xml)))
        .isEqualTo(
            "The XML declares a document type or entities, which FHIR and CDA do not allow.");
    String bomb =
        "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>";
    assertThat(Records.refusal(Records.content("application/fhir+xml", bomb)))
        .contains("document type");
  }

  @Test
  void badXmlIsRefused() {
    for (String xml :
        new String[] {
          "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"p\"/>",
          "<html><body/></html>",
          "no xml",
          "<a>".repeat(100_000) + "</a>".repeat(100_000),
          "<Patient xmlns=\"http://hl7.org/fhir\"><gender value=\"femail\"/></Patient>",
          "<Patient xmlns=\"http://hl7.org/fhir\"><birthDate value=\"1980-13-45\"/></Patient>"
        }) {
      assertThat(Records.refusal(Records.content("application/fhir+xml", xml))).contains("XML");
    }
  }

  @Test
  void aPatientOfWhomNothingIsKnownIsRefused() {
    assertThat(Records.refusal("{\"resourceType\":\"Patient\",\"id\":\"p\"}"))
        .contains("nothing about a patient");
    assertThat(Records.refusal("{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}"))
        .contains("nothing about a patient");
  }
}
