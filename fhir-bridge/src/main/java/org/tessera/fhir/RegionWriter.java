package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.ReportedRegion;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.StudyReference;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;

/** Writes a place in the evidence as an extension, with the numbers of {@code result.json}. */
final class RegionWriter {
  static final String OID = "urn:oid:";

  private RegionWriter() {}

  static void write(ObjectNode element, ReportedRegion region) {
    ArrayNode parts = Profiles.extension(element, Profiles.REGION);
    Profiles.text(parts, "input", region.input());
    switch (region.region()) {
      case PixelRegion at -> {
        kind(parts, "pixels");
        Profiles.whole(parts, "frame", at.frame());
        box(parts, at.x(), at.y(), at.width(), at.height());
      }
      case SlideRegion at -> {
        kind(parts, "slide");
        box(parts, at.x(), at.y(), at.width(), at.height());
      }
      case TextSpan at -> {
        kind(parts, "text");
        Profiles.decimal(parts, "start", at.start());
        Profiles.decimal(parts, "end", at.end());
      }
      case TimeInterval at -> {
        kind(parts, "time");
        Profiles.decimal(parts, "start", at.start());
        Profiles.decimal(parts, "end", at.end());
      }
      case RecordEntry at -> {
        kind(parts, "record");
        Profiles.text(parts, "resource", at.resource());
        Profiles.text(parts, "path", at.path());
      }
    }
    Profiles.decimal(parts, "weight", region.weight());
    Optional<StudyReference> instance = region.instance();
    if (instance.isPresent()) {
      Profiles.uri(parts, "study", OID + instance.get().studyUid());
      Profiles.uri(parts, "series", OID + instance.get().seriesUid());
      Profiles.uri(parts, "sopClass", OID + instance.get().sopClassUid());
      Profiles.uri(parts, "sopInstance", OID + instance.get().sopInstanceUid());
    }
  }

  private static void kind(ArrayNode parts, String kind) {
    parts.addObject().put("url", "kind").put("valueCode", kind);
  }

  private static void box(ArrayNode parts, double x, double y, double width, double height) {
    Profiles.decimal(parts, "x", x);
    Profiles.decimal(parts, "y", y);
    Profiles.decimal(parts, "width", width);
    Profiles.decimal(parts, "height", height);
  }
}
