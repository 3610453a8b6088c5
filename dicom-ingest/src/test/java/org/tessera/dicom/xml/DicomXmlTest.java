package org.tessera.dicom.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.VR;
import org.tessera.dicom.json.DicomJson;

/** The Native DICOM Model written and read back (PS3.19 A.1). */
class DicomXmlTest {
  private static final ParseLimits LIMITS = ParseLimits.standard();

  private static Attributes read(String xml) throws IOException, RejectedInputException {
    return DicomXmlReader.read(
        new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), LIMITS);
  }

  private static Attributes model(String content) throws IOException, RejectedInputException {
    return read("<NativeDicomModel>" + content.replace('\'', '"') + "</NativeDicomModel>");
  }

  /** Without pixel data and long values, and without trailing delimiters of names. */
  private static String withoutLosses(String json) {
    return json.replaceAll(",?\"[0-9A-F]{8}\":\\{\"vr\":\"[A-Z]{2}\",\"byteCount\":[0-9]+\\}", "")
        .replace("{,", "{")
        .replaceAll("(\"(?:Alphabetic|Ideographic|Phonetic)\":\"[^\"]*?)\\^+\"", "$1\"")
        .replace(",\"Value\":[{\"Alphabetic\":\"\"}]", "");
  }

  @Test
  void everyInteropFileSaysTheSameAfterItsXmlIsReadBack()
      throws IOException, RejectedInputException {
    List<String> different = new ArrayList<>();
    int same = 0;
    for (Path file : TestData.interopFiles()) {
      Attributes dataset = DicomFile.read(file).dataset();
      String json = withoutLosses(DicomJson.write(dataset));
      Attributes again = read(DicomXmlWriter.write(dataset));
      if (withoutLosses(DicomJson.write(again)).equals(json)) {
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
  void textSurvivesWithItsLineEndsAndWhatXmlForbidsIsReplaced()
      throws IOException, RejectedInputException {
    Attributes dataset = new Attributes();
    dataset.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    String text = "a\r\nb\rc\td <&>]]> \"'\u0001 \uFFFE \uD83D\uDE00";
    dataset.setString(Tag.ImageComments, VR.LT, text);
    dataset.setString(Tag.PatientName, VR.PN, "Yamada^ Tarou^^^Dr.^x=山田^太郎=", "", "^^");
    Attributes again = read(DicomXmlWriter.write(dataset));
    assertThat(again.string(Tag.ImageComments))
        .hasValue("a\r\nb\rc\td <&>]]> \"'\uFFFD \uFFFD \uD83D\uDE00");
    assertThat(again.strings(Tag.PatientName))
        .containsExactly("Yamada^ Tarou^^^Dr.^x=山田^太郎", "", "");
  }

  @Test
  void privateElementsFindTheirBlocksAgain() throws IOException, RejectedInputException {
    Attributes dataset = new Attributes();
    dataset.setString(0x00290010, VR.LO, "ONE");
    dataset.setString(0x00290011, VR.LO, "TWO");
    dataset.setString(0x00290012, VR.LO, "ONE");
    dataset.setInteger(0x00291001, VR.US, 1);
    dataset.setInteger(0x00291101, VR.US, 2);
    dataset.setInteger(0x00291201, VR.US, 3);
    String xml = DicomXmlWriter.write(dataset);
    assertThat(xml).contains("tag=\"00290001\" vr=\"US\" privateCreator=\"TWO\"");
    assertThat(DicomJson.write(read(xml))).isEqualTo(DicomJson.write(dataset));
    Attributes bare =
        model(
            "<DicomAttribute tag='00290001' vr='US' privateCreator='A'><Value>1</Value>"
                + "</DicomAttribute><DicomAttribute tag='00290001' vr='US' privateCreator='B'>"
                + "<Value>2</Value></DicomAttribute>");
    assertThat(bare.privateCreator(0x00291001)).hasValue("A");
    assertThat(bare.privateCreator(0x00291101)).hasValue("B");
    assertThat(bare.integer(0x00291101)).hasValue(2);
  }

  @Test
  void realNumbersKeepTheirBits() throws IOException, RejectedInputException {
    Attributes dataset = new Attributes();
    byte[] bits = new byte[8 * 4];
    double[] values = {-0.0, Double.NaN, Double.NEGATIVE_INFINITY, Math.PI};
    ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
    dataset.setBytes(0x00409225, VR.FD, bits);
    Attributes again = read(DicomXmlWriter.write(dataset));
    assertThat(again.bytes(0x00409225).orElseThrow().toArray()).isEqualTo(bits);
  }

  @Test
  void valuesThatAreNotGivenAreEmptyAndReferencesAreNotFollowed()
      throws IOException, RejectedInputException {
    Attributes dataset =
        model(
            "<!-- x --><DicomAttribute tag='00101030' vr='DS'><Value number='3'>1.5</Value>"
                + "</DicomAttribute><DicomAttribute tag='7FE00010' vr='OW'><BulkData "
                + "uri='http://127.0.0.1:1/x'/></DicomAttribute><DicomAttribute tag='00100020'/>");
    assertThat(dataset.strings(Tag.PatientWeight)).containsExactly("", "", "1.5");
    assertThat(dataset.contains(Tag.PixelData)).isFalse();
    assertThat(dataset.element(Tag.PatientID).orElseThrow().vr()).isEqualTo(VR.LO);
  }

  @Test
  void documentTypesAndEntitiesAreRefusedAndOpenNothing(@TempDir Path folder)
      throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "TOP");
    String uri = secret.toUri().toString();
    String use =
        "<NativeDicomModel><DicomAttribute tag='00100020' vr='LO'><Value number='1'>&x;</Value>"
            + "</DicomAttribute></NativeDicomModel>";
    StringBuilder bomb = new StringBuilder("<!DOCTYPE b [<!ENTITY x0 'lol'>");
    for (int i = 1; i < 30; i++) {
      bomb.append("<!ENTITY x%d '%s'>".formatted(i, ("&x" + (i - 1) + ";").repeat(10)));
    }
    bomb.append("<!ENTITY x '&x29;'>]>").append(use);
    for (String hostile :
        List.of(
            bomb.toString(),
            "<!DOCTYPE b [<!ENTITY x SYSTEM '" + uri + "'>]>" + use,
            "<!DOCTYPE b SYSTEM '" + uri + "'>" + use,
            "<!DOCTYPE b SYSTEM 'http://127.0.0.1:1/x.dtd'><NativeDicomModel/>",
            "<!DOCTYPE b [<!ENTITY % p SYSTEM '" + uri + "'>%p;]>" + use,
            "<!DOCTYPE NativeDicomModel><NativeDicomModel/>",
            use,
            "<NativeDicomModel><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='"
                + uri + "' parse='text'/></NativeDicomModel>")) {
      refused(hostile);
    }
  }

  private static void refused(String xml) {
    assertThatThrownBy(() -> read(xml))
        .as(xml.substring(0, Math.min(300, xml.length())))
        .isInstanceOf(RejectedInputException.class)
        .extracting(e -> ((RejectedInputException) e).sentence())
        .matches(sentence -> TestData.isOneSentence((String) sentence));
  }

  @Test
  void whatIsNoNativeDicomModelIsRefusedWithOneSentence() {
    List<String> bad =
        List.of(
            "", "<", "x", "<a/>", "<NativeDicomModel xmlns='other'/>", "<NativeDicomModel>",
            "<NativeDicomModel/><NativeDicomModel/>", "<?xml version='1.0' encoding='no'?><a/>",
            "<NativeDicomModel>x</NativeDicomModel>");
    bad.forEach(DicomXmlTest::refused);
    for (String content :
        List.of(
            "", "<Value>1</Value><x/>", "<Item number='1'/>", "<Value>65536</Value>",
            "<Value>-1</Value>", "<Value/>", "<Value>1e999999999</Value>", "<Value>a</Value>",
            "<Value number='0'>1</Value>", "<Value number='999999999'>1</Value>",
            "<Value number='2'>1</Value><Value number='1'>1</Value>",
            "<Value>" + "9".repeat(100_000) + "</Value>", "<Value number='x'/>", "<PersonName/>",
            "<InlineBinary>*=</InlineBinary>",
            "<Value>1</Value><BulkData/>", "<BulkData/><BulkData/>", "text",
            "<Value><Value/></Value>")) {
      String tag = content.isEmpty() ? "0028001G" : "00280010";
      refused(
          "<NativeDicomModel><DicomAttribute tag='%s' vr='US'>%s</DicomAttribute>"
              .formatted(tag, content)
              + "</NativeDicomModel>");
    }
    String twice = "<DicomAttribute tag='00280010' vr='US'/>".repeat(2);
    refused("<NativeDicomModel>" + twice + "</NativeDicomModel>");
  }

  @Test
  void nestingIsReadUpToTheLimitAndRefusedBeyond() throws IOException, RejectedInputException {
    String open = "<DicomAttribute tag='00081140' vr='SQ'><Item number='1'>";
    String close = "</Item></DicomAttribute>";
    int depth = LIMITS.maxDepth();
    Attributes dataset = model(open.repeat(depth) + close.repeat(depth));
    assertThat(dataset.item(Tag.ReferencedImageSequence)).isPresent();
    refused("<NativeDicomModel>" + open.repeat(depth + 1));
    refused("<NativeDicomModel>" + open.repeat(100_000));
    refused("<a>".repeat(100_000));
  }

  @Test
  void documentsWithoutEndAreRefused() {
    ParseLimits small = LIMITS.withMaxInflatedBytes(4 << 20);
    for (String unit : List.of("x", "<Value>1</Value>", " ", "<!-- -->")) {
      byte[] start =
          "<NativeDicomModel><DicomAttribute tag='00280010' vr='US'>"
              .getBytes(StandardCharsets.UTF_8);
      byte[] more = (unit.equals("x") ? "<Value>x" : unit).getBytes(StandardCharsets.UTF_8);
      byte[] again = unit.getBytes(StandardCharsets.UTF_8);
      InputStream endless =
          new InputStream() {
            private long at;

            @Override
            public int read() {
              long place = at++;
              if (place < start.length) {
                return start[(int) place];
              }
              place -= start.length;
              return place < more.length
                  ? more[(int) place]
                  : again[(int) ((place - more.length) % again.length)];
            }
          };
      assertThatThrownBy(() -> DicomXmlReader.read(endless, small))
          .as(unit)
          .isInstanceOf(RejectedInputException.class);
    }
  }

  @Test
  void truncatedAndDamagedDocumentsAreReadOrRefused() throws IOException, RejectedInputException {
    Attributes dataset =
        DicomFile.read(TestData.interop("pydicom--chrH32.dcm")).dataset();
    byte[] whole = DicomXmlWriter.write(dataset).getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length - 1; length += 7) {
      refused(new String(whole, 0, length, StandardCharsets.UTF_8));
    }
    long seed = 1909;
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= i % 4; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        DicomXmlReader.read(new ByteArrayInputStream(damaged), LIMITS);
      } catch (RejectedInputException e) {
        assertThat(e.sentence()).as("seed " + seed).matches(TestData::isOneSentence);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void aFailureOfTheSourceIsNoFaultOfTheDocument() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("The disk is gone.");
          }
        };
    assertThatThrownBy(() -> DicomXmlReader.read(broken, LIMITS))
        .isInstanceOf(IOException.class)
        .hasMessage("The disk is gone.");
  }
}
