package org.tessera.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.RejectedInput;
import org.tessera.casemodel.RejectedInputException;

class AttachmentTest {

  /** Reads every attachment of one media type as UTF-8 text; refuses text that asks for it. */
  private record TextReader(String mediaType) implements ContentDecoder {
    @Override
    public boolean accepts(String offered) {
      return offered.equals(mediaType);
    }

    @Override
    public List<Evidence> decode(Content content, DecodeContext context)
        throws IOException, RejectedInputException {
      String text = new String(content.readAll(1 << 20), UTF_8);
      if (text.equals("refuse me")) {
        throw new RejectedInputException("The note has no words.");
      }
      if (text.equals("break me")) {
        throw new IllegalStateException("defect");
      }
      return List.of(
          new NoteEvidence(
              context.origin(
                  content, content.name(), Optional.empty(), Optional.empty(), Optional.empty()),
              () -> text));
    }
  }

  private static final TextReader NOTES = new TextReader("text/plain");

  private static String attachment(String type, byte[] bytes, String more) {
    return "{\"contentType\":\"%s\",\"data\":\"%s\"%s}"
        .formatted(type, Base64.getEncoder().encodeToString(bytes), more);
  }

  private static String document(String id, String attachment) {
    return Records.entry(
        "DocumentReference",
        id,
        "\"status\":\"current\",\"date\":\"2024-02-03T10:00:00Z\","
            + "\"content\":[{\"attachment\":%s}]".formatted(attachment));
  }

  private static String note(String text) {
    return attachment("text/plain", text.getBytes(UTF_8), "");
  }

  private static NoteEvidence onlyNote(String... entries) throws Exception {
    List<Evidence> evidence = Records.decode(Records.bundle(entries), NOTES).evidence();
    assertThat(evidence).hasSize(2);
    return (NoteEvidence) evidence.getLast();
  }

  @Test
  void aNoteInADocumentReferenceBecomesEvidenceOfThePatient() throws Exception {
    NoteEvidence note = onlyNote(Records.PATIENT, document("7", note("Cough, 기침.")));
    assertThat(note.text().text()).isEqualTo("Cough, 기침.");
    EvidenceOrigin origin = note.origin();
    assertThat(origin.id()).isEqualTo("I2");
    assertThat(origin.source()).isEqualTo("bundle.json#DocumentReference/7");
    assertThat(origin.mediaType()).isEqualTo("text/plain");
    assertThat(origin.sha256())
        .isEqualTo(Hashes.sha256("Cough, 기침.".getBytes(UTF_8)));
    assertThat(origin.acquired()).hasToString("Optional[2024-02-03T10:00:00Z]");
    assertThat(origin.patient().orElseThrow().id()).contains("4711");
  }

  @Test
  void presentedFormsMediaAndBinariesAreReadToo() throws Exception {
    String report =
        Records.entry(
            "DiagnosticReport",
            "d",
            "\"status\":\"final\",\"presentedForm\":[%s,%s]"
                .formatted(note("form one"), note("form two")));
    String media =
        Records.entry(
            "Media",
            "m",
            "\"status\":\"completed\",\"content\":"
                + attachment("audio/wav", "sound".getBytes(UTF_8), ""));
    String binary =
        """
        {"resource":{"resourceType":"Binary","id":"b","contentType":"text/plain","data":"%s"}}"""
            .formatted(Base64.getEncoder().encodeToString("alone".getBytes(UTF_8)));
    Records.Outcome outcome =
        Records.decode(
            Records.bundle(Records.PATIENT, report, media, binary),
            NOTES,
            new TextReader("audio/wav"));
    assertThat(outcome.evidence())
        .extracting(each -> each.origin().source())
        .containsExactly(
            "bundle.json",
            "bundle.json#DiagnosticReport/d[0]",
            "bundle.json#DiagnosticReport/d[1]",
            "bundle.json#Media/m",
            "bundle.json#Binary/b");
  }

  @Test
  void anAttachmentInABinaryOfTheBundleIsFoundOnce() throws Exception {
    String binary =
        """
        {"fullUrl":"urn:uuid:2f0c6a6e-0000-4000-8000-000000000001","resource":{
         "resourceType":"Binary","contentType":"text/plain","data":"%s"}}"""
            .formatted(Base64.getEncoder().encodeToString("from afar".getBytes(UTF_8)));
    NoteEvidence note =
        onlyNote(
            Records.PATIENT,
            document(
                "7",
                "{\"contentType\":\"text/plain\","
                    + "\"url\":\"urn:uuid:2f0c6a6e-0000-4000-8000-000000000001\"}"),
            binary);
    assertThat(note.text().text()).isEqualTo("from afar");
    assertThat(note.origin().source()).isEqualTo("bundle.json#DocumentReference/7");
  }

