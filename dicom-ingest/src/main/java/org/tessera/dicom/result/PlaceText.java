package org.tessera.dicom.result;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.ReportedRegion;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;

/**
 * Places that no DICOM coordinate can name (a note, a sound, a record, a picture that is no DICOM
 * image) as one line of text, and back.
 */
final class PlaceText {
  private static final String NUMBER = "(\\d{1,15}(?:\\.\\d{1,15})?)";
  private static final String FOUR = NUMBER + ", " + NUMBER + ", " + NUMBER + ", " + NUMBER;
  private static final Pattern LINE =
      Pattern.compile("region (\\d{1,4}) in (\\S{1,64}): (.{1,2000}); weight " + NUMBER);
  private static final Pattern PIXELS = Pattern.compile("frame (\\d{1,9}) pixels " + FOUR);
  private static final Pattern SLIDE = Pattern.compile("level 0 pixels " + FOUR);
  private static final Pattern TEXT = Pattern.compile("characters (\\d{1,9}) to (\\d{1,9})");
  private static final Pattern TIME = Pattern.compile("seconds " + NUMBER + " to " + NUMBER);
  private static final Pattern RECORD = Pattern.compile("record (.{1,900}) \\| (.{1,900})");

  /**
   * A region with its number within the finding.
   *
   * @param index from 1
   * @param region the region
   */
  record Place(int index, ReportedRegion region) {}

  private PlaceText() {}

  static String of(int index, ReportedRegion region) {
    String place =
        switch (region.region()) {
          case PixelRegion at ->
              "frame %d pixels %s"
                  .formatted(at.frame(), four(at.x(), at.y(), at.width(), at.height()));
          case SlideRegion at ->
              "level 0 pixels " + four(at.x(), at.y(), at.width(), at.height());
          case TextSpan at -> "characters %d to %d".formatted(at.start(), at.end());
          case TimeInterval at ->
              "seconds %s to %s".formatted(plain(at.start()), plain(at.end()));
          case RecordEntry at -> "record %s | %s".formatted(at.resource(), at.path());
        };
    return "region %d in %s: %s; weight %s"
        .formatted(index, region.input(), place, plain(region.weight()));
  }

  static Optional<Place> read(String line) {
    Matcher whole = LINE.matcher(line);
    if (!whole.matches()) {
      return Optional.empty();
    }
    try {
      return region(whole.group(3))
          .map(
              region ->
                  new Place(
                      Integer.parseInt(whole.group(1)),
                      new ReportedRegion(
                          whole.group(2), Optional.empty(), region, number(whole, 4))));
    } catch (IllegalArgumentException e) {
      // Not a region: a width of 0, an end before its start.
      return Optional.empty();
    }
  }

  private static Optional<EvidenceRegion> region(String words) {
    Matcher at = PIXELS.matcher(words);
    if (at.matches()) {
      return Optional.of(
          new PixelRegion(
              Integer.parseInt(at.group(1)),
              number(at, 2),
              number(at, 3),
              number(at, 4),
              number(at, 5)));
    }
    at = SLIDE.matcher(words);
    if (at.matches()) {
      return Optional.of(
          new SlideRegion(number(at, 1), number(at, 2), number(at, 3), number(at, 4)));
    }
    at = TEXT.matcher(words);
    if (at.matches()) {
      return Optional.of(
          new TextSpan(Integer.parseInt(at.group(1)), Integer.parseInt(at.group(2))));
    }
    at = TIME.matcher(words);
    if (at.matches()) {
      return Optional.of(new TimeInterval(number(at, 1), number(at, 2)));
    }
    at = RECORD.matcher(words);
    return at.matches()
        ? Optional.of(new RecordEntry(at.group(1), at.group(2)))
        : Optional.empty();
  }

  private static double number(Matcher match, int group) {
    return Double.parseDouble(match.group(group));
  }

  private static String four(double x, double y, double width, double height) {
    return "%s, %s, %s, %s".formatted(plain(x), plain(y), plain(width), plain(height));
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
