package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tessera.dicom.json.DicomJson;
import org.tessera.dicom.json.DicomJsonReader;
import org.tessera.dicom.xml.DicomXmlReader;
import org.tessera.dicom.xml.DicomXmlWriter;

class ValuesTest {

  @Test
  void datesAndTimesReadInTheirOldAndNewForms() {
    assertThat(DicomTime.date("20240229")).hasValue(LocalDate.of(2024, 2, 29));
    assertThat(DicomTime.date("1994.01.31")).hasValue(LocalDate.of(1994, 1, 31));
    assertThat(DicomTime.date("20230229")).isEmpty();
    assertThat(DicomTime.date("2024")).isEmpty();
    assertThat(DicomTime.time("101112.5")).hasValue(LocalTime.of(10, 11, 12, 500_000_000));
    assertThat(DicomTime.time("10")).hasValue(LocalTime.of(10, 0));
    assertThat(DicomTime.time("10:11:12")).hasValue(LocalTime.of(10, 11, 12));
    assertThat(DicomTime.time("235960")).hasValue(LocalTime.of(23, 59, 59));
    assertThat(DicomTime.time("2460")).isEmpty();
    assertThat(DicomTime.dateTime("20240102030405.250000+0900", ZoneOffset.UTC))
        .hasValue(OffsetDateTime.parse("2024-01-02T03:04:05.25+09:00"));
    assertThat(DicomTime.dateTime("202401", ZoneOffset.ofHours(-5)))
        .hasValue(OffsetDateTime.parse("2024-01-01T00:00:00-05:00"));
  }

  @Test
  void acquisitionTimeComesBeforeContentTimeAndKeepsItsOffset() {
    Attributes image = new Attributes();
    image.setString(Tag.StudyDate, VR.DA, "20240101");
    assertThat(DicomTime.acquired(image).orElseThrow()).hasToString("2024-01-01T00:00:00Z");
    image.setString(Tag.ContentDate, VR.DA, "20240102");
    image.setString(Tag.ContentTime, VR.TM, "1200");
    image.setString(Tag.TimezoneOffsetFromUTC, VR.SH, "+0900");
    assertThat(DicomTime.acquired(image).orElseThrow()).hasToString("2024-01-02T03:00:00Z");
    image.setString(Tag.AcquisitionDateTime, VR.DT, "20240103000000-0100");
    assertThat(DicomTime.acquired(image).orElseThrow()).hasToString("2024-01-03T01:00:00Z");
  }

  @Test
  void numbersAreReadFromTextAndFromBytes() {
    Attributes dataset = new Attributes();
    dataset.setText(Tag.PixelSpacing, VR.DS, "0.5", " 2e-1 ", "", "x", "NaN");
    assertThat(dataset.reals(Tag.PixelSpacing))
        .containsExactly(0.5, 0.2, Double.NaN, Double.NaN, Double.NaN);
    dataset.setInteger(Tag.Rows, VR.US, 65_535);
    assertThat(dataset.integer(Tag.Rows)).hasValue(65_535);
    dataset.setInteger(Tag.FrameIncrementPointer, VR.AT, Tag.FrameTime);
    assertThat(dataset.strings(Tag.FrameIncrementPointer)).containsExactly("00181063");
    dataset.setText(Tag.NumberOfFrames, VR.IS, "1A");
    assertThat(dataset.integer(Tag.NumberOfFrames)).isEmpty();
  }