  @Test
  void anAttachmentThatIsNotInTheBundleRefusesTheRecord() {
    assertThat(
            Records.refusal(
                Records.bundle(
                    Records.PATIENT,
                    document("7", "{\"contentType\":\"text/plain\",\"url\":\"Binary/99\"}"))))
        .isEqualTo(
            "The FHIR bundle has a missing reference: "
                + "an attachment of its DocumentReference is not in it.");
  }

  @Test
  void whatCannotBeUsedIsReportedAndTheRestGoesOn() throws Exception {
    byte[] text = "intact".getBytes(UTF_8);
    Records.Outcome outcome =
        Records.decode(
            Records.bundle(
                Records.PATIENT,
                document("1", note("refuse me")),
                document("2", note("break me")),
                document("3", attachment("application/pdf", text, "")),
                document("4", "{\"contentType\":\"text/plain\",\"data\":\"***\"}"),
                document("5", "{\"contentType\":\"text/plain\"}"),
                document(
                    "6", "{\"contentType\":\"text/plain\",\"url\":\"https://a.example/n\"}"),
                document("7", attachment("text/plain", text, ",\"size\":7")),
                document("8", attachment("text/plain", text, ",\"hash\":\"AAAA\"")),
                document("9", note("good"))),
            NOTES);
    assertThat(outcome.evidence())
        .extracting(each -> each.origin().source())
        .containsExactly("bundle.json", "bundle.json#DocumentReference/9");
    assertThat(outcome.rejected())
        .extracting(RejectedInput::reason)
        .containsExactly(
            "The note has no words.",
            "The attachment could not be decoded; it may be damaged.",
            "The PDF could not be read; it may be damaged.",
            "The attachment is not valid Base64.",
            "The attachment has no content.",
            "The attachment is stored elsewhere; the record has only its address.",
            "The attachment does not have the size or the hash that the record gives for it.",
            "The attachment does not have the size or the hash that the record gives for it.");
    assertThat(outcome.rejected().getFirst().kind()).contains(Modality.NOTE);
    assertThat(outcome.rejected().getFirst().source())
        .isEqualTo("bundle.json#DocumentReference/1");
    assertThat(outcome.rejected()).extracting(RejectedInput::id).doesNotHaveDuplicates();
  }

  @Test
  void sizeAndHashOfAnIntactAttachmentAgree() throws Exception {
    byte[] text = "intact".getBytes(UTF_8);
    String hash = Base64.getEncoder().encodeToString(Hashes.sha1(text));
    NoteEvidence note =
        onlyNote(
            Records.PATIENT,
            document(
                "7",
                attachment("text/plain", text, ",\"size\":6,\"hash\":\"%s\"".formatted(hash))));
    assertThat(note.text().text()).isEqualTo("intact");
  }

  @Test
  void ofHtmlOnlyTheTextIsRead() throws Exception {
    String html =
        """
        <html><head><title>t</title><style>p{color:red}</style></head><body>
        <script>alert(1)</script><p>No   cough &amp; fever.</p><p>Sm&eacute;ar <b>neg</b>ative<br>
        &lt;5</p><!-- hidden --></body></html>""";
    NoteEvidence note =
        onlyNote(
            Records.PATIENT,
            document("7", attachment("text/html; charset=UTF-8", html.getBytes(UTF_8), "")));
    assertThat(note.text().text()).isEqualTo("No cough & fever.\nSméar negative\n<5");
    assertThat(note.origin().mediaType()).isEqualTo("text/plain");
  }

  @Test
  void deepHtmlIsNoTrap() throws Exception {
    byte[] html = ("<div>".repeat(50_000) + "deep").getBytes(UTF_8);
    NoteEvidence note =
        onlyNote(Records.PATIENT, document("7", attachment("text/html", html, "")));
    assertThat(note.text().text()).isEqualTo("deep");
  }

  @Test
  void theDeclaredCharacterSetOfATextIsUsed() throws Exception {
    byte[] korean = "기침".getBytes(Charset.forName("EUC-KR"));
    NoteEvidence note =
        onlyNote(
            Records.PATIENT,
            document("7", attachment("text/plain;charset=euc-kr", korean, "")));
    assertThat(note.text().text()).isEqualTo("기침");
  }

  @Test
  void aRecordOfUnusableAttachmentsAloneIsRefused() {
    String json =
        """
        {"resourceType":"Bundle","type":"collection","entry":[{"resource":{
         "resourceType":"Binary","id":"b","contentType":"application/pdf","data":"AAAA"}}]}""";
    assertThat(Records.refusal(json)).contains("none of them can be used");
  }

  @Test
  void noMoreThan64AttachmentsAreRead() throws Exception {
    String[] entries = new String[70];
    entries[0] = Records.PATIENT;
    for (int i = 1; i < entries.length; i++) {
      entries[i] = document("n" + i, note("note " + i));
    }
    Records.Outcome outcome = Records.decode(Records.bundle(entries), NOTES);
    assertThat(outcome.evidence()).hasSize(65);
    assertThat(outcome.rejected()).hasSize(5);
  }
}
