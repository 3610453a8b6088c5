package org.tessera.dicom.result;

import static org.tessera.dicom.result.ContentItems.ACQUIRED;
import static org.tessera.dicom.result.ContentItems.CONTAINS;
import static org.tessera.dicom.result.ContentItems.CONTEXT;
import static org.tessera.dicom.result.ContentItems.MODIFIER;
import static org.tessera.dicom.result.ContentItems.PROPERTIES;
import static org.tessera.dicom.result.ContentItems.SELECTED_FROM;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.ModelCard;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedRegion;
import org.tessera.casemodel.ReportedResult;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.StudyReference;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Code;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/**
 * Writes a result as a Comprehensive 3D SR (PS3.3 A.35.13) by TID 1500 (PS3.16 A), with the content
 * of IHE AI Results: a measurement group per finding (TID 1501: code, certainty with its interval,
 * operating point, what the checks said), one per place in an image (TID 1410: the
 * region in source pixels, with the instance and the frame), the algorithm (TID 4019), and what the
 * result is and is not.
 *
 * <p>Groups of one finding share its Tracking Unique Identifier. The document is preliminary and
 * unverified. It is filed in the study of the newest image; images of other studies are listed as
 * pertinent evidence.
 */
public final class ResultReport {
  private static final int MOST_LISTED = 2000;
  private static final double SLACK = 1;

  private final ReportedResult result;
  private final ModelCard model;
  private final Map<String, SourceImage> images = new LinkedHashMap<>();
  private final CodingSchemes schemes = new CodingSchemes();
  private final Map<String, StudyReference> evidence = new LinkedHashMap<>();

  private ResultReport(ReportedResult result, ModelCard model, List<SourceImage> images) {
    this.result = result;
    this.model = model;
    images.forEach(each -> this.images.put(each.input(), each));
  }

  /**
   * Writes a report.
   *
   * @param result what may leave; amended and withdrawn results name the document they replace
   * @param model what found it
   * @param images the DICOM images of the case, in the order of the case
   * @param made when the result was made; without it the content has the time of the newest image
   * @return the data set; empty if there is no image, since then there is no study to file it in
   */
  public static Optional<Attributes> write(
      ReportedResult result,
      ModelCard model,
      List<SourceImage> images,
      Optional<OffsetDateTime> made) {
    return ResultObject.filedBeside(images)
        .map(beside -> new ResultReport(result, model, images).object(beside, made));
  }

  private Attributes object(SourceImage beside, Optional<OffsetDateTime> made) {
    Attributes object = ResultObject.of(UID.Comprehensive3DSRStorage, "SR", beside);
    object.setString(Tag.SOPInstanceUID, VR.UI, ResultUids.of(result));
    object.setString(Tag.SeriesInstanceUID, VR.UI, ResultUids.seriesOf(result));
    object.setString(Tag.SeriesNumber, VR.IS, "9001");
    object.setString(Tag.SeriesDescription, VR.LO, "Findings of a model, not verified");
    object.newSequence(Tag.ReferencedPerformedProcedureStepSequence);
    object.newSequence(Tag.PerformedProcedureCodeSequence);
    ResultObject.equipment(object, model);
    ResultObject.time(object, beside, made, ResultObject.zone(object, beside, made));
    object.setString(Tag.CompletionFlag, VR.CS, "COMPLETE");
    object.setString(Tag.VerificationFlag, VR.CS, "UNVERIFIED");
    object.setString(Tag.PreliminaryFlag, VR.CS, "PRELIMINARY");
    content(object, beside);
    references(object, beside);
    result.predecessor().ifPresent(seal -> predecessor(object, beside, seal));
    schemes.identify(object);
    return object;
  }

  private void content(Attributes root, SourceImage beside) {
    root.setString(Tag.ValueType, VR.CS, "CONTAINER");
    Concepts.TITLE.set(root, Tag.ConceptNameCodeSequence);
    root.setString(Tag.ContinuityOfContent, VR.CS, "SEPARATE");
    ContentItems.template(root, "1500");
    ContentItems.code(root, MODIFIER, Concepts.LANGUAGE, Concepts.ENGLISH);
    observer(root);
    ContentItems.code(root, MODIFIER, Concepts.PROCEDURE, procedure(beside));
    library(root);
    Attributes measurements = ContentItems.container(root, Concepts.MEASUREMENTS);
    algorithm(measurements);
    result.findings().forEach(each -> finding(measurements, each));
    evaluations(root);
  }

