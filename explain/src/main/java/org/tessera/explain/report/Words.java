package org.tessera.explain.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.tessera.casemodel.Finding.Status;
import org.tessera.casemodel.Modality;
import org.tessera.explain.Phrases;

/** Numbers and names in words for a clinician. */
final class Words {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Map<String, String> QUESTIONS =
      Map.ofEntries(
          Map.entry("competence", "Was the model shown to know this finding?"),
          Map.entry("evidence-drop", "Does it fall when its evidence is taken away?"),
          Map.entry("wrong-patient", "Does it go away with another patient\u2019s evidence?"),
          Map.entry("blank-input", "Does it go away on blank evidence?"),
          Map.entry("text-leak", "Does it rest on more than the note?"),
          Map.entry("contradiction", "Do the note and record agree?"),
          Map.entry("consistency", "Is it stable when asked again?"),
          Map.entry("neighbours", "Do verified similar cases agree?"),
          Map.entry("out-of-distribution", "Is the input like what the model has seen?"),
          Map.entry("conformal", "Is it likely enough at the stated risk?"),
          Map.entry("identity", "Is everything from the same patient?"),
          Map.entry("numeric-integrity", "Did the computation itself hold?"),
          Map.entry("deletion", "Removing the highlighted parts matters more than removing others"),
          Map.entry("randomization", "The map changes when the last layers are reset"));

  private Words() {}

  /** What a check (or a test of the highlights) asks. */
  static String question(String name) {
    String question = QUESTIONS.get(name);
    return question == null ? Phrases.sentence(name.replace('-', ' ')) : question;
  }

  static String status(Status status) {
    return switch (status) {
      case SUPPORTED -> "Supported";
      case WITHHELD -> "Withheld";
      case ABSTAINED -> "No answer";
      case NOT_FOUND -> "Below the operating point";
    };
  }

  static String modality(Modality modality) {
    return switch (modality) {
      case IMAGE -> "Image";
      case SLIDE -> "Slide";
      case CINE -> "Cine";
      case NOTE -> "Note";
      case AUDIO -> "Sound";
      case RECORD -> "Record";
    };
  }

  static String signed(double value) {
    String digits = number(Math.abs(value));
    if (digits.equals("0.00")) {
      return digits;
    }
    return (value < 0 ? "\u2212" : "+") + digits;
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static String seconds(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static String time(Instant instant) {
    return MINUTE.format(instant);
  }
}
