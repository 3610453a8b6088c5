package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.json.DicomJson;

/** What is written can be read again, and says the same. */
class RewrittenFilesTest {
  private static final ParseLimits LIMITS = ParseLimits.standard();

  private static byte[] written(Attributes dataset, TransferSyntax syntax) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes)) {
      out.writeFile(dataset, syntax);
    }
    return bytes.toByteArray();
  }

  @Test
  void everyInteropFileSaysTheSameWhenRewritten() throws IOException, RejectedInputException {
    int rewritten = 0;
    for (Path file : TestData.interopFiles()) {
      DicomFile original = DicomFile.read(file);
      if (file.endsWith("pydicom--nested_priv_SQ.dcm")) {
        // It has a value of odd length, which a writer has to pad (PS3.5 7.1.1).
        continue;
      }
      TransferSyntax syntax =
          original.syntax().bigEndian() || original.syntax().implicitVr()
              ? TransferSyntax.EXPLICIT_LITTLE
              : original.syntax();
      if (original.syntax().encapsulated()) {
        syntax = TransferSyntax.of(original.syntax().uid());
      }
      DicomFile again = DicomFile.read(written(original.dataset(), syntax), LIMITS);
      assertThat(DicomJson.write(again.dataset()))
          .as(file.toString())
          .isEqualTo(DicomJson.write(original.dataset()));
      rewritten++;
    }
    assertThat(rewritten).isGreaterThanOrEqualTo(204);
  }

  @Test
  void deflatedAndImplicitFilesCarryTheSameDataset() throws IOException, RejectedInputException {
    Attributes original = sample();
    String expected = DicomJson.write(original);
    for (String uid :
        new String[] {
          UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.DeflatedExplicitVRLittleEndian
        }) {
      byte[] bytes = written(original, TransferSyntax.of(uid));
      DicomFile again = DicomFile.read(bytes, LIMITS);
      assertThat(again.syntax().uid()).isEqualTo(uid);
      assertThat(again.meta().string(Tag.ImplementationClassUID))
          .hasValueSatisfying(own -> assertThat(own).startsWith("2.25.").hasSizeLessThan(65));
      assertThat(DicomJson.write(again.dataset())).isEqualTo(expected);
    }
  }

  @Test
  void anUnchangedExplicitFileIsWrittenBackByteForByte()
      throws IOException, RejectedInputException {
    Path file = TestData.interop("pydicom--JPEG-lossy.dcm");
    DicomFile original = DicomFile.read(file);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes)) {
      out.writeFile(original.meta(), original.dataset(), original.syntax());
    }
    assertThat(bytes.toByteArray()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aTextTooLongForItsShortHeaderIsWrittenAsUnknownAndReadBack()
      throws IOException, RejectedInputException {
    String text = "a".repeat(70_000);
    Attributes dataset = sample();
    dataset.setBytes(Tag.ImageComments, VR.LT, text.getBytes(StandardCharsets.US_ASCII));
    DicomFile again =
        DicomFile.read(written(dataset, TransferSyntax.EXPLICIT_LITTLE), LIMITS);
    assertThat(again.dataset().element(Tag.ImageComments).orElseThrow().vr()).isEqualTo(VR.UN);
    assertThat(again.dataset().string(Tag.ImageComments)).hasValue(text);
  }

  @Test
  void executablePreamblesAreNeverPassedOn() throws IOException, RejectedInputException {
    byte[] bytes = written(sample(), TransferSyntax.EXPLICIT_LITTLE);
    // CVE-2019-11687: the 128 bytes may hold the header of a program.
    bytes[0] = 'M';
    bytes[1] = 'Z';
    DicomFile read = DicomFile.read(bytes, LIMITS);
    byte[] again = written(read.dataset(), read.syntax());
    assertThat(Arrays.copyOf(again, 128)).containsOnly(0);
  }

  static Attributes sample() {
    Attributes dataset = new Attributes();
    dataset.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    dataset.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    dataset.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    dataset.setString(Tag.PatientName, VR.PN, "Müller^Änne");
    dataset.setString(Tag.PatientID, VR.LO, "odd");
    dataset.setInteger(Tag.Rows, VR.US, 2);
    Sequence sequence = dataset.newSequence(Tag.ReferencedImageSequence);
    for (int i = 0; i < 3; i++) {
      Attributes item = sequence.add(new Attributes());
      item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "1.2.3." + i);
      Attributes inner = item.newSequence(Tag.PurposeOfReferenceCodeSequence).add(new Attributes());
      inner.setString(Tag.CodeMeaning, VR.LO, "größer");
    }
    return dataset;
  }
}
