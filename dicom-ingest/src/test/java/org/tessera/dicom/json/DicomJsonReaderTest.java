package org.tessera.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.VR;

/** The JSON model read back (PS3.18 F.2). */
class DicomJsonReaderTest {
  private static final ParseLimits LIMITS = ParseLimits.standard();

  private static Attributes read(String json) throws IOException, RejectedInputException {
    return DicomJsonReader.read(new StringReader(json.replace('\'', '"')), LIMITS);
  }

  /** Without what the model does not carry: pixel data and long values given as a count. */
  private static String withoutCounts(String json) {
    return json.replaceAll(",?\"[0-9A-F]{8}\":\\{\"vr\":\"[A-Z]{2}\",\"byteCount\":[0-9]+\\}", "")
        .replace("{,", "{");
  }

  @Test
  void everyInteropFileSaysTheSameAfterItsJsonIsReadBack()
      throws IOException, RejectedInputException {
    List<String> different = new ArrayList<>();
    int same = 0;
    for (Path file : TestData.interopFiles()) {
      String json = DicomJson.write(DicomFile.read(file).dataset());
      Attributes again = DicomJsonReader.read(new StringReader(json), LIMITS);
      if (DicomJson.write(again).equals(withoutCounts(json))) {
        same++;
      } else {
        different.add(String.valueOf(file.getFileName()));
      }
    }
    // A value of odd length comes back padded (PS3.5 7.1.1).
    assertThat(different).containsExactly("pydicom--nested_priv_SQ.dcm");
    assertThat(same).isGreaterThanOrEqualTo(204);
  }

  @Test
  void membersComeInAnyOrderAndTextWithoutASetIsUtf8()
      throws IOException, RejectedInputException {
    Attributes dataset =
        read(
            "{'00280010':{'Value':[512.0],'vr':'US'},'00100010':{'Value':[{'Ideographic':'山田^太郎',"
                + "'Alphabetic':'Yamada^Tarou'},null],'vr':'PN'},'00101030':{'vr':'DS','Value':"
                + "['70.5',null,1e2]},'00081140':{'vr':'SQ','Value':[{},{'00080104':{'vr':'LO',"
                + "'Value':['größer']}}]},'00720083':{'vr':'UV',"
                + "'Value':['18446744073709551615']}}");
    assertThat(dataset.integer(Tag.Rows)).hasValue(512);
    assertThat(dataset.strings(Tag.PatientName)).containsExactly("Yamada^Tarou=山田^太郎", "");
    assertThat(dataset.reals(Tag.PatientWeight)).containsExactly(70.5, Double.NaN, 100);
    assertThat(dataset.items(Tag.ReferencedImageSequence)).hasSize(2);
    assertThat(dataset.items(Tag.ReferencedImageSequence).get(1).string(Tag.CodeMeaning))
        .hasValue("größer");
    assertThat(dataset.string(Tag.SpecificCharacterSet)).hasValue("ISO_IR 192");
    assertThat(dataset.strings(0x00720083)).containsExactly("18446744073709551615");
  }

  @Test
  void textThatTheDeclaredSetLacksMakesTheWholeUtf8() throws IOException, RejectedInputException {
    Attributes dataset =
        read(
            "{'00080005':{'vr':'CS','Value':['ISO_IR 100']},"
                + "'00100010':{'vr':'PN','Value':[{'Alphabetic':'Wałęsa'}]}}");
    assertThat(dataset.string(Tag.SpecificCharacterSet)).hasValue("ISO_IR 192");
    assertThat(dataset.string(Tag.PatientName)).hasValue("Wałęsa");
  }

  @Test
  void referencesAreNeverFollowed() throws IOException, RejectedInputException {
    Attributes dataset =
        read(
            "{'7FE00010':{'vr':'OW','BulkDataURI':'http://127.0.0.1:1/x'},"
                + "'00100020':{'vr':'LO'}}");
    assertThat(dataset.contains(Tag.PixelData)).isFalse();
    assertThat(dataset.element(Tag.PatientID).orElseThrow().vr()).isEqualTo(VR.LO);
  }

  @Test
  void whatIsNoDicomJsonIsRefusedWithOneSentence() {
    for (String bad :
        List.of(
            "", "[]", "{", "null", "{}{}", "{'x':{}}", "{'00100010':[]}", "{'00100010':{'vr':'P'}}",
            "{'00100010':{'vr':'XX'}}", "{'00100010':{'vr':'PN','Value':{}}}",
            "{'00100010':{'vr':'PN','Value':[[1]]}}", "{'00100010':{'vr':'PN','Value':[true]}}",
            "{'00280010':{'vr':'US','Value':[65536]}}", "{'00280010':{'vr':'US','Value':[-1]}}",
            "{'00280010':{'vr':'US','Value':[1e999999999]}}",
            "{'00280010':{'vr':'US','Value':['a']}}",
            "{'00280010':{'vr':'SQ','Value':['a']}}", "{'00280010':{'vr':'US','Value':[{}]}}",
            "{'00280010':{'vr':'OB','InlineBinary':'*'}}",
            "{'00280010':{'vr':'OB','InlineBinary':1}}",
            "{'00280010':{'vr':'US'},'00280010':{'vr':'US'}}", "{'0028001G':{'vr':'US'}}",
            "{'00280010':{'vr':'US','Other':1}}")) {
      assertThatThrownBy(() -> read(bad))
          .as(bad)
          .isInstanceOf(RejectedInputException.class)
          .extracting(e -> ((RejectedInputException) e).sentence())
          .matches(sentence -> TestData.isOneSentence((String) sentence));
    }
  }

  /** Found by fuzzing: a file written of nothing but a group length could not be read. */
  @Test
  void groupLengthsAndFileHeadersAreNoPartOfTheDataSet()
      throws IOException, RejectedInputException {
    assertThat(read("{\"08050000\":{\"vr\":\"CS\"}}").isEmpty()).isTrue();
    Attributes read =
        read(
            "{\"00000002\":{\"vr\":\"UI\"},\"00020010\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]},"
                + "\"00080000\":{\"vr\":\"UL\",\"Value\":[8]},\"00100020\":{\"vr\":\"LO\"}}");
    assertThat(read.size()).isEqualTo(1);
    assertThatThrownBy(() -> read("{\"FFFEE000\":{\"vr\":\"UN\"}}"))
        .isInstanceOf(RejectedInputException.class);
  }

  @Test
  void nestingWithoutEndAndValuesWithoutEndAreRefused() {
    String deep = "{\"00081140\":{\"vr\":\"SQ\",\"Value\":[".repeat(100_000);
    assertThatThrownBy(() -> read(deep)).isInstanceOf(RejectedInputException.class);
    Reader endless =
        new Reader() {
          private boolean begun;

          @Override
          public int read(char[] target, int from, int count) {
            String start = begun ? "" : "{\"00280010\":{\"vr\":\"US\",\"Value\":[1";
            begun = true;
            start.getChars(0, start.length(), target, from);
            for (int i = start.length(); i + 1 < count; i += 2) {
              target[from + i] = ',';
              target[from + i + 1] = '1';
            }
            return count - (count - start.length()) % 2;
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> DicomJsonReader.read(endless, LIMITS))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("more than");
  }
}
