package org.tessera.explain.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Counterfactual;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.Explanation;
import org.tessera.casemodel.Explanation.TrustTest;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.ModelCard;
import org.tessera.casemodel.NarrativeSentence;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RejectedInput;
import org.tessera.casemodel.Sex;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;

/** A drawn case with every kind of finding, so that a report has something to show. */
final class SampleCase {
  static final String NOTE =
      """
      INDICATION: Cough for five days.
      HISTORY: 58-year-old. Temperature 38.9 °C on admission; fever since yesterday evening.
      No known tuberculosis. Mother had asthma.
      COMPARISON: None.
      QUESTION: Opacity on the right? 폐렴 의심. 🫁 Please compare.
      """;

  static final PatientIdentity PATIENT =
      new PatientIdentity(
          Optional.of("PH-0007"),
          Optional.of("TESSERA-PHANTOM"),
          Optional.of("PHANTOM^0007"),
          Optional.of(LocalDate.of(1968, 3, 14)),
          Optional.of(Sex.FEMALE));

  private SampleCase() {}

  static CaseReport report() {
    return report(NOTE, PATIENT, "chest-pa.dcm");
  }

  static CaseReport report(String note, PatientIdentity patient, String imageName) {
    PatientCase patientCase =
        new PatientCase(
            "case-7f3a",
            Optional.of(patient),
            evidence(note, patient, imageName),
            List.of(
                new RejectedInput(
                    "I5",
                    Optional.of(Modality.AUDIO),
                    "breathing.wav",
                    Optional.of("audio/wav"),
                    sha('e'),
                    "The recording has no sound in it: it lasts 0 seconds.")),
            false);
    Map<Modality, Integer> tokens = new EnumMap<>(Modality.class);
    tokens.put(Modality.RECORD, 4);
    tokens.put(Modality.NOTE, 61);
    tokens.put(Modality.IMAGE, 196);
    tokens.put(Modality.AUDIO, 50);
    return new CaseReport(
        patientCase,
        CaseReport.Status.COMPLETED,
        Optional.empty(),
        List.of(identity(Verdict.PASS, "All four inputs name the same patient.")),
        311,
        tokens,
        sha('5'),
        model(),
        SampleFindings.all(),
        List.of(
            new NarrativeSentence(
                "Phantom: an opacity is seen in the image (probability 0.87).",
                List.of("F1"),
                true,
                Optional.empty()),
            new NarrativeSentence(
                "There is a pleural effusion.",
                List.of(),
                false,
                Optional.of("No supported finding says so."))),
        Map.of("assemble", 212.4, "encode", 640.0, "trial", 2103.7, "report", 388.1));
  }

  static CaseReport stopped() {
    CaseReport whole = report();
    return new CaseReport(
        whole.patientCase(),
        CaseReport.Status.STOPPED,
        Optional.of("I1 and I2 name different patients."),
        List.of(identity(Verdict.FAIL, "I1 and I2 name different patients.")),
        0,
        Map.of(),
        sha('0'),
        model(),
        List.of(),
        List.of(),
        Map.of("assemble", 180.0));
  }

  static CaseReport allRejected() {
    PatientCase empty =
        new PatientCase(
            "case-0000",
            Optional.empty(),
            List.of(),
            List.of(
                new RejectedInput(
                    "I1",
                    Optional.empty(),
                    "/home/someone/cough.mp3",
                    Optional.empty(),
                    sha('a'),
                    "The file is a ZIP archive, not a recording.")),
            false);
    return new CaseReport(
        empty,
        CaseReport.Status.STOPPED,
        Optional.of("No input could be used."),
        List.of(),
        0,
        Map.of(),
        sha('0'),
        model(),
        List.of(),
        List.of(),
        Map.of());
  }

  private static Check identity(Verdict verdict, String reason) {
    return Check.of("identity", verdict, reason);
  }

  static ModelCard model() {
    return model("cpu");
  }

  static ModelCard model(String device) {
    return new ModelCard(
        "tessera-omni",
        "0.1.0",
        Optional.of(sha('d')),
        device,
        OptionalLong.of(5_842_176),
        OptionalLong.of(2_113_024),
        "Research on how one sequence of mixed evidence can be read and checked. Not for diagnosis,"
            + " triage or any decision about a patient.",
        List.of(
            "cxr-kermany: paediatric chest radiographs of one hospital (CC BY 4.0)",
            "cough-covid: induced coughs (CC0)",
            "Phantoms drawn by the project"),
        List.of(
            "Radiographs of adults were never seen.",
            "Notes in languages other than English are not read.",
            "Nothing here was measured in a clinic."));
  }

