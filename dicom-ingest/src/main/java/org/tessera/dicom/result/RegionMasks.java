package org.tessera.dicom.result;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.ModelCard;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedRegion;
import org.tessera.casemodel.ReportedResult;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Code;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;
import org.tessera.dicom.image.Segmentation;

/**
 * Writes the regions of a result as binary segmentations (PS3.3 A.51): a segment per finding, a
 * frame per image frame it rests on. They are rectangles that a finding rests on, not outlines of a
 * lesion, and each segment says so. Images of several sizes give several objects.
 */
public final class RegionMasks {
  /** Objects of one result. */
  public static final int MOST_OBJECTS = 8;

  private static final Code MORPHOLOGY =
      new Code("49755003", "SCT", "Morphologically Abnormal Structure");
  private static final String MEANING =
      "Where the finding rests in the image, as rectangles; not an outline of a lesion.";
  private static final long MOST_BYTES =
      Math.min(128L << 20, Runtime.getRuntime().maxMemory() / 16);

  private final ReportedResult result;
  private final ModelCard model;
  private final SourceImage beside;
  private final Map<String, SourceImage> images = new LinkedHashMap<>();
  private long bytes;

  /** Rows and columns. */
  private record Size(int rows, int columns) {}

  /** A frame of an image under a finding. */
  private record Target(ReportedFinding finding, SourceImage image, int frame) {}

  private RegionMasks(ReportedResult result, ModelCard model, SourceImage beside) {
    this.result = result;
    this.model = model;
    this.beside = beside;
  }

  /**
   * Writes the masks of the study that the report is filed in.
   *
   * @param images the DICOM images of the case
   * @param made as for the report
   * @return none if no finding rests on a place in a DICOM image. Masks of more than 128 MB
   *     together, and slides, are left out; the report has every region
   */
  public static List<Attributes> write(
      ReportedResult result,
      ModelCard model,
      List<SourceImage> images,
      Optional<OffsetDateTime> made) {
    Optional<SourceImage> beside = ResultObject.filedBeside(images);
    if (beside.isEmpty()) {
      return List.of();
    }
    RegionMasks masks = new RegionMasks(result, model, beside.get());
    images.stream()
        .filter(each -> !each.tiled())
        .filter(each -> each.reference().studyUid().equals(beside.get().reference().studyUid()))
        .forEach(each -> masks.images.put(each.input(), each));
    return masks.objects(made);
  }

  private List<Attributes> objects(Optional<OffsetDateTime> made) {
    Map<Size, Map<Target, byte[]>> drawn = new LinkedHashMap<>();
    for (ReportedFinding finding : result.findings()) {
      for (ReportedRegion region : finding.regions()) {
        SourceImage image = images.get(region.input());
        if (image != null && region.region() instanceof PixelRegion at) {
          draw(drawn, new Target(finding, image, at.frame()), at);
        }
      }
    }
    List<Attributes> objects = new ArrayList<>();
    for (Map<Target, byte[]> each : drawn.values().stream().limit(MOST_OBJECTS).toList()) {
      objects.add(object(each, objects.size() + 1, made));
    }
    return objects;
  }

  private void draw(Map<Size, Map<Target, byte[]>> drawn, Target target, PixelRegion at) {
    int columns = target.image().width();
    int rows = target.image().height();
    long size = (long) rows * columns;
    if (size < 1 || size > MOST_BYTES || target.frame() > target.image().frames()) {
      return;
    }
    Map<Target, byte[]> masks =
        drawn.computeIfAbsent(new Size(rows, columns), any -> new LinkedHashMap<>());
    byte[] mask = masks.get(target);
    if (mask == null) {
      if (bytes + size > MOST_BYTES) {
        return;
      }
      bytes += size;
      mask = new byte[(int) size];
      masks.put(target, mask);
    }
    // A pixel is inside if its centre is.
    int left = edge(at.x(), columns);
    int right = edge(at.x() + at.width(), columns);
    for (int y = edge(at.y(), rows); y < edge(at.y() + at.height(), rows); y++) {
      for (int x = left; x < right; x++) {
        mask[y * columns + x] = 1;
      }
    }
  }

  private static int edge(double at, int size) {
    return (int) Math.clamp(Math.ceil(at - 0.5), 0, size);
  }

  private Attributes object(
      Map<Target, byte[]> masks, int number, Optional<OffsetDateTime> made) {
    CodingSchemes schemes = new CodingSchemes();
    List<ReportedFinding> findings =
        masks.keySet().stream().map(Target::finding).distinct().toList();
    List<Segmentation.Segment> segments =
        findings.stream()
            .map(
                each ->
                    new Segmentation.Segment(
                        CodingSchemes.meaning(each.code().display()),
                        MORPHOLOGY,
                        schemes.code(each.code()),
                        Optional.of(CodingSchemes.meaning(model.name()))))
            .toList();
    List<Segmentation.Plane> planes = new ArrayList<>();
    masks.forEach(
        (target, mask) ->
            planes.add(
                new Segmentation.Plane(
                    findings.indexOf(target.finding()) + 1,
                    target.image().dataset(),
                    target.frame(),
                    mask)));
    Attributes object = Segmentation.binary(segments, planes, common(number, made));
    List<Attributes> items = object.items(Tag.SegmentSequence);
    for (int i = 0; i < items.size(); i++) {
      String id = findings.get(i).id();
      items.get(i).setString(Tag.SegmentDescription, VR.ST, MEANING);
      items.get(i).setString(Tag.TrackingID, VR.UT, id);
      items.get(i).setString(Tag.TrackingUID, VR.UI, ResultUids.finding(result.seal(), id));
    }
    schemes.identify(object);
    return object;
  }

  private Attributes common(int number, Optional<OffsetDateTime> made) {
    Attributes common = new Attributes();
    common.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    common.setString(
        Tag.SOPInstanceUID, VR.UI, ResultUids.object("masks " + number, result.seal()));
    common.setString(
        Tag.SeriesInstanceUID, VR.UI, ResultUids.object("masks series", result.seal()));
    common.setString(Tag.SeriesNumber, VR.IS, "9002");
    common.setString(Tag.InstanceNumber, VR.IS, Integer.toString(number));
    common.setString(Tag.SeriesDescription, VR.LO, "Regions of a model, not verified");
    common.setString(Tag.ContentLabel, VR.CS, "REGIONS");
    ResultObject.equipment(common, model);
    ResultObject.time(common, beside, made, ResultObject.zone(common, beside, made));
    return common;
  }
}
