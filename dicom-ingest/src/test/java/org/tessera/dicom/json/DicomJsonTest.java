package org.tessera.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;

/** The JSON model by its rules in PS3.18 F.2. */
class DicomJsonTest {

  @Test
  void everyKindOfValueHasItsForm() {
    Attributes dataset = new Attributes();
    dataset.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    dataset.setString(Tag.ImageType, VR.CS, "ORIGINAL", "", "AXIAL");
    dataset.setEmpty(Tag.AccessionNumber, VR.SH);
    dataset.setString(Tag.PatientName, VR.PN, "Yamada^Tarou=山田^太郎");
    dataset.setString(Tag.PatientWeight, VR.DS, "70.50");
    dataset.setString(Tag.NumberOfFrames, VR.IS, "012");
    dataset.setString(Tag.PatientComments, VR.LT, "a \"quoted\" \\ line\n");
    dataset.setInteger(Tag.FrameIncrementPointer, VR.AT, Tag.FrameTime);
    dataset.setInteger(Tag.Rows, VR.US, 65_535);
    dataset.setBytes(Tag.RedPaletteColorLookupTableData, VR.OW, new byte[] {1, 2});
    Attributes item = dataset.newSequence(Tag.ReferencedImageSequence).add(new Attributes());
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "1.2.3");
    dataset.setBytes(Tag.PixelData, VR.OW, new byte[8]);
    assertThat(DicomJson.write(dataset))
        .isEqualTo(
            "{'00080005':{'vr':'CS','Value':['ISO_IR 192']},"
                    .concat("'00080008':{'vr':'CS','Value':['ORIGINAL',null,'AXIAL']},")
                    .concat("'00080050':{'vr':'SH'},")
                    .concat("'00081140':{'vr':'SQ','Value':[{'00081155':")
                    .concat("{'vr':'UI','Value':['1.2.3']}}]},")
                    .concat("'00100010':{'vr':'PN','Value':[{'Alphabetic':'Yamada^Tarou',")
                    .concat("'Ideographic':'山田^太郎'}]},")
                    .concat("'00101030':{'vr':'DS','Value':[70.50]},")
                    .concat("'00104000':{'vr':'LT','Value':['a \\\"quoted\\\" \\\\ line\\n']},")
                    .concat("'00280008':{'vr':'IS','Value':[12]},")
                    .concat("'00280009':{'vr':'AT','Value':['00181063']},")
                    .concat("'00280010':{'vr':'US','Value':[65535]},")
                    .concat("'00281201':{'vr':'OW','InlineBinary':'AQI='},")
                    .concat("'7FE00010':{'vr':'OW','byteCount':8}}")
                    .replace('\'', '"'));
  }

  @Test
  void numbersThatAreNoneStayText() {
    Attributes dataset = new Attributes();
    dataset.setBytes(Tag.NumberOfFrames, VR.IS, new byte[] {'1', 'A'});
    dataset.setBytes(Tag.RecommendedDisplayFrameRateInFloat, VR.FL, new byte[] {0, 0, -64, 127});
    assertThat(DicomJson.write(dataset))
        .isEqualTo(
            "{\"00089459\":{\"vr\":\"FL\",\"Value\":[\"NaN\"]},"
                + "\"00280008\":{\"vr\":\"IS\",\"Value\":[\"1A\"]}}");
  }
}
