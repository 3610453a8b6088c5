package org.tessera.fhir.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;

class PdfTextTest {
  private static final String TYPE = "application/pdf";
  private static final PDFont HELVETICA = new PDType1Font(FontName.HELVETICA);

  private static byte[] saved(PDDocument document) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    document.save(out);
    return out.toByteArray();
  }

  private static void page(PDDocument document, PDFont font, String... lines) throws Exception {
    PDPage page = new PDPage();
    document.addPage(page);
    if (lines.length == 0) {
      return;
    }
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(font, 11);
      content.setLeading(14);
      content.newLineAtOffset(50, 700);
      for (String each : lines) {
        content.showText(each);
        content.newLine();
      }
      content.endText();
    }
  }

  @Test
  void theTextOfAllPagesIsRead() throws Exception {
    try (PDDocument document = new PDDocument();
        InputStream letters =
            PDDocument.class.getResourceAsStream(
                "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf")) {
      page(document, HELVETICA, "Findings", "No cough, fever of 38.5 C.");
      page(
          document,
          PDType0Font.load(document, Objects.requireNonNull(letters)),
          "Embedded: 50 \u00b5g, Łódź");
      DocumentText read = Reading.of(TYPE, saved(document));
      assertThat(read.text().lines().filter(each -> !each.isBlank()))
          .containsExactly(
              "Findings", "No cough, fever of 38.5 C.", "Embedded: 50 \u00b5g, Łódź");
      assertThat(read.remarks()).isEmpty();
    }
  }

  @Test
  void filledFieldsOfAFormAreRead() throws Exception {
    try (PDDocument document = new PDDocument()) {
      page(document, HELVETICA, "Questionnaire");
      PDAcroForm form = new PDAcroForm(document);
      document.getDocumentCatalog().setAcroForm(form);
      PDResources resources = new PDResources();
      resources.put(COSName.getPDFName("Helv"), HELVETICA);
      form.setDefaultResources(resources);
      form.setDefaultAppearance("/Helv 11 Tf");
      PDTextField field = new PDTextField(form);
      field.setPartialName("Smoker");
      form.getFields().add(field);
      field.setValue("never");
      assertThat(Reading.of(TYPE, saved(document)).text())
          .startsWith("Questionnaire")
          .endsWith("Smoker: never");
    }
  }

  @Test
  void aScannedDocumentIsSaidToHaveNoText() throws Exception {
    try (PDDocument document = new PDDocument()) {
      page(document, HELVETICA);
      page(document, HELVETICA);
      assertThat(Reading.refusal(TYPE, saved(document)))
          .isEqualTo(
              "The PDF has no text, only pictures of it or nothing; it was not read (pages: 2).");
      page(document, HELVETICA, "One page with words");
      DocumentText read = Reading.of(TYPE, saved(document));
      assertThat(read.text()).isEqualTo("One page with words");
      assertThat(read.remarks())
          .containsExactly("2 of 3 pages of the PDF have no text and were not read.");
    }
  }

  @Test
  void aPasswordIsSaidToBeMissing() throws Exception {
    try (PDDocument document = new PDDocument()) {
      page(document, HELVETICA, "Secret");
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      assertThat(Reading.refusal(TYPE, saved(document)))
          .isEqualTo("The PDF is protected by a password.");
    }
  }

  @Test
  void whatIsDamagedOrTooLongIsRefused() throws Exception {
    assertThat(Reading.refusal(TYPE, "%PDF-1.7\nnothing".getBytes(ISO_8859_1)))
        .isEqualTo("The PDF could not be read; it may be damaged.");
    try (PDDocument document = new PDDocument()) {
      for (int i = 0; i <= PdfReader.MOST_PAGES; i++) {
        document.addPage(new PDPage());
      }
      assertThat(Reading.refusal(TYPE, saved(document)))
          .isEqualTo("The PDF has more than 300 pages.");
    }
  }

  /** Content that deflates to a thousandth: memory, or a page that says the same for ever. */
  private static byte[] bomb(String operators, int megabytes) throws Exception {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      PDResources resources = new PDResources();
      resources.put(COSName.getPDFName("F"), HELVETICA);
      page.setResources(resources);
      document.addPage(page);
      ByteArrayOutputStream deflated = new ByteArrayOutputStream();
      byte[] block = operators.repeat((1 << 20) / operators.length()).getBytes(ISO_8859_1);
      try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
        out.write("BT /F 9 Tf ".getBytes(ISO_8859_1));
        for (int i = 0; i < megabytes; i++) {
          out.write(block);
        }
      }
      PDStream content = new PDStream(document);
      try (var out = content.getCOSObject().createRawOutputStream()) {
        out.write(deflated.toByteArray());
      }
      content.getCOSObject().setItem(COSName.FILTER, COSName.FLATE_DECODE);
      page.setContents(content);
      return saved(document);
    }
  }

  @Test
  void bombsEndWithinTheirBounds() throws Exception {
    assertThat(Reading.refusal(TYPE, bomb("(x) ", 400)))
        .isEqualTo("The PDF needs more memory than a document may.");
    assertThat(Reading.refusal(TYPE, bomb("(more and more words ) Tj 0 -1 Td ", 4)))
        .isEqualTo("The PDF has more text than a note may have.");
    byte[] slow = bomb("q 1 0 0 1 0 0 cm Q ", 64);
    assertThatThrownBy(() -> PdfText.of(slow, 1))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("within 1 seconds");
    String nested =
        "%PDF-1.4\n1 0 obj\n" + "[".repeat(500_000) + "\nendobj\ntrailer<</Root 1 0 R>>";
    assertThat(Reading.refusal(TYPE, nested.getBytes(ISO_8859_1))).contains("damaged");
  }
}