  static CaseReport withDevice(CaseReport report, String device, Map<String, Double> timings) {
    return new CaseReport(
        report.patientCase(),
        report.status(),
        report.statusReason(),
        report.caseChecks(),
        report.sequenceLength(),
        report.tokensByModality(),
        report.sequenceSha256(),
        model(device),
        report.findings(),
        report.narrative(),
        timings);
  }

  static CaseReport withFindings(CaseReport report, List<Finding> findings) {
    return new CaseReport(
        report.patientCase(),
        report.status(),
        report.statusReason(),
        report.caseChecks(),
        report.sequenceLength(),
        report.tokensByModality(),
        report.sequenceSha256(),
        report.model(),
        findings,
        report.narrative(),
        report.timings());
  }

  private static List<Evidence> evidence(String note, PatientIdentity patient, String imageName) {
    ImageEvidence image =
        new ImageEvidence(
            origin("I1", imageName, "application/dicom", '1', patient),
            new DrawnChest(420, 490),
            Orientation.UPRIGHT,
            Optional.of("DX"),
            Optional.of("CHEST"),
            Optional.of("PA"),
            OptionalDouble.of(0.28),
            Optional.empty());
    NoteEvidence text =
        new NoteEvidence(origin("I2", "note.txt", "text/plain", '2', patient), () -> note);
    AudioEvidence audio =
        new AudioEvidence(origin("I3", "cough.wav", "audio/wav", '3', patient), new DrawnCough());
    RecordEvidence record =
        new RecordEvidence(
            origin("I4", "record.json", "application/fhir+json", '4', patient), facts());
    return List.of(image, text, audio, record);
  }

  private static EvidenceOrigin origin(
      String id, String source, String mediaType, char digit, PatientIdentity patient) {
    return new EvidenceOrigin(
        id,
        source,
        mediaType,
        sha(digit),
        Optional.empty(),
        Optional.of(Instant.parse("2026-03-02T08:15:00Z")),
        Optional.of(patient));
  }

  private static List<RecordFact> facts() {
    return List.of(
        fact("Patient/7", "birthDate", RecordFact.Kind.AGE, "Age", 58, "a"),
        fact("Patient/7", "gender", RecordFact.Kind.SEX, "Female", Double.NaN, ""),
        fact("Observation/31", "value", RecordFact.Kind.OBSERVATION, "Body temperature", 38.9,
            "Cel"),
        new RecordFact(
            new RecordEntry("Condition/12", "code"),
            RecordFact.Kind.CONDITION,
            Optional.of(new Coding(Coding.SNOMED_CT, "56717001", "Tuberculosis")),
            "Tuberculosis",
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.of(Instant.parse("2019-05-01T00:00:00Z")),
            RecordFact.Assertion.ABSENT));
  }