  /** TID 1002 and 1004. */
  private void observer(Attributes root) {
    ContentItems.code(root, CONTEXT, Concepts.OBSERVER_TYPE, Concepts.DEVICE);
    ContentItems.uid(
        root,
        CONTEXT,
        Concepts.DEVICE_UID,
        ResultUids.object("model", model.sha256().orElse(model.name() + " " + model.version())));
    ContentItems.text(root, CONTEXT, Concepts.DEVICE_NAME, model.name());
    ContentItems.text(root, CONTEXT, Concepts.DEVICE_MANUFACTURER, "Tessera");
    ContentItems.text(
        root, CONTEXT, Concepts.DEVICE_MODEL, model.name() + " " + model.version());
  }

  private static Code procedure(SourceImage beside) {
    return Code.of(beside.dataset(), Tag.ProcedureCodeSequence)
        .filter(each -> !each.scheme().isBlank() && !each.meaning().isBlank())
        .map(each -> new Code(each.value(), each.scheme(), CodingSchemes.meaning(each.meaning())))
        .orElse(Concepts.IMAGING);
  }

  /** TID 1600: what was looked at. */
  private void library(Attributes root) {
    Attributes library = ContentItems.container(root, Concepts.LIBRARY);
    Attributes group = ContentItems.container(library, Concepts.LIBRARY_GROUP);
    for (SourceImage image : images.values().stream().limit(MOST_LISTED).toList()) {
      remember(image);
      Attributes item = ContentItems.image(group, CONTAINS, image.reference(), 0);
      image
          .dataset()
          .string(Tag.Modality)
          .map(String::strip)
          .filter(each -> each.matches("[A-Z0-9_ ]{2,16}"))
          .ifPresent(
              each ->
                  ContentItems.code(
                      item, ACQUIRED, Concepts.MODALITY, new Code(each, "DCM", named(each))));
      if (image.width() > 0 && image.height() > 0) {
        ContentItems.number(
            item, ACQUIRED, Concepts.ROWS, Integer.toString(image.height()), Concepts.PIXELS);
        ContentItems.number(
            item, ACQUIRED, Concepts.COLUMNS, Integer.toString(image.width()), Concepts.PIXELS);
      }
    }
  }

  /** Meanings of CID 29 (PS3.16 B); those of rarer modalities are their codes. */
  private static String named(String modality) {
    return switch (modality) {
      case "CR" -> "Computed Radiography";
      case "DX" -> "Digital Radiography";
      case "CT" -> "Computed Tomography";
      case "MR" -> "Magnetic Resonance";
      case "US" -> "Ultrasound";
      case "MG" -> "Mammography";
      case "XA" -> "X-Ray Angiography";
      case "RF" -> "Radiofluoroscopy";
      case "RG" -> "Radiographic imaging";
      case "NM" -> "Nuclear Medicine";
      case "PT" -> "Positron emission tomography";
      case "SM" -> "Slide Microscopy";
      case "GM" -> "General Microscopy";
      case "XC" -> "External-camera Photography";
      case "ES" -> "Endoscopy";
      case "OT" -> "Other Modality";
      default -> modality;
    };
  }

  private void remember(SourceImage image) {
    evidence.putIfAbsent(image.reference().sopInstanceUid(), image.reference());
  }

  /** TID 4019. */
  private void algorithm(Attributes container) {
    ContentItems.text(container, MODIFIER, Concepts.ALGORITHM_NAME, model.name());
    ContentItems.text(container, MODIFIER, Concepts.ALGORITHM_VERSION, model.version());
    model
        .sha256()
        .ifPresent(
            hash ->
                ContentItems.text(
                    container,
                    MODIFIER,
                    Concepts.ALGORITHM_PARAMETERS,
                    "SHA-256 of the weights: " + hash));
  }

