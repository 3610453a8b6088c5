package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

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
    dataset.setString(Tag.PixelSpacing, VR.DS, "0.5", " 2e-1 ", "", "x", "NaN");
    assertThat(dataset.reals(Tag.PixelSpacing))
        .containsExactly(0.5, 0.2, Double.NaN, Double.NaN, Double.NaN);
    dataset.setInteger(Tag.Rows, VR.US, 65_535);
    assertThat(dataset.integer(Tag.Rows)).hasValue(65_535);
    dataset.setInteger(Tag.FrameIncrementPointer, VR.AT, Tag.FrameTime);
    assertThat(dataset.strings(Tag.FrameIncrementPointer)).containsExactly("00181063");
    dataset.setString(Tag.NumberOfFrames, VR.IS, "1A");
    assertThat(dataset.integer(Tag.NumberOfFrames)).isEmpty();
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
