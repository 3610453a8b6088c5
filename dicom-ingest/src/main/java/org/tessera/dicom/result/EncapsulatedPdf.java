package org.tessera.dicom.result;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.ModelCard;
import org.tessera.casemodel.ReportedResult;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Code;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** Files a page for a person beside the images (Encapsulated PDF, PS3.3 A.45.1). */
public final class EncapsulatedPdf {
  private static final Code REPORT = new Code("18748-4", "LN", "Diagnostic imaging study");
  private static final int MOST_SOURCES = 2000;

  private EncapsulatedPdf() {}

  /**
   * Files a PDF.
   *
   * @param pdf the bytes of the document
   * @param result what it tells
   * @param model what found it
   * @param images the DICOM images of the case
   * @param made as for the report
   * @return empty if there is no image, since then there is no study to file it in
   */
  public static Optional<Attributes> write(
      byte[] pdf,
      ReportedResult result,
      ModelCard model,
      List<SourceImage> images,
      Optional<OffsetDateTime> made) {
    return ResultObject.filedBeside(images)
        .map(beside -> object(pdf, result, model, images, beside, made));
  }

  private static Attributes object(
      byte[] pdf,
      ReportedResult result,
      ModelCard model,
      List<SourceImage> images,
      SourceImage beside,
      Optional<OffsetDateTime> made) {
    Attributes object = ResultObject.of(UID.EncapsulatedPDFStorage, "DOC", beside);
    object.setString(
        Tag.SOPInstanceUID,
        VR.UI,
        ResultUids.object("page " + result.status().wireName(), result.seal()));
    object.setString(
        Tag.SeriesInstanceUID,
        VR.UI,
        ResultUids.object("page series " + result.status().wireName(), result.seal()));
    object.setString(Tag.SeriesNumber, VR.IS, "9003");
    object.setString(Tag.SeriesDescription, VR.LO, "Page of a model's findings, not verified");
    object.setString(Tag.ConversionType, VR.CS, "WSD");
    ResultObject.equipment(object, model);
    ResultObject.time(object, beside, made, ResultObject.zone(object, beside, made));
    object.setEmpty(Tag.AcquisitionDateTime, VR.DT);
    object.setString(Tag.BurnedInAnnotation, VR.CS, "YES");
    object.setString(Tag.VerificationFlag, VR.CS, "UNVERIFIED");
    object.setString(Tag.DocumentTitle, VR.ST, "Findings of a model, not verified by a clinician");
    REPORT.set(object, Tag.ConceptNameCodeSequence);
    Sequence sources = object.newSequence(Tag.SourceInstanceSequence);
    for (SourceImage image : images.stream().limit(MOST_SOURCES).toList()) {
      Attributes item = sources.add(new Attributes());
      item.setString(Tag.ReferencedSOPClassUID, VR.UI, image.reference().sopClassUid());
      item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, image.reference().sopInstanceUid());
    }
    object.setString(Tag.MIMETypeOfEncapsulatedDocument, VR.LO, "application/pdf");
    object.setInteger(Tag.EncapsulatedDocumentLength, VR.UL, pdf.length);
    return object.setBytes(Tag.EncapsulatedDocument, VR.OB, pdf);
  }
}
