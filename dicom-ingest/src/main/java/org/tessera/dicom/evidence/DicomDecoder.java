package org.tessera.dicom.evidence;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.Sex;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.casemodel.StudyReference;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomInputStream;
import org.tessera.dicom.DicomTime;
import org.tessera.dicom.FileBytes;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.PersonName;
import org.tessera.dicom.Spool;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.image.DicomPixels;
import org.tessera.dicom.image.FunctionalGroups;
import org.tessera.dicom.slide.DicomSlide;
import org.tessera.dicom.slide.Slide;

/**
 * DICOM files as evidence: one {@link ImageEvidence} per image object, a {@link CineEvidence} for a
 * moving one, a {@link SlideEvidence} for a whole slide. Everything else is refused by its name.
 */
public final class DicomDecoder implements ContentDecoder {
  /** The media type of DICOM files (RFC 3240). */
  public static final String MEDIA_TYPE = "application/dicom";

  private static final Set<String> MOVING = Set.of("US", "IVUS", "XA", "RF", "ES", "GM", "XC");

  private final ParseLimits limits;

  public DicomDecoder() {
    this(ParseLimits.standard());
  }

  public DicomDecoder(ParseLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean accepts(String mediaType) {
    return mediaType.equals(MEDIA_TYPE);
  }

  @Override
  public List<Evidence> decode(Content content, DecodeContext context)
      throws IOException, RejectedInputException {
    FileBytes bytes = Spool.bytes(content, limits);
    DicomFile file = new DicomInputStream(bytes, limits).readFile();
    ObjectKind kind = ObjectKind.of(file);
    return switch (kind) {
      case IMAGE -> List.of(image(file, content, context));
      case SLIDE -> List.of(slide(file, content, context));
      case DIRECTORY ->
          throw new RejectedInputException(
              "The file is a DICOM directory (DICOMDIR); its images are in the files it lists.");
      case STRUCTURED_REPORT,
          RADIOTHERAPY,
          WAVEFORM,
          SEGMENTATION,
          PRESENTATION,
          REGISTRATION,
          DOCUMENT,
          PARAMETRIC_MAP,
          RAW,
          PALETTE,
          OTHER ->
          throw new RejectedInputException(refusal(file, kind));
    };
  }

  private static String refusal(DicomFile file, ObjectKind kind) {
    Optional<String> name = file.dataset().string(Tag.SOPClassUID).flatMap(UidDictionary::name);
    String named = name.map(n -> " (" + n + ")").orElse("");
    return kind == ObjectKind.OTHER
        ? "The DICOM file%s holds no image.".formatted(named)
        : "The DICOM file is %s%s, which is not read as an image."
            .formatted(kind.phrase(), named);
  }

  private Evidence image(DicomFile file, Content content, DecodeContext context)
      throws RejectedInputException {
    Attributes image = file.dataset();
    PixelSource pixels = new DicomPixels(file, limits);
    EvidenceOrigin origin = origin(image, content, context);
    Optional<String> modality = upper(image, Tag.Modality);
    boolean moving =
        modality.filter(MOVING::contains).isPresent() || file.syntax().video();
    if (pixels.frames() > 1 && moving) {
      return new CineEvidence(origin, pixels, FrameTiming.of(image, pixels.frames()));
    }
    OptionalDouble spacing = spacing(image);
    boolean tile = context.requested().filter(Modality.SLIDE::equals).isPresent();
    if (tile && pixels.channels() == 3 && pixels.frames() == 1) {
      return new SlideEvidence(origin, pixels, scaled(spacing));
    }
    return new ImageEvidence(
        origin,
        pixels,
        PatientFacing.of(image),
        modality,
        upper(image, Tag.BodyPartExamined),
        upper(image, Tag.ViewPosition),
        spacing,
        study(image),
        SlicePosition.of(image));
  }

  private Evidence slide(DicomFile file, Content content, DecodeContext context)
      throws IOException, RejectedInputException {
    Slide slide = DicomSlide.open(file, content.file(), limits);
    return new SlideEvidence(
        origin(file.dataset(), content, context), slide, slide.micronsPerPixel());
  }

  private static EvidenceOrigin origin(Attributes image, Content content, DecodeContext context) {
    PatientIdentity patient = identity(image);
    return context.origin(
        content,
        content.name(),
        image.string(Tag.SeriesInstanceUID),
        DicomTime.acquired(image),
        patient.isEmpty() ? Optional.empty() : Optional.of(patient));
  }

  /** The patient that the data set names. */
  static PatientIdentity identity(Attributes image) {
    return new PatientIdentity(
        stripped(image, Tag.PatientID),
        stripped(image, Tag.IssuerOfPatientID),
        image
            .personName(Tag.PatientName)
            .map(PersonName::toString)
            .filter(name -> !name.isBlank()),
        image.string(Tag.PatientBirthDate).flatMap(DicomTime::date),
        upper(image, Tag.PatientSex).flatMap(DicomDecoder::sex));
  }

  private static Optional<Sex> sex(String code) {
    return switch (code) {
      case "F" -> Optional.of(Sex.FEMALE);
      case "M" -> Optional.of(Sex.MALE);
      case "O" -> Optional.of(Sex.OTHER);
      default -> Optional.empty();
    };
  }

  private static Optional<String> stripped(Attributes image, int tag) {
    return image.string(tag).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static Optional<String> upper(Attributes image, int tag) {
    return stripped(image, tag).map(text -> text.toUpperCase(Locale.ROOT));
  }

  /** Distance of rows in millimetres: in the patient where calibrated, else at the detector. */
  static OptionalDouble spacing(Attributes image) {
    OptionalDouble measured =
        FunctionalGroups.holder(image, 1, Tag.PixelMeasuresSequence, Tag.PixelSpacing)
            .map(item -> item.real(Tag.PixelSpacing))
            .orElse(OptionalDouble.empty());
    OptionalDouble any = measured.isPresent() ? measured : image.real(Tag.ImagerPixelSpacing);
    return any.isPresent() && any.getAsDouble() > 0 ? any : OptionalDouble.empty();
  }

  private static OptionalDouble scaled(OptionalDouble millimetres) {
    return millimetres.isPresent()
        ? OptionalDouble.of(millimetres.getAsDouble() * 1000)
        : OptionalDouble.empty();
  }

  private static Optional<StudyReference> study(Attributes image) {
    Optional<String> study = image.string(Tag.StudyInstanceUID);
    Optional<String> series = image.string(Tag.SeriesInstanceUID);
    Optional<String> type = image.string(Tag.SOPClassUID);
    Optional<String> instance = image.string(Tag.SOPInstanceUID);
    if (study.isEmpty() || series.isEmpty() || type.isEmpty() || instance.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StudyReference(
            study.get(),
            series.get(),
            type.get(),
            instance.get(),
            stripped(image, Tag.AccessionNumber)));
  }
}
