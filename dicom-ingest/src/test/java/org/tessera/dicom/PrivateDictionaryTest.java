package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;

/** Elements of manufacturers by their creator (PS3.5 7.8.1). */
class PrivateDictionaryTest {

  @Test
  void wellKnownElementsAreFoundInAnyBlock() {
    for (int block : new int[] {0x10, 0x11, 0xFF}) {
      Attributes dataset = new Attributes();
      dataset.setString(0x00290000 | block, VR.LO, "SIEMENS CSA HEADER");
      dataset.setString(0x00190000 | block, VR.LO, "GEMS_ACQU_01");
      dataset.setString(0x20010000 | block, VR.LO, "Philips Imaging DD 001");
      assertThat(dataset.entry(0x00290000 | block << 8 | 0x10))
          .hasValueSatisfying(
              entry -> {
                assertThat(entry.vr()).isEqualTo(VR.OB);
                assertThat(entry.keyword()).isEqualTo("CSA Image Header Info");
              });
      assertThat(dataset.entry(0x00190000 | block << 8 | 0x02))
          .hasValueSatisfying(entry -> assertThat(entry.vr()).isEqualTo(VR.SL));
      assertThat(dataset.entry(0x20010000 | block << 8 | 0x03))
          .hasValueSatisfying(entry -> assertThat(entry.vr()).isEqualTo(VR.FL));
    }
    assertThat(PrivateDictionary.creators()).isGreaterThan(400);
  }

  @Test
  void nothingIsKnownWithoutACreatorOrOfAnotherOne() {
    Attributes dataset = new Attributes();
    assertThat(dataset.entry(0x00191002)).isEmpty();
    dataset.setString(0x00190010, VR.LO, "ACME 1.0");
    assertThat(dataset.entry(0x00191002)).isEmpty();
    assertThat(dataset.privateCreator(0x00191002)).hasValue("ACME 1.0");
    assertThat(dataset.privateCreator(0x00191102)).isEmpty();
    assertThat(dataset.privateCreator(Tag.PatientName)).isEmpty();
  }

  @Test
  void anImplicitFileGetsItsPrivateTypesBack() throws IOException, RejectedInputException {
    Attributes dataset = RewrittenFilesTest.sample();
    dataset.setString(0x00190010, VR.LO, "GEMS_ACQU_01");
    dataset.setInteger(0x00191002, VR.SL, -7);
    dataset.setBytes(0x00191003, VR.DS, new byte[] {'1', '.', '5', ' '});
    // Two bytes cannot be the SL that the dictionary knows: they stay bytes.
    dataset.setBytes(0x00191026, VR.UN, new byte[] {1, 2});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes)) {
      out.writeFile(dataset, TransferSyntax.IMPLICIT_LITTLE);
    }
    Attributes again =
        DicomFile.read(bytes.toByteArray(), ParseLimits.standard()).dataset();
    assertThat(again.integer(0x00191002)).hasValue(-7);
    assertThat(again.real(0x00191003)).hasValue(1.5);
    assertThat(again.element(0x00191026).orElseThrow().effectiveVr(again)).isEqualTo(VR.UN);
  }
}