  private static RecordFact fact(
      String resource, String path, RecordFact.Kind kind, String words, double value, String unit) {
    return new RecordFact(
        new RecordEntry(resource, path),
        kind,
        Optional.empty(),
        words,
        Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value),
        unit.isEmpty() ? Optional.empty() : Optional.of(unit),
        Optional.of(Instant.parse("2026-03-02T08:00:00Z")),
        RecordFact.Assertion.PRESENT);
  }

  static String sha(char digit) {
    return String.valueOf(digit).repeat(64);
  }

  /** Ribs, lungs, a heart and one opacity, in grey. */
  private static final class DrawnChest extends DrawnPixels {
    DrawnChest(int width, int height) {
      super(width, height);
    }

    @Override
    float grey(double x, double y) {
      double body = bump(x, y, 0.5, 0.58, 0.47, 0.62, 6);
      double right = bump(x, y, 0.31, 0.47, 0.16, 0.33, 3);
      double left = bump(x, y, 0.69, 0.47, 0.16, 0.33, 3);
      double heart = bump(x, y, 0.56, 0.62, 0.15, 0.16, 2);
      double spine = Math.exp(-Math.pow((x - 0.5) / 0.045, 2));
      double rib = Math.pow(Math.max(0, Math.sin((y - 0.5 * Math.pow(x - 0.5, 2)) * 62)), 3);
      double opacity = bump(x, y, 0.29, 0.63, 0.075, 0.06, 1);
      double lung = Math.max(right, left);
      double grey = body * (0.58 + 0.18 * spine + 0.07 * rib - 0.42 * lung);
      return (float) (grey + 0.30 * heart * body + 0.25 * opacity + noise(x, y));
    }
  }

  /** Two bursts of noise in near silence. */
  private static final class DrawnCough implements AudioSource {
    @Override
    public double duration() {
      return 4;
    }

    @Override
    public float[] read(TimeInterval interval) {
      int count = (int) Math.round((interval.end() - interval.start()) * SAMPLE_RATE);
      float[] samples = new float[count];
      long state = 42;
      double low = 0;
      for (int i = 0; i < count; i++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        double white = (state >> 40) / (double) (1 << 23);
        double time = interval.start() + i / (double) SAMPLE_RATE;
        double loud = burst(time, 0.8) + 0.7 * burst(time, 2.3) + 0.003;
        low = 0.6 * low + 0.4 * white;
        double voice = Math.sin(2 * Math.PI * 310 * time) * burst(time - 0.18, 0.8) * 0.4;
        samples[i] = (float) (loud * low * 0.8 + voice);
      }
      return samples;
    }

    private static double burst(double time, double start) {
      double since = time - start;
      return since < 0 ? 0 : Math.min(1, since / 0.02) * Math.exp(-since / 0.14);
    }
  }

  static List<Highlight> opacityTokens() {
    List<Highlight> tokens = new ArrayList<>();
    double cell = 490 / 14.0;
    tokens.add(pixel(87.5, 280, cell, 0.55));
    tokens.add(pixel(122.5, 280, cell, 1.0));
    tokens.add(pixel(87.5, 315, cell, 0.8));
    tokens.add(pixel(122.5, 315, cell, 0.9));
    return tokens;
  }

  private static Highlight pixel(double x, double y, double cell, double weight) {
    return new Highlight("I1", new PixelRegion(1, x, y, cell, cell), weight);
  }

  static Highlight words(String words, double weight) {
    int at = NOTE.indexOf(words);
    int start = NOTE.codePointCount(0, at);
    return new Highlight(
        "I2", new TextSpan(start, start + words.codePointCount(0, words.length())), weight);
  }

  /** Named pieces of {@link Finding}. */
  static final class SampleFindings {
    private SampleFindings() {}

    static List<Finding> all() {
      List<Highlight> infection = new ArrayList<>(opacityTokens());
      infection.add(words("Temperature 38.9 °C", 0.9));
      infection.add(words("fever since yesterday", 0.6));
      infection.add(
          new Highlight("I4", new RecordEntry("Observation/31", "value"), 0.4));
      return List.of(
          finding("F1", phantom("phantom-opacity", "phantom opacity"), 1.9, opacityTokens(),
              Finding.Status.SUPPORTED, "", true, panel(Verdict.PASS)),
          finding("F2", phantom("phantom-infection", "phantom infection"), 0.9, infection,
              Finding.Status.SUPPORTED, "", true, panel(Verdict.WARN)),
          finding("F3", new Coding(Coding.SNOMED_CT, "49727002", "cough"), 2.1,
              List.of(
                  new Highlight("I3", new TimeInterval(0.8, 0.96), 1),
                  new Highlight("I3", new TimeInterval(0.96, 1.12), 0.6),
                  new Highlight("I3", new TimeInterval(2.32, 2.48), 0.7)),
              Finding.Status.WITHHELD,
              "Withheld: it persists when the recording is swapped for those of other people.",
              true, panel(Verdict.FAIL)),
          finding("F4", new Coding(Coding.SNOMED_CT, "233604007", "pneumonia"), 2.6, List.of(),
              Finding.Status.ABSTAINED,
              "No answer: the training data of this finding differ in how they were stored, so the"
                  + " model cannot be shown to know it.",
              false, List.of(competence(Verdict.FAIL))),
          finding("F5", new Coding(Coding.SNOMED_CT, "53084003", "bacterial pneumonia"), -1.4,
              List.of(), Finding.Status.NOT_FOUND,
              "Below the operating point.", false, List.of()),
          unjudged("F6", new Coding(Coding.SNOMED_CT, "254626006", "adenocarcinoma of the lung")),
          unjudged("F7", new Coding(Coding.SNOMED_CT, "254634000",
              "squamous cell carcinoma of the lung")));
    }

    private static Coding phantom(String code, String display) {
      return new Coding(Coding.PHANTOM, code, display);
    }

    private static Finding finding(
        String id,
        Coding code,
        double logit,
        List<Highlight> highlights,
        Finding.Status status,
        String reason,
        boolean trusted,
        List<Check> checks) {
      Map<Modality, Double> parts = new EnumMap<>(Modality.class);
      parts.put(Modality.IMAGE, logit * 0.9 + 0.7123456789);
      parts.put(Modality.NOTE, logit * 0.3 - 0.1);
      parts.put(Modality.AUDIO, -logit * 0.2);
      parts.put(Modality.RECORD, 0.05);
      double sum = parts.values().stream().mapToDouble(Double::doubleValue).sum();
      double probability = 1 / (1 + Math.exp(-logit));
      Finding judged =
          new Finding(
          id,
          code,
          OptionalDouble.of(probability),
          Optional.of(
              new Interval(
                  Math.max(0, probability - 0.11),
                  Math.min(1, probability + 0.07),
                  0.95,
                  "32 passes over sampled evidence")),
          Optional.of(new OperatingPoint(0.42, 0.86, 0.79, "412 validation cases")),
          status,
          reason.isEmpty() ? Optional.empty() : Optional.of(reason),
          OptionalDouble.of(logit - sum),
          parts,
          highlights,
          Optional.of(
              new Explanation(
                  "gradient-weighted attention",
                  trusted,
                  List.of(
                      new TrustTest("deletion", 0.31, 0.1, trusted),
                      new TrustTest("randomization", 0.12, 0.5, true)))),
          checks);
      return status == Finding.Status.SUPPORTED
          ? judged.with(
              new Counterfactual(
                  0.11,
                  highlights.stream()
                      .map(each -> Counterfactual.Removed.of(each.input(), each.region()))
                      .toList()))
          : judged;
    }

    private static Finding unjudged(String id, Coding code) {
      return new Finding(
          id,
          code,
          OptionalDouble.empty(),
          Optional.empty(),
          Optional.empty(),
          Finding.Status.ABSTAINED,
          Optional.of("No lung tissue in this case, so " + code.display() + " was not judged."),
          OptionalDouble.empty(),
          Map.of(),
          List.of(),
          Optional.empty(),
          List.of());
    }

    private static Check competence(Verdict verdict) {
      return Check.measured(
          "competence", verdict, verdict == Verdict.PASS ? 0.91 : 0.49, 0.6, Direction.ABOVE,
          verdict == Verdict.PASS
              ? "The lower bound of its AUROC is 0.91 on phantoms."
              : "File size alone separates the training images as well as the model does.");
    }

    private static List<Check> panel(Verdict verdict) {
      return List.of(
          competence(Verdict.PASS),
          Check.measured("evidence-drop", Verdict.PASS, 0.62, 0.1, Direction.ABOVE,
              "Removing the highlighted places lowers it by 0.62 more than removing others."),
          Check.measured("wrong-patient", verdict == Verdict.FAIL ? Verdict.FAIL : Verdict.PASS,
              verdict == Verdict.FAIL ? 0.02 : 0.71, 0.2, Direction.ABOVE,
              verdict == Verdict.FAIL
                  ? "It hardly falls with the recordings of 8 other people."
                  : "It falls by 0.71 with the images of 8 other people."),
          Check.measured("blank-input", Verdict.PASS, 0.04, 0.42, Direction.BELOW,
              "On blank evidence its probability is 0.04."),
          Check.measured("text-leak", Verdict.PASS, 2.4, 0.3, Direction.ABOVE,
              "The image contributes 2.4 logits, the note 0.5."),
          verdict == Verdict.WARN
              ? Check.of("contradiction", Verdict.WARN,
                  "The record denies this (tuberculosis): read the record first.")
              : Check.notApplicable("contradiction", "Neither note nor record mentions it."),
          Check.measured("out-of-distribution", Verdict.PASS, 0.21, 0.48, Direction.BELOW,
              "The input is as close to the training data as others are."));
    }
  }
}
