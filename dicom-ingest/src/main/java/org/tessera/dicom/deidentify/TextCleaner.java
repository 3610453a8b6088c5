package org.tessera.dicom.deidentify;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Clean Descriptors (PS3.15 E.3.5): takes names, dates, numbers and addresses out of free text. It
 * knows the identifiers of the same file, and the forms that dates, numbers and titled names have;
 * a name of somebody else without a title is not recognized.
 */
final class TextCleaner {
  static final String TAKEN_OUT = "***";

  private static final String MONTH =
      "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[\\p{L}]*\\.?";

  private static final List<Pattern> FORMS =
      List.of(
          // e-mail, web addresses, UIDs
          Pattern.compile("[^\\s@]+@[^\\s@]+"),
          Pattern.compile("(?i)\\b(?:https?://|ftp://|www\\.)\\S+"),
          Pattern.compile("\\b\\d+(?:\\.\\d+){3,}\\b"),
          // dates and times
          Pattern.compile("\\b\\d{4}[-./]\\d{1,2}[-./]\\d{1,2}(?:T[\\d:.+-]+)?"),
          Pattern.compile("\\b\\d{1,2}[-./]\\d{1,2}[-./]\\d{2,4}\\b"),
          Pattern.compile(
              "(?i)\\b\\d{1,2}(?:st|nd|rd|th)?[-. ]?" + MONTH + "[-., ]{0,2}\\d{2,4}\\b"),
          Pattern.compile("(?i)\\b" + MONTH + "\\s*\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{2,4}\\b"),
          Pattern.compile("(?i)\\b" + MONTH + "\\s+\\d{4}\\b"),
          Pattern.compile("(?<![\\p{L}\\d])(?:19|20)\\d{2}(?![\\p{L}\\d])"),
          Pattern.compile("\\b\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\s*[ap]\\.?m\\b\\.?)?"),
          // what follows a word that announces an identifier
          Pattern.compile(
              "(?i)\\b(?:name|patient|pat|pt|mrn|id|dob|born|ssn|acc(?:ession)?|case|record|phone"
                  + "|tel|fax|room|bed|ward)\\b\\s*(?:no\\.?|number|#)?\\s*[:=#]\\s*"
                  + "[\\p{L}\\d^'-]+(?:[ ,^][\\p{Lu}][\\p{L}'-]+){0,3}"),
          // titled names, names in the DICOM form
          Pattern.compile(
              "\\b(?:[Dd]r|DR|[Pp]rof|PROF|[Mm]rs?|MRS?|[Mm]s|MS|[Mm]iss|MISS|[Hh]err|[Ff]rau)"
                  + "\\b\\.?(?:\\s+(?:[Mm]ed|[Dd]r)\\.?)*(?:\\s*[\\p{Lu}][\\p{L}'.-]*){1,3}"),
          Pattern.compile("[\\p{L}'-]+(?:\\^[\\p{L}'. -]*)+"),
          // phone numbers, record numbers
          Pattern.compile("\\+?\\d[\\d()/ -]{5,}\\d"),
          Pattern.compile("(?<![.\\d])\\d{5,}(?![.\\d])"),
          Pattern.compile("\\b(?=[\\p{L}\\d-]*\\d[\\p{L}\\d-]*\\d[\\p{L}\\d-]*\\d)"
              + "(?=[\\p{L}\\d-]*\\p{L})[\\p{L}\\d-]{6,}\\b"));

  private final Identifiers identifiers;

  TextCleaner(Identifiers identifiers) {
    this.identifiers = identifiers;
  }

  /** The text without what identifies; the same text if there is nothing of it. */
  String clean(String text) {
    String cleaned = identifiers.replaced(text, TAKEN_OUT);
    for (Pattern form : FORMS) {
      cleaned = form.matcher(cleaned).replaceAll(TAKEN_OUT);
    }
    return cleaned;
  }
}