  /** TID 1501, then a TID 1410 per place in an image. */
  private void finding(Attributes measurements, ReportedFinding finding) {
    String uid = ResultUids.finding(result.seal(), finding.id());
    Code code = schemes.code(finding.code());
    Attributes group = group(measurements, "1501", finding.id(), uid, code);
    algorithm(group);
    finding.probability().ifPresent(share -> certainty(group, finding, share));
    finding.operatingPoint().ifPresent(point -> operatingPoint(group, point));
    ContentItems.text(group, CONTAINS, Concepts.GATE, finding.gate());
    for (int i = 0; i < finding.regions().size(); i++) {
      ReportedRegion region = finding.regions().get(i);
      if (!placed(measurements, region, i + 1, finding.id(), uid, code)) {
        ContentItems.text(group, CONTAINS, Concepts.PLACE, PlaceText.of(i + 1, region));
      }
    }
  }

  private static Attributes group(
      Attributes measurements, String template, String tracking, String uid, Code code) {
    Attributes group = ContentItems.container(measurements, Concepts.GROUP);
    ContentItems.template(group, template);
    ContentItems.text(group, CONTEXT, Concepts.TRACKING_ID, tracking);
    ContentItems.uid(group, CONTEXT, Concepts.TRACKING_UID, uid);
    ContentItems.code(group, CONTAINS, Concepts.FINDING, code);
    return group;
  }

  private static void certainty(Attributes group, ReportedFinding finding, double share) {
    ContentItems.percent(group, CONTAINS, Concepts.CERTAINTY, share);
    if (finding.interval().isPresent()) {
      Finding.Interval interval = finding.interval().get();
      ContentItems.percent(group, CONTAINS, Concepts.LOW, interval.low());
      ContentItems.percent(group, CONTAINS, Concepts.HIGH, interval.high());
      Attributes level =
          ContentItems.percent(group, CONTAINS, Concepts.LEVEL, interval.level());
      ContentItems.text(level, PROPERTIES, Concepts.METHOD, interval.method());
    }
  }

  private static void operatingPoint(Attributes group, Finding.OperatingPoint point) {
    Attributes item =
        ContentItems.percent(group, CONTAINS, Concepts.OPERATING_POINT, point.threshold());
    ContentItems.text(item, PROPERTIES, Concepts.MEASURED_ON, point.from());
    ContentItems.percent(group, CONTAINS, Concepts.SENSITIVITY, point.sensitivity());
    ContentItems.percent(group, CONTAINS, Concepts.SPECIFICITY, point.specificity());
  }

  /** False if the region is not in a DICOM image that we know, or not inside of it. */
  private boolean placed(
      Attributes measurements,
      ReportedRegion region,
      int index,
      String finding,
      String uid,
      Code code) {
    SourceImage image = images.get(region.input());
    if (image == null) {
      return false;
    }
    return switch (region.region()) {
      case PixelRegion at -> {
        if (image.tiled()
            || at.frame() > image.frames()
            || !inside(image, at.x(), at.y(), at.width(), at.height())) {
          yield false;
        }
        String name = "%s region %d in %s".formatted(finding, index, region.input());
        Attributes group = group(measurements, "1410", name, uid, code);
        Attributes shape =
            ContentItems.rectangle(
                group, Concepts.REGION, at.x(), at.y(), at.width(), at.height());
        region(group, shape, image, image.multiFrame() ? at.frame() : 0, region.weight());
        yield true;
      }
      case SlideRegion at -> {
        if (!inside(image, at.x(), at.y(), at.width(), at.height())) {
          yield false;
        }
        String name = "%s slide region %d in %s".formatted(finding, index, region.input());
        Attributes group = group(measurements, "1410", name, uid, code);
        Attributes shape =
            ContentItems.rectangle(
                group, Concepts.REGION, at.x(), at.y(), at.width(), at.height());
        if (image.tiled()) {
          // Of the total pixel matrix, not of a tile (PS3.3 C.18.6.1.1).
          shape.setString(Tag.PixelOriginInterpretation, VR.CS, "VOLUME");
        }
        region(group, shape, image, 0, region.weight());
        yield true;
      }
      default -> false;
    };
  }

