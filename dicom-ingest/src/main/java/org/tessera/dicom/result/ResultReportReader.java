package org.tessera.dicom.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedRegion;
import org.tessera.casemodel.ReportedResult;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.StudyReference;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Code;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;

/** Reads a report of {@link ResultReport} back. Other people's reports are refused. */
public final class ResultReportReader {
  private static final Pattern REGION =
      Pattern.compile("(\\S{1,64})( slide)? region (\\d{1,4}) in (\\S{1,64})");
  private static final int MOST_FINDINGS = 1000;

  private final Attributes object;
  private final Map<String, StudyReference> instances = new LinkedHashMap<>();

  private ResultReportReader(Attributes object) {
    this.object = object;
  }

  /**
   * Reads a report.
   *
   * @throws RejectedInputException with one sentence, if it is none of ours or damaged
   */
  public static ReportedResult read(Attributes object) throws RejectedInputException {
    return new ResultReportReader(object).result();
  }

  private ReportedResult result() throws RejectedInputException {
    if (!object.string(Tag.SOPClassUID).orElse("").equals(UID.Comprehensive3DSRStorage)) {
      throw new RejectedInputException("The DICOM object is not a Comprehensive 3D SR.");
    }
    Attributes said = child(object, Concepts.QUALITATIVE).orElse(new Attributes());
    Optional<String> seal = text(said, Concepts.SEAL);
    Optional<ReportedResult.Status> status =
        child(said, Concepts.STATUS)
            .flatMap(each -> Code.of(each, Tag.ConceptCodeSequence))
            .flatMap(each -> ReportedResult.Status.of(each.value()));
    if (seal.isEmpty() || status.isEmpty()) {
      throw new RejectedInputException(
          "The structured report was not written by this program: it has no seal or no status.");
    }
    evidence(Tag.CurrentRequestedProcedureEvidenceSequence);
    evidence(Tag.PertinentOtherEvidenceSequence);
    return new ReportedResult(
        text(said, Concepts.CASE).orElse(""),
        seal.get(),
        status.get(),
        text(said, Concepts.PREDECESSOR),
        text(said, Concepts.REASON),
        findings(),
        text(said, Concepts.CONCLUSION).orElse(""));
  }

  private void evidence(int tag) {
    for (Attributes study : object.items(tag)) {
      for (Attributes series : study.items(Tag.ReferencedSeriesSequence)) {
        for (Attributes each : series.items(Tag.ReferencedSOPSequence)) {
          String uid = each.string(Tag.ReferencedSOPInstanceUID).orElse("");
          instances.put(
              uid,
              new StudyReference(
                  study.string(Tag.StudyInstanceUID).orElse(""),
                  series.string(Tag.SeriesInstanceUID).orElse(""),
                  each.string(Tag.ReferencedSOPClassUID).orElse(""),
                  uid,
                  Optional.empty()));
        }
      }
    }
  }

  private List<ReportedFinding> findings() throws RejectedInputException {
    Map<String, Attributes> findings = new LinkedHashMap<>();
    Map<String, List<PlaceText.Place>> places = new LinkedHashMap<>();
    for (Attributes group : children(child(object, Concepts.MEASUREMENTS), Concepts.GROUP)) {
      String tracking = text(group, Concepts.TRACKING_ID).orElse("");
      Matcher region = REGION.matcher(tracking);
      if (region.matches()) {
        places
            .computeIfAbsent(region.group(1), any -> new ArrayList<>())
            .add(place(group, region));
      } else {
        findings.put(tracking, group);
      }
    }
    if (findings.size() > MOST_FINDINGS) {
      throw new RejectedInputException(
          "The structured report has more than %,d findings.".formatted(MOST_FINDINGS));
    }
    List<ReportedFinding> read = new ArrayList<>();
    for (Map.Entry<String, Attributes> each : findings.entrySet()) {
      read.add(
          finding(
              each.getKey(),
              each.getValue(),
              places.computeIfAbsent(each.getKey(), any -> new ArrayList<>())));
    }
    return read;
  }

