package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.Sex;
import org.tessera.casemodel.StudyReference;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;
import org.tessera.fhir.FhirRecordWriter;
import org.tessera.validation.phantom.PhantomRadiograph;
import org.tessera.validation.phantom.PhantomWriter;

/** Phantoms as the files that a hospital would send: DICOM and FHIR. */
final class PhantomPorts {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

  private PhantomPorts() {}

  static PhantomWriter writer() {
    return new PhantomWriter(PhantomPorts::radiograph, PhantomPorts::bundle);
  }

  private static void bundle(
      Path file, PatientIdentity patient, List<RecordFact> facts, Instant time)
      throws IOException {
    Files.writeString(file, FhirRecordWriter.write(patient, facts, Optional.of(time)));
  }

  private static void radiograph(
      Path file,
      PhantomRadiograph image,
      PatientIdentity patient,
      StudyReference study,
      Instant time)
      throws IOException {
    Attributes common = new Attributes();
    identify(common, patient);
    place(common, study);
    LocalDateTime acquired = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    for (int tag :
        new int[] {Tag.StudyDate, Tag.SeriesDate, Tag.AcquisitionDate, Tag.ContentDate}) {
      common.setString(tag, VR.DA, DATE.format(acquired));
    }
    for (int tag :
        new int[] {Tag.StudyTime, Tag.SeriesTime, Tag.AcquisitionTime, Tag.ContentTime}) {
      common.setString(tag, VR.TM, TIME.format(acquired));
    }
    common.setString(Tag.TimezoneOffsetFromUTC, VR.SH, "+0000");
    common.setString(Tag.Modality, VR.CS, "CR");
    common.setString(Tag.Manufacturer, VR.LO, "TESSERA PHANTOM (SYNTHETIC)");
    common.setString(Tag.ManufacturerModelName, VR.LO, image.machine());
    common.setString(Tag.ImageComments, VR.LT, "Synthetic phantom, drawn; not a patient.");
    common.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
    common.setString(Tag.ViewPosition, VR.CS, image.view());
    common.setString(Tag.PatientOrientation, VR.CS, "L", "F");
    common.setString(
        Tag.PhotometricInterpretation, VR.CS, image.monochrome1() ? "MONOCHROME1" : "MONOCHROME2");
    org.tessera.dicom.image.RadiographWriter.write(
        file, image.samples(), image.rows(), image.columns(), common);
  }

  private static void identify(Attributes common, PatientIdentity patient) {
    patient.id().ifPresent(id -> common.setString(Tag.PatientID, VR.LO, id));
    patient.issuer().ifPresent(by -> common.setString(Tag.IssuerOfPatientID, VR.LO, by));
    patient.name().ifPresent(name -> common.setString(Tag.PatientName, VR.PN, name));
    patient.birthDate().map(LocalDate::toString).map(date -> date.replace("-", "")).ifPresent(
        date -> common.setString(Tag.PatientBirthDate, VR.DA, date));
    patient.sex().ifPresent(sex -> common.setString(Tag.PatientSex, VR.CS, sexCode(sex)));
  }

  private static String sexCode(Sex sex) {
    return sex.name().substring(0, 1);
  }

  private static void place(Attributes common, StudyReference study) {
    common.setString(Tag.StudyInstanceUID, VR.UI, study.studyUid());
    common.setString(Tag.SeriesInstanceUID, VR.UI, study.seriesUid());
    common.setString(Tag.SOPInstanceUID, VR.UI, study.sopInstanceUid());
    common.setString(Tag.SOPClassUID, VR.UI, study.sopClassUid());
    study.accession().ifPresent(each -> common.setString(Tag.AccessionNumber, VR.SH, each));
  }
}
