package org.tessera.fhir.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.Sex;

class CdaDocumentTest {
  private static final String TYPE = "text/xml";

  private static final String PATIENT =
      """
      <recordTarget><patientRole><id root="2.16.840.1.113883.19.5" extension="4711"/>
      <id root="1.2.3" extension="other"/>
      <patient><name use="L"><given>Min</given><given>Ji</given><family>Kim</family></name>
      <name><given>Another</given><family>Name</family></name>
      <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>
      <birthTime value="19800504"/></patient>
      <providerOrganization><name>Somewhere</name></providerOrganization>
      </patientRole></recordTarget>""";

  private static byte[] document(String body) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc">
        <title>Discharge Summary</title>%s<component>%s</component></ClinicalDocument>"""
        .formatted(PATIENT, body)
        .getBytes(UTF_8);
  }

  private static byte[] sections(String sections) {
    return document("<structuredBody>" + sections + "</structuredBody>");
  }

  @Test
  void theNarrativeOfEachSectionIsReadAndItsEntriesAreNot() throws Exception {
    DocumentText read =
        Reading.of(
            TYPE,
            sections(
                """
                <component><section><code code="10164-2"/><title>History</title>
                <text><paragraph>No  cough,
                fever 38.5&#176;C &amp; chills.</paragraph>
                <list><item>asthma</item><item>10<sup>9</sup>/L</item></list>
                <table><thead><tr><th>Test</th><th>Value</th></tr></thead>
                <tbody><tr><td>Sodium</td><td>140</td></tr></tbody></table>
                <content revised="delete">pneumonia <content>gone</content></content>
                <content revised="insert">bronchitis</content></text>
                <entry><act><text>coded words</text></act></entry>
                <component><section><title>Inner</title><text>기침<br/>둘</text></section></component>
                </section></component>"""));
    assertThat(read.text())
        .isEqualTo(
            "History\nNo cough, fever 38.5°C & chills.\nasthma\n10^9/L\nTest Value\nSodium 140\n"
                + "bronchitis\nInner\n기침\n둘");
    assertThat(read.remarks()).isEmpty();
  }

  @Test
  void theDocumentSaysWhomItIsAbout() throws Exception {
    PatientIdentity patient =
        Reading.of(TYPE, sections("<component><section><text>x y</text></section></component>"))
            .patient()
            .orElseThrow();
    assertThat(patient.id()).contains("4711");
    assertThat(patient.issuer()).contains("urn:oid:2.16.840.1.113883.19.5");
    assertThat(patient.name()).contains("Kim, Min Ji");
    assertThat(patient.birthDate()).hasToString("Optional[1980-05-04]");
    assertThat(patient.sex()).contains(Sex.FEMALE);
  }

  @Test
  void aBodyOfAnotherFormatIsReadAsThat() throws Exception {
    String rtf =
        Base64.getMimeEncoder().encodeToString("{\\rtf1\\ansi Fever.\\par Cough.}".getBytes(UTF_8));
    assertThat(
            Reading.of(
                    TYPE,
                    document(
                        "<nonXMLBody><text mediaType=\"text/rtf\" representation=\"B64\">"
                            + rtf
                            + "</text></nonXMLBody>"))
                .text())
        .isEqualTo("Fever.\nCough.");
    assertThat(
            Reading.of(
                    TYPE,
                    document("<nonXMLBody><text>Only &lt; words</text></nonXMLBody>"))
                .text())
        .isEqualTo("Only < words");
    assertThat(
            Reading.refusal(
                TYPE,
                document(
                    "<nonXMLBody><text mediaType=\"image/tiff\" representation=\"B64\">AAAA"
                        + "</text></nonXMLBody>")))
        .isEqualTo("The body of the CDA document is of a type that is not read.");
    // A document in a document in a document.
    assertThat(
            Reading.refusal(
                TYPE,
                document(
                    "<nonXMLBody><text mediaType=\"text/xml\" representation=\"B64\">AAAA"
                        + "</text></nonXMLBody>")))
        .contains("not read");
  }

  @Test
  void otherXmlIsRefused() {
    assertThat(Reading.refusal(TYPE, "<note xmlns=\"urn:x\">fever</note>".getBytes(UTF_8)))
        .isEqualTo("The XML is not an HL7 CDA document.");
    assertThat(Reading.refusal(TYPE, sections(""))).isEqualTo("The document has no text.");
    assertThat(Reading.refusal(TYPE, "fever".getBytes(UTF_8))).contains("not valid XML");
    byte[] whole = sections("<component><section><text>x</text></section></component>");
    assertThat(Reading.refusal(TYPE, java.util.Arrays.copyOf(whole, whole.length - 30)))
        .contains("cut off");
  }

  @Test
  void bombsAndFilesFromElsewhereAreRefused() {
    String laughs =
        """
        <!DOCTYPE ClinicalDocument [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
        <ClinicalDocument xmlns="urn:hl7-org:v3">&d;</ClinicalDocument>""";
    assertThat(Reading.refusal(TYPE, laughs.getBytes(UTF_8))).contains("document type");
    String file =
        """
        <!DOCTYPE ClinicalDocument [<!ENTITY f SYSTEM "file:///etc/passwd">]>
        <ClinicalDocument xmlns="urn:hl7-org:v3"><title>&f;</title></ClinicalDocument>""";
    assertThat(Reading.refusal(TYPE, file.getBytes(UTF_8))).contains("document type");
    assertThat(Reading.refusal(TYPE, sections("<component>".repeat(200_000))))
        .contains("nested deeper than 100 levels");
    assertThat(
            Reading.refusal(
                TYPE,
                sections(
                    "<component><section><text>"
                        + "<br/>".repeat(1_000_001)
                        + "</text></section></component>")))
        .contains("more than 1,000,000 elements");
  }
}