  private void region(
      Attributes group, Attributes shape, SourceImage image, int frame, double weight) {
    remember(image);
    ContentItems.image(shape, SELECTED_FROM, image.reference(), frame);
    ContentItems.number(
        group,
        CONTAINS,
        Concepts.WEIGHT,
        BigDecimal.valueOf(weight).stripTrailingZeros().toPlainString(),
        Concepts.ONE);
  }

  private static boolean inside(
      SourceImage image, double x, double y, double width, double height) {
    return x + width <= image.width() + SLACK && y + height <= image.height() + SLACK;
  }

  /** TID 1500 row 12: what is said of the result as a whole. */
  private void evaluations(Attributes root) {
    Attributes container = ContentItems.container(root, Concepts.QUALITATIVE);
    ContentItems.code(
        container,
        CONTAINS,
        Concepts.STATUS,
        CodingSchemes.own(result.status().wireName(), result.status().wireName()));
    ContentItems.text(container, CONTAINS, Concepts.CONCLUSION, result.conclusion());
    ContentItems.text(container, CONTAINS, Concepts.STATEMENT, ReportedResult.STATEMENT);
    ContentItems.text(container, CONTAINS, Concepts.INTENDED_USE, model.intendedUse());
    result
        .reason()
        .ifPresent(each -> ContentItems.text(container, CONTAINS, Concepts.REASON, each));
    result
        .predecessor()
        .ifPresent(each -> ContentItems.text(container, CONTAINS, Concepts.PREDECESSOR, each));
    ContentItems.text(container, CONTAINS, Concepts.CASE, result.caseId());
    ContentItems.text(container, CONTAINS, Concepts.SEAL, result.seal());
  }

  /** PS3.3 C.17.2.3: evidence of this study, and that of others. */
  private void references(Attributes object, SourceImage beside) {
    String own = beside.reference().studyUid();
    Map<String, Sequence> studies = new LinkedHashMap<>();
    Map<String, Sequence> series = new LinkedHashMap<>();
    for (StudyReference each : evidence.values()) {
      Sequence ofStudy =
          studies.computeIfAbsent(
              each.studyUid(), uid -> study(object, uid, uid.equals(own)));
      Sequence instances =
          series.computeIfAbsent(
              each.studyUid() + " " + each.seriesUid(),
              any -> {
                Attributes item = ofStudy.add(new Attributes());
                item.setString(Tag.SeriesInstanceUID, VR.UI, each.seriesUid());
                return item.newSequence(Tag.ReferencedSOPSequence);
              });
      instance(instances, each.sopClassUid(), each.sopInstanceUid());
    }
  }

  private static Sequence study(Attributes object, String uid, boolean current) {
    int tag =
        current
            ? Tag.CurrentRequestedProcedureEvidenceSequence
            : Tag.PertinentOtherEvidenceSequence;
    Sequence kind =
        object
            .element(tag)
            .map(element -> (Sequence) element.value())
            .orElseGet(() -> object.newSequence(tag));
    Attributes study = kind.add(new Attributes());
    study.setString(Tag.StudyInstanceUID, VR.UI, uid);
    return study.newSequence(Tag.ReferencedSeriesSequence);
  }

  private static void instance(Sequence instances, String type, String uid) {
    Attributes item = instances.add(new Attributes());
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, type);
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, uid);
  }

  private static void predecessor(Attributes object, SourceImage beside, String seal) {
    predecessor(
        object,
        beside.reference().studyUid(),
        ResultUids.reportSeries(seal),
        ResultUids.report(seal));
  }

  /** The report in whose place an object comes. */
  static void predecessor(
      Attributes object, String studyUid, String seriesUid, String instanceUid) {
    Attributes study = object.newSequence(Tag.PredecessorDocumentsSequence).add(new Attributes());
    study.setString(Tag.StudyInstanceUID, VR.UI, studyUid);
    Attributes series = study.newSequence(Tag.ReferencedSeriesSequence).add(new Attributes());
    series.setString(Tag.SeriesInstanceUID, VR.UI, seriesUid);
    instance(
        series.newSequence(Tag.ReferencedSOPSequence),
        UID.Comprehensive3DSRStorage,
        instanceUid);
  }
}
