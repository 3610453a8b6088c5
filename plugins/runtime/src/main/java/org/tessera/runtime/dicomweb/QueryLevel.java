package org.tessera.runtime.dicomweb;

import java.util.List;
import org.tessera.dicom.Tag;

/** What a search finds, with the attributes that it gives unless told otherwise (PS3.18 10.6.3). */
public enum QueryLevel {
  STUDY(
      "study_uid",
      List.of(
          Tag.StudyDate,
          Tag.StudyTime,
          Tag.AccessionNumber,
          Tag.ReferringPhysicianName,
          Tag.TimezoneOffsetFromUTC,
          Tag.StudyDescription,
          Tag.PatientName,
          Tag.PatientID,
          Tag.IssuerOfPatientID,
          Tag.PatientBirthDate,
          Tag.PatientSex,
          Tag.StudyInstanceUID,
          Tag.StudyID)),
  SERIES(
      "series_uid",
      List.of(
          Tag.Modality,
          Tag.TimezoneOffsetFromUTC,
          Tag.SeriesDescription,
          Tag.SeriesDate,
          Tag.SeriesTime,
          Tag.BodyPartExamined,
          Tag.StudyInstanceUID,
          Tag.SeriesInstanceUID,
          Tag.SeriesNumber,
          Tag.Laterality,
          Tag.PerformedProcedureStepStartDate,
          Tag.PerformedProcedureStepStartTime,
          Tag.RequestAttributesSequence)),
  INSTANCE(
      "sop_uid",
      List.of(
          Tag.SOPClassUID,
          Tag.SOPInstanceUID,
          Tag.TimezoneOffsetFromUTC,
          Tag.Modality,
          Tag.StudyInstanceUID,
          Tag.SeriesInstanceUID,
          Tag.InstanceNumber,
          Tag.Rows,
          Tag.Columns,
          Tag.BitsAllocated,
          Tag.NumberOfFrames));

  private final String column;
  private final List<Integer> tags;

  QueryLevel(String column, List<Integer> tags) {
    this.column = column;
    this.tags = tags;
  }

  String column() {
    return column;
  }

  List<Integer> tags() {
    return tags;
  }
}
