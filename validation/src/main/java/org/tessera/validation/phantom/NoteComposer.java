package org.tessera.validation.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tessera.casemodel.Sex;

/** Writes the note of a case. */
final class NoteComposer {
  private static final List<FeverMention> ASIDES =
      List.of(FeverMention.HISTORICAL, FeverMention.FAMILY, FeverMention.CONDITIONAL);

  private final Chance chance;
  private final Wording wording;

  NoteComposer(Chance chance, Wording wording) {
    this.chance = chance;
    this.wording = wording;
  }

  Phrase compose(PhantomCauses causes) {
    Phrase note = new Phrase(chance, values(causes));
    boolean headings = chance.in(0.45);
    String gap = headings || chance.in(0.3) ? "\n" : " ";
    if (headings) {
      note.plain(chance.of(wording.firstHeadings()));
    }
    note.sentence(chance.of(wording.indications()));
    note.plain(gap);
    if (headings) {
      note.plain(chance.of(wording.secondHeadings()));
    }
    List<String> sentences = chance.shuffled(body(causes, note));
    if (chance.in(0.7)) {
      sentences.addFirst(wording.opening());
    }
    boolean lines = chance.in(0.2);
    for (int i = 0; i < sentences.size(); i++) {
      note.plain(i == 0 ? "" : lines ? "\n" : " ");
      note.sentence(sentences.get(i));
    }
    note.plain("\n");
    return note;
  }

  private List<String> body(PhantomCauses causes, Phrase note) {
    List<String> body = new ArrayList<>();
    if (causes.fever() != FeverMention.SILENT) {
      body.add(sentence(causes.fever(), note));
    }
    if (causes.fever() == FeverMention.ASSERTED && chance.in(0.4)) {
      body.add(sentence(chance.of(ASIDES)));
    }
    if (causes.fever() == FeverMention.DENIED && chance.in(0.3)) {
      body.add(sentence(chance.of(ASIDES)));
    }
    if (causes.claim() != NoteClaim.SILENT) {
      body.add(chance.of(wording.claims().getOrDefault(causes.claim(), List.of())));
    }
    List<String> heard =
        wording.auscultation().getOrDefault(causes.auscultation(), List.of());
    body.add(
        noted(note, PhantomTruth.CRACKLE_WORDING, heard, causes.auscultation() ? "heard" : "none"));
    boolean paced = causes.pacemaker() && chance.in(0.8);
    if (paced) {
      body.add(chance.of(wording.pacemaker()));
    }
    boolean coughs = causes.coughs() > 0;
    if (chance.in(0.6)) {
      body.add(chance.of(wording.coughing().getOrDefault(coughs, List.of())));
      note.says(ShownTruth.COUGH, coughs);
    }
    note.says(ShownTruth.PACEMAKER, paced);
    note.says(ShownTruth.FEVER, causes.fever() == FeverMention.ASSERTED);
    List<String> remarks = chance.shuffled(wording.remarks());
    body.addAll(remarks.subList(0, chance.whole(1, 5)));
    return body;
  }

  private String sentence(FeverMention mention, Phrase note) {
    return noted(
        note,
        PhantomTruth.FEVER_WORDING,
        wording.fever().getOrDefault(mention, List.of()),
        mention.wireName());
  }

  /** Draws a template and notes which; templates of another language are others. */
  private String noted(Phrase note, String topic, List<String> templates, String kind) {
    String drawn = chance.of(templates);
    String language = wording.equals(KoreanWording.ALL) ? "ko " : "";
    note.worded(topic, language + kind + " " + templates.indexOf(drawn));
    return drawn;
  }

  private String sentence(FeverMention mention) {
    return chance.of(wording.fever().getOrDefault(mention, List.of()));
  }

  private Map<String, String> values(PhantomCauses causes) {
    boolean female = causes.sex() == Sex.FEMALE;
    double high = chance.between(38.3, 40.2);
    double normal = chance.between(36.1, 37.2);
    String unit = chance.of(List.of(" C", " °C", "°C", " degrees"));
    return Map.ofEntries(
        Map.entry("he", female ? "she" : "he"),
        Map.entry("him", female ? "her" : "him"),
        Map.entry("his", female ? "her" : "his"),
        Map.entry("person", female ? "woman" : "man"),
        Map.entry("koreanPerson", female ? "여성" : "남성"),
        Map.entry("age", Integer.toString(causes.age())),
        Map.entry("view", causes.view()),
        Map.entry("days", Integer.toString(chance.whole(2, 9))),
        Map.entry("months", Integer.toString(chance.whole(2, 11))),
        Map.entry("year", Integer.toString(chance.whole(1998, 2024))),
        Map.entry("highC", decimal(high) + unit),
        Map.entry("normalC", decimal(normal) + unit),
        Map.entry("highF", decimal(high * 1.8 + 32) + " F"),
        Map.entry("normalF", decimal(normal * 1.8 + 32) + " F"),
        Map.entry("pulse", Integer.toString(chance.whole(58, 112))),
        Map.entry("pressure", chance.whole(102, 158) + "/" + chance.whole(60, 95)),
        Map.entry("saturation", Integer.toString(chance.whole(91, 99))),
        Map.entry("side", chance.in(0.5) ? "right" : "left"),
        Map.entry("koreanSide", chance.in(0.5) ? "우측" : "좌측"),
        Map.entry("zone", chance.of(List.of("upper", "middle", "lower"))));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
