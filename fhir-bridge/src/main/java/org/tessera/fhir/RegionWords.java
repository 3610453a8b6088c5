package org.tessera.fhir;

import java.util.Locale;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.ReportedRegion;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;

/** Says in words where a highlight is. */
final class RegionWords {

  private RegionWords() {}

  static String of(ReportedRegion region, String source) {
    String place =
        switch (region.region()) {
          case PixelRegion at ->
              format(
                  "frame %d, pixels from (%.0f, %.0f), %.0f wide and %.0f high",
                  at.frame(), at.x(), at.y(), at.width(), at.height());
          case SlideRegion at ->
              format(
                  "level 0 pixels from (%.0f, %.0f), %.0f wide and %.0f high",
                  at.x(), at.y(), at.width(), at.height());
          case TextSpan at -> format("characters %d to %d", at.start(), at.end());
          case TimeInterval at -> format("seconds %.2f to %.2f", at.start(), at.end());
          case RecordEntry at -> at.resource() + ", " + at.path();
        };
    return format("%s (%s): %s; weight %.2f", region.input(), source, place, region.weight());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