  /** PS3.5 6.2: what does not fit is never written. */
  @Test
  void decimalAndIntegerStringsAreWrittenWithinTheirLimits() {
    Attributes dataset = new Attributes();
    Map<VR, List<String>> refused =
        Map.of(
            VR.DS,
            List.of(
                "1.23456789012345678", "1,5", "NaN", "Infinity", "0x1", "1 2", "e5", ".", "1d",
                "--1"),
            VR.IS,
            List.of(
                "2147483648", "-2147483649", "1.0", "1e3", "0000000000001", "9999999999999", "x"));
    refused.forEach(
        (vr, values) ->
            values.forEach(
                value ->
                    assertThatThrownBy(() -> dataset.setString(0x00111010, vr, "1", value))
                        .as(value)
                        .isInstanceOf(IllegalArgumentException.class)));
    assertThat(dataset.isEmpty()).isTrue();
    dataset.setString(0x00111010, VR.DS, "", " 1.5 ", "-.5", "+3.", "1e-300", "1234567890123456");
    assertThat(dataset.reals(0x00111010))
        .containsExactly(Double.NaN, 1.5, -0.5, 3, 1e-300, 1234567890123456.0);
    dataset.setString(0x00111011, VR.IS, "-2147483648", "2147483647", " +07 ");
    assertThat(dataset.reals(0x00111011)).containsExactly(-2147483648, 2147483647, 7);
    assertThatThrownBy(() -> dataset.setInteger(0x00111011, VR.IS, 1L << 31))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersBecomeDecimalStringsWithAllTheDigitsThatFit() {
    Attributes dataset = new Attributes();
    Random random = new Random(16);
    double[] edges = {
      0, -0.0, 1, -1, Math.PI, -Math.PI, 1.0 / 3, -1.0 / 3, 1e300, -1.2345678901234567e-300, 1e15,
      123456789.123456789, -0.000123456789012345, Double.MIN_VALUE, Double.MAX_VALUE
    };
    for (int i = 0; i < 20_000; i++) {
      double value =
          i < edges.length ? edges[i] : Double.longBitsToDouble(random.nextLong());
      if (!Double.isFinite(value)) {
        continue;
      }
      dataset.setReal(Tag.PixelSpacing, VR.DS, value);
      String written = dataset.string(Tag.PixelSpacing).orElseThrow();
      assertThat(written).hasSizeLessThanOrEqualTo(16);
      // At worst a sign, a point, and an exponent such as E-300 leave nine digits.
      double read = Double.parseDouble(written);
      assertThat(Math.abs(read - value)).isLessThanOrEqualTo(Math.abs(value) * 5e-8);
      if (Double.toString(value).length() <= 16) {
        assertThat(Double.parseDouble(written)).isEqualTo(value);
      }
    }
    dataset.setReal(Tag.PixelSpacing, VR.DS, 0.1, 100, 1e6, -Math.PI);
    assertThat(dataset.strings(Tag.PixelSpacing))
        .containsExactly("0.1", "100", "1000000", "-3.1415926535898");
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> dataset.setReal(Tag.PixelSpacing, VR.DS, bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    dataset.setReal(0x00111012, VR.FL, 0.1, Double.NaN).setReal(0x00111013, VR.FD, 0.1);
    assertThat(dataset.reals(0x00111012)).containsExactly(0.1f, Double.NaN);
    assertThat(dataset.reals(0x00111013)).containsExactly(0.1);
  }

  @Test
  void decimalsBeyondTheirLimitsAreReadAllTheSame() {
    Attributes dataset = new Attributes();
    dataset.setText(
        Tag.PixelSpacing, VR.DS, "0.333333333333333333333", " +1.5E+01", "1e400", "-0", "1_000");
    assertThat(dataset.reals(Tag.PixelSpacing))
        .containsExactly(1.0 / 3, 15, Double.POSITIVE_INFINITY, -0.0, Double.NaN);
    dataset.setText(Tag.NumberOfFrames, VR.IS, "2147483648");
    assertThat(dataset.integer(Tag.NumberOfFrames)).isEmpty();
    assertThat(dataset.real(Tag.NumberOfFrames)).hasValue(2147483648.0);
    dataset.setText(Tag.NumberOfFrames, VR.IS, "3.0");
    assertThat(dataset.integer(Tag.NumberOfFrames)).hasValue(3);
  }

  @Test
  void binaryIntegersAreWrittenWithinTheirRangesAndKeepTheirEdges() {
    Object[][] ranges = {
      {VR.US, 0L, 0xFFFFL}, {VR.SS, -0x8000L, 0x7FFFL}, {VR.UL, 0L, 0xFFFFFFFFL},
      {VR.SL, -0x80000000L, 0x7FFFFFFFL}, {VR.SV, Long.MIN_VALUE, Long.MAX_VALUE}
    };
    for (Object[] range : ranges) {
      VR vr = (VR) range[0];
      long least = (Long) range[1];
      long most = (Long) range[2];
      Attributes dataset = new Attributes();
      dataset.setInteger(0x00111010, vr, least, most);
      assertThat(dataset.strings(0x00111010)).containsExactly("" + least, "" + most);
      if (vr != VR.SV) {
        for (long beyond : new long[] {least - 1, most + 1}) {
          assertThatThrownBy(() -> dataset.setInteger(0x00111010, vr, beyond))
              .isInstanceOf(IllegalArgumentException.class);
        }
      }
    }
    Attributes dataset = new Attributes();
    dataset.setInteger(0x00111010, VR.UV, -1L, 0, Long.MIN_VALUE);
    assertThat(dataset.strings(0x00111010))
        .containsExactly("18446744073709551615", "0", "9223372036854775808");
    assertThat(dataset.reals(0x00111010)).containsExactly(0x1p64, 0, 0x1p63);
  }

  @Test
  void veryLongValuesKeepEverythingInFileJsonAndXml() throws Exception {
    Attributes dataset = new Attributes();
    dataset.setString(Tag.SOPClassUID, VR.UI, UID.RawDataStorage);
    dataset.setString(0x00110010, VR.LO, "TESSERA TEST");
    dataset.setInteger(0x00111001, VR.SV, Long.MIN_VALUE, Long.MAX_VALUE, 0);
    dataset.setInteger(0x00111002, VR.UV, -1L, Long.MIN_VALUE);
    byte[] words = new byte[24];
    new Random(24).nextBytes(words);
    dataset.setBytes(0x00111003, VR.OV, words);
    dataset.setString(0x00111004, VR.UC, " a", "b ", "c".repeat(70_000));
    dataset.setString(0x00111005, VR.UR, "https://example.org/a?b=c\\d ");
    dataset.setString(0x00111006, VR.UT, " back\\slash " + "t".repeat(70_000) + " ");
    String json = DicomJson.write(dataset);
    for (TransferSyntax syntax :
        List.of(
            TransferSyntax.EXPLICIT_LITTLE,
            TransferSyntax.of(UID.DeflatedExplicitVRLittleEndian))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DicomOutputStream out = new DicomOutputStream(bytes)) {
        out.writeFile(dataset, syntax);
      }
      Attributes read =
          DicomFile.read(bytes.toByteArray(), ParseLimits.standard()).dataset();
      assertThat(DicomJson.write(read)).isEqualTo(json);
      assertThat(read.strings(0x00111004)).containsExactly(" a", "b", "c".repeat(70_000));
      assertThat(read.strings(0x00111005)).containsExactly("https://example.org/a?b=c\\d");
      assertThat(read.string(0x00111006)).hasValue(" back\\slash " + "t".repeat(70_000));
      assertThat(read.bytes(0x00111003).orElseThrow().toArray()).isEqualTo(words);
    }
    Attributes ofJson = DicomJsonReader.read(new StringReader(json), ParseLimits.standard());
    assertThat(DicomJson.write(ofJson)).isEqualTo(json);
    byte[] xml = DicomXmlWriter.write(dataset).getBytes(StandardCharsets.UTF_8);
    Attributes ofXml =
        DicomXmlReader.read(new ByteArrayInputStream(xml), ParseLimits.standard());
    assertThat(DicomJson.write(ofXml)).isEqualTo(json);
  }

  @Test
  void offsetsOfTimesAreReadAndWhatIsNoTimeIsEmpty() {
    assertThat(DicomTime.offset("+1400")).hasValue(ZoneOffset.ofHours(14));
    assertThat(DicomTime.offset("-1200")).hasValue(ZoneOffset.ofHours(-12));
    assertThat(DicomTime.offset("+0530")).hasValue(ZoneOffset.ofHoursMinutes(5, 30));
    assertThat(DicomTime.offset("-0330")).hasValue(ZoneOffset.ofHoursMinutes(-3, -30));
    for (String none : List.of("", "0900", "+9", "+0960", "+1900", "+09:00", "Z")) {
      assertThat(DicomTime.offset(none)).as(none).isEmpty();
    }
    assertThat(DicomTime.dateTime("2024-0500", ZoneOffset.UTC))
        .hasValue(OffsetDateTime.parse("2024-01-01T00:00:00-05:00"));
    assertThat(DicomTime.dateTime("20240229235960.999999-1200", ZoneOffset.UTC))
        .hasValue(OffsetDateTime.parse("2024-02-29T23:59:59.999999-12:00"));
    for (String none :
        List.of("", "202", "20241301", "20240230", "2024022925", "20240101+25", "x")) {
      assertThat(DicomTime.dateTime(none, ZoneOffset.UTC)).as(none).isEmpty();
    }
    for (String none : List.of("", "1", "240000", "106000", "10.5", "101010.", "10:1", "noon")) {
      assertThat(DicomTime.time(none)).as(none).isEmpty();
    }
    for (String none : List.of("", "20241301", "20240100", "00000000", "2024-1-1", "24.01.01")) {
      assertThat(DicomTime.date(none)).as(none).isEmpty();
    }
  }

  @Test
  void elementsStayInTheOrderOfTheirTags() {
    Attributes dataset = new Attributes();
    int[] tags = {Tag.PixelData, Tag.PatientID, 0xFFFCFFFC, Tag.Rows, Tag.PatientID};
    for (int tag : tags) {
      dataset.setEmpty(tag, VR.UN);
    }
    assertThat(dataset.tags())
        .containsExactly(Tag.PatientID, Tag.Rows, Tag.PixelData, 0xFFFCFFFC);
    dataset.remove(Tag.Rows);
    assertThat(dataset.contains(Tag.Rows)).isFalse();
    assertThat(dataset.size()).isEqualTo(3);
  }

  @Test
  void personNamesFallIntoTheirParts() {
    PersonName name = PersonName.parse("Adams^John Robert Quincy^^Rev.^B.A. M.Div.=山田");
    assertThat(name.alphabetic().family()).isEqualTo("Adams");
    assertThat(name.alphabetic().prefix()).isEqualTo("Rev.");
    assertThat(name.ideographic().family()).isEqualTo("山田");
    assertThat(name.display()).isEqualTo("Rev. John Robert Quincy Adams B.A. M.Div.");
    assertThat(name).hasToString("Adams^John Robert Quincy^^Rev.^B.A. M.Div.=山田");
    assertThat(PersonName.parse("^^^^")).hasToString("");
  }

  @Test
  void theDictionaryKnowsPublicRepeatingAndNoPrivateTags() {
    assertThat(ElementDictionary.entry(Tag.PatientName))
        .hasValueSatisfying(e -> assertThat(e.keyword()).isEqualTo("PatientName"));
    assertThat(ElementDictionary.entry(0x60023000))
        .hasValueSatisfying(e -> assertThat(e.keyword()).isEqualTo("OverlayData"));
    assertThat(ElementDictionary.entry(0x60033000)).isEmpty();
    assertThat(ElementDictionary.tag("PixelData")).hasValue(Tag.PixelData);
    assertThat(UidDictionary.name(UID.CTImageStorage)).hasValue("CT Image Storage");
    assertThat(UidDictionary.isValid(UidDictionary.random())).isTrue();
    assertThat(UidDictionary.derived("a")).isEqualTo(UidDictionary.derived("a"));
  }
}