  private ReportedFinding finding(
      String id, Attributes group, List<PlaceText.Place> places) throws RejectedInputException {
    Code code =
        child(group, Concepts.FINDING)
            .flatMap(each -> Code.of(each, Tag.ConceptCodeSequence))
            .orElseThrow(
                () ->
                    new RejectedInputException(
                        "The structured report has a group without a coded finding."));
    for (Attributes each : children(Optional.of(group), Concepts.PLACE)) {
      each.string(Tag.TextValue).flatMap(PlaceText::read).ifPresent(places::add);
    }
    places.sort(Comparator.comparingInt(PlaceText.Place::index));
    return new ReportedFinding(
        id,
        new Coding(CodingSchemes.system(object, code.scheme()), code.value(), code.meaning()),
        share(group, Concepts.CERTAINTY),
        interval(group),
        child(group, Concepts.OPERATING_POINT).flatMap(each -> operatingPoint(group, each)),
        places.stream().map(PlaceText.Place::region).toList(),
        text(group, Concepts.GATE).orElse(""));
  }

  private static Optional<Finding.Interval> interval(Attributes group) {
    OptionalDouble low = share(group, Concepts.LOW);
    OptionalDouble high = share(group, Concepts.HIGH);
    if (low.isEmpty() || high.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding.Interval(
            low.getAsDouble(),
            high.getAsDouble(),
            share(group, Concepts.LEVEL).orElse(0),
            child(group, Concepts.LEVEL)
                .flatMap(each -> text(each, Concepts.METHOD))
                .orElse("")));
  }

  private static Optional<Finding.OperatingPoint> operatingPoint(
      Attributes group, Attributes item) {
    OptionalDouble threshold = share(group, Concepts.OPERATING_POINT);
    return threshold.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding.OperatingPoint(
                threshold.getAsDouble(),
                share(group, Concepts.SENSITIVITY).orElse(0),
                share(group, Concepts.SPECIFICITY).orElse(0),
                text(item, Concepts.MEASURED_ON).orElse("")));
  }

  private PlaceText.Place place(Attributes group, Matcher name) throws RejectedInputException {
    Attributes shape = child(group, Concepts.REGION).orElse(new Attributes());
    double[] points = shape.reals(Tag.GraphicData);
    Attributes image =
        shape
            .item(Tag.ContentSequence)
            .flatMap(each -> each.item(Tag.ReferencedSOPSequence))
            .orElse(new Attributes());
    boolean valid = points.length == 10;
    for (double each : points) {
      valid &= Double.isFinite(each);
    }
    if (!valid || !(points[4] > points[0]) || !(points[5] > points[1])) {
      throw new RejectedInputException(
          "The structured report has a region that is not a rectangle.");
    }
    double width = points[4] - points[0];
    double height = points[5] - points[1];
    int frame = Math.max(1, image.integer(Tag.ReferencedFrameNumber, 1));
    double x = Math.max(0, points[0]);
    double y = Math.max(0, points[1]);
    EvidenceRegion region =
        name.group(2) == null
            ? new PixelRegion(frame, x, y, width, height)
            : new SlideRegion(x, y, width, height);
    return new PlaceText.Place(
        Integer.parseInt(name.group(3)),
        new ReportedRegion(
            name.group(4),
            Optional.ofNullable(
                instances.get(image.string(Tag.ReferencedSOPInstanceUID).orElse(""))),
            region,
            number(group, Concepts.WEIGHT).orElse(0)));
  }

  private static OptionalDouble share(Attributes parent, Code concept) {
    OptionalDouble percent = number(parent, concept);
    return percent.isEmpty()
        ? percent
        : OptionalDouble.of(rounded(percent.getAsDouble() / 100));
  }

  private static double rounded(double share) {
    return Math.rint(share * 1e6) / 1e6;
  }

  private static OptionalDouble number(Attributes parent, Code concept) {
    return child(parent, concept)
        .flatMap(each -> each.item(Tag.MeasuredValueSequence))
        .map(each -> each.real(Tag.NumericValue))
        .orElse(OptionalDouble.empty());
  }

  private static Optional<String> text(Attributes parent, Code concept) {
    return child(parent, concept).flatMap(each -> each.string(Tag.TextValue));
  }

  private static Optional<Attributes> child(Attributes parent, Code concept) {
    List<Attributes> found = children(Optional.of(parent), concept);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
  }

  private static List<Attributes> children(Optional<Attributes> parent, Code concept) {
    return parent.map(each -> each.items(Tag.ContentSequence)).orElse(List.of()).stream()
        .filter(each -> ReportAct.isNamed(each, concept))
        .toList();
  }
}
