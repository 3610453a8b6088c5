package org.tessera.runtime.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.explain.HighlightStudy;
import org.tessera.omni.model.OmniModel;
import org.tessera.runtime.CaseInput;
import org.tessera.runtime.InputKind;
import org.tessera.runtime.ModelSource;
import org.tessera.runtime.StudyCases;
import org.tessera.runtime.StudyCases.StudyCase;
import org.tessera.runtime.bench.PlaceScore.Score;
import org.tessera.runtime.bench.RegionRaster.Box;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.Spread;
import org.tessera.validation.metrics.ClusterBootstrap;
import org.tessera.validation.phantom.PhantomCase;
import org.tessera.validation.phantom.PhantomGenerator;
import org.tessera.validation.phantom.PhantomWorld;

/**
 * {@code highlights}: do highlights point at what is known to be there? The maps of three methods
 * against the truth of phantoms (found ones of the test world), the radiologists' boxes and the
 * cough intervals of the real sets, beside the middle of the evidence and chance. And: which maps
 * does the self-veto trust, a random one, the truth itself, the model's own?
 *
 * <p>Pointing game (Zhang 2018): the strongest token's centre lies in a known place. Overlap:
 * intersection over union of all shown regions and all known places. Intervals are of 95 %,
 * bootstrapped by patient.
 */
public final class HighlightsBench {
  private static final long WORLD = 20_261_205;
  private static final String ATTENTION = "gradient-weighted attention";
  private static final String OCCLUSION = "occlusion";
  private static final String GRADIENTS = "integrated gradients";
  private static final String CENTRE = "the middle of the evidence";
  private static final String CHANCE = "chance";
  private static final double VETOED = 0.9;
  private static final double TRUSTED = 0.8;

  private final Path work;
  private final ModelSource source;
  private final int wanted;
  private final Map<String, List<Row>> places = new LinkedHashMap<>();
  private final Map<String, List<Trust>> trust = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();
  private int drawn;

  private record Row(String patient, Map<String, Score> scores) {}

  private record Trust(String patient, boolean random, boolean truth, boolean own) {}

  /**
   * Prepares it.
   *
   * @param work an empty folder
   * @param source the model
   * @param wanted found findings of phantoms whose maps are tried
   */
  public HighlightsBench(Path work, ModelSource source, int wanted) {
    this.work = work;
    this.source = source;
    this.wanted = wanted;
  }

  /**
   * Runs it.
   *
   * @param data folder with {@code cxr-boxes} and {@code cough-events}
   */
  public BenchReport run(Path data, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    StudyCases cases = new StudyCases(work);
    try (OmniModel model = source.open()) {
      phantoms(model, cases, listener);
      boxes(model, cases, data.resolve("cxr-boxes"), listener);
      coughs(model, cases, data.resolve("cough-events"), listener);
      return report(model);
    }
  }

  private void phantoms(OmniModel model, StudyCases cases, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    PhantomGenerator generator = new PhantomGenerator(WORLD, PhantomWorld.TEST);
    int tried = 0;
    for (int index = 0; tried < wanted && index < 4 * wanted; index++) {
      PhantomCase each = generator.generate(index);
      StudyCase read = cases.read(each);
      HighlightStudy study = new HighlightStudy(read.patientCase(), read.sequence(), model);
      drawn++;
      for (Map.Entry<String, Map<Modality, List<Box>>> asked : truth(each).entrySet()) {
        int finding = index(model, asked.getKey());
        if (study.positive(finding)) {
          Map<Modality, PlaceScore> known = new LinkedHashMap<>();
          asked
              .getValue()
              .forEach(
                  (modality, boxes) ->
                      known.put(
                          modality,
                          new PlaceScore(study.tokens(), id(read, modality), boxes)));
          known.forEach(
              (modality, score) ->
                  place(
                      asked.getKey() + ", " + modality.wireName(),
                      row(study, finding, modality, id(read, modality), each.id(), score)));
          trust
              .computeIfAbsent(asked.getKey(), ignored -> new ArrayList<>())
              .add(trust(study, finding, known, each));
          tried++;
        }
      }
      listener.at("phantoms", Math.min(tried, wanted), wanted);
    }
  }

  /** Places by finding and modality, of the findings that are there and have places. */
  private static Map<String, Map<Modality, List<Box>>> truth(PhantomCase each) {
    Map<String, Map<Modality, List<Box>>> truth = new LinkedHashMap<>();
    List<Box> opacities = boxes(each.truth().opacities());
    List<Box> fever = boxes(each.truth().feverWords());
    List<Box> crackles = boxes(each.truth().crackles());
    List<Box> atypia = boxes(each.truth().atypia());
    if (!opacities.isEmpty()) {
      truth.put("phantom-opacity", Map.of(Modality.IMAGE, opacities));
    }
    if (!crackles.isEmpty()) {
      truth.put("phantom-crackles", Map.of(Modality.AUDIO, crackles));
    }
    if (!atypia.isEmpty()) {
      truth.put("phantom-atypia", Map.of(Modality.SLIDE, atypia));
    }
    if (!opacities.isEmpty() && !fever.isEmpty()) {
      Map<Modality, List<Box>> both = new TreeMap<>();
      both.put(Modality.IMAGE, opacities);
      both.put(Modality.NOTE, fever);
      truth.put("phantom-infection", both);
    }
    return truth;
  }

  private static List<Box> boxes(List<? extends EvidenceRegion> regions) {
    return regions.stream().map(Box::of).toList();
  }

  private Row row(
      HighlightStudy study,
      int finding,
      Modality modality,
      String evidence,
      String patient,
      PlaceScore known) {
    Map<String, float[]> maps = new LinkedHashMap<>();
    maps.put(ATTENTION, study.attention(finding));
    maps.put(OCCLUSION, study.occlusion(finding, modality));
    maps.put(GRADIENTS, study.integratedGradients(finding, modality));
    Map<String, Score> scores = new LinkedHashMap<>();
    maps.forEach(
        (method, map) ->
            scores.put(method, known.of(map, study.regions(map, modality), evidence)));
    scores.put(CENTRE, known.centre());
    scores.put(CHANCE, known.random(patient.hashCode()));
    return new Row(patient, scores);
  }

  private static Trust trust(
      HighlightStudy study, int finding, Map<Modality, PlaceScore> known, PhantomCase each) {
    List<Modality> modalities = List.copyOf(known.keySet());
    float[] truth = new float[study.tokens().size()];
    known.values().forEach(score -> score.truth(truth));
    return new Trust(
        each.id(),
        study.tested(finding, random(truth.length, each.index()), modalities).trusted(),
        study.tested(finding, truth, modalities).trusted(),
        study.tested(finding, study.attention(finding), modalities).trusted());
  }

  /** Of two kinds in turn: noise of single tokens, and noise that holds over eight neighbours. */
  private static float[] random(int tokens, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int run = seed % 2 == 0 ? 1 : 8;
    float[] noise = new float[tokens];
    float value = 0;
    for (int i = 0; i < tokens; i++) {
      value = i % run == 0 ? (float) random.nextDouble() : value;
      noise[i] = value;
    }
    return noise;
  }

  private void boxes(
      OmniModel model, StudyCases cases, Path folder, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    if (!Files.isDirectory(folder)) {
      missing.add("cxr-boxes");
      return;
    }
    Map<String, List<Box>> known = new LinkedHashMap<>();
    for (CSVRecord each : table(folder.resolve("boxes.csv"))) {
      known
          .computeIfAbsent(each.get("id"), ignored -> new ArrayList<>())
          .add(
              new Box(
                  Double.parseDouble(each.get("x")),
                  Double.parseDouble(each.get("y")),
                  Double.parseDouble(each.get("w")),
                  Double.parseDouble(each.get("h"))));
    }
    List<CSVRecord> rows = table(folder.resolve("manifest.csv"));
    for (CSVRecord each : rows) {
      List<Box> boxes = known.get(each.get("id"));
      if (boxes != null) {
        real(model, cases, folder, each, "pneumonia", Modality.IMAGE, InputKind.IMAGE, boxes);
      }
      listener.at("radiologists' boxes", each.getRecordNumber(), rows.size());
    }
  }

  private void coughs(
      OmniModel model, StudyCases cases, Path folder, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    if (!Files.isDirectory(folder)) {
      missing.add("cough-events");
      return;
    }
    List<CSVRecord> rows =
        table(folder.resolve("manifest.csv")).stream()
            .filter(each -> each.get("split").equals("test") && !each.get("events").isBlank())
            .toList();
    for (int i = 0; i < rows.size(); i++) {
      List<Box> events = new ArrayList<>();
      for (String event : rows.get(i).get("events").trim().split(" ")) {
        String[] ends = event.split("-");
        double start = Double.parseDouble(ends[0]);
        events.add(new Box(start, 0, Double.parseDouble(ends[1]) - start, 1));
      }
      real(model, cases, folder, rows.get(i), "cough", Modality.AUDIO, InputKind.AUDIO, events);
      listener.at("coughs", i + 1, rows.size());
    }
  }

  private void real(
      OmniModel model,
      StudyCases cases,
      Path folder,
      CSVRecord row,
      String key,
      Modality modality,
      InputKind kind,
      List<Box> boxes)
      throws IOException, RejectedInputException {
    StudyCase read = cases.read(List.of(new CaseInput(kind, folder.resolve(row.get("file")))));
    HighlightStudy study = new HighlightStudy(read.patientCase(), read.sequence(), model);
    String evidence = id(read, modality);
    place(
        key + ", " + modality.wireName(),
        row(
            study,
            index(model, key),
            modality,
            evidence,
            row.get("patient_id"),
            new PlaceScore(study.tokens(), evidence, boxes)));
  }

  private static List<CSVRecord> table(Path file) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return format.parse((Reader) reader).getRecords();
    }
  }

  private void place(String group, Row row) {
    places.computeIfAbsent(group, ignored -> new ArrayList<>()).add(row);
  }

  private static String id(StudyCase read, Modality modality) {
    return read.patientCase().of(modality).stream()
        .findFirst()
        .map(Evidence::id)
        .orElseThrow(() -> new IllegalStateException("A phantom has no " + modality.wireName()));
  }

  private static int index(OmniModel model, String key) {
    return IntStream.range(0, model.findings().size())
        .filter(i -> model.findings().get(i).key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The model does not know " + key));
  }

  private BenchReport report(OmniModel model) {
    List<Figure> figures = new ArrayList<>();
    Map<String, String> workload = new TreeMap<>();
    List<Goal> goals = new ArrayList<>();
    places.forEach(
        (group, rows) -> {
          workload.put("n, " + group, String.valueOf(rows.size()));
          for (String method : List.of(ATTENTION, OCCLUSION, GRADIENTS, CENTRE, CHANCE)) {
            figures.add(
                figure(
                    group + ": pointing game, " + method,
                    rows.stream().map(Row::patient).toList(),
                    rows.stream().mapToDouble(row -> score(row, method).hit()).toArray()));
            figures.add(
                figure(
                    group + ": overlap, " + method,
                    rows.stream().map(Row::patient).toList(),
                    rows.stream().mapToDouble(row -> score(row, method).overlap()).toArray()));
          }
        });
    List<Trust> all = trust.values().stream().flatMap(List::stream).toList();
    trust.forEach((finding, each) -> figures.addAll(trusted(finding, each)));
    figures.addAll(trusted("all phantoms", all));
    goals.add(new Goal("random maps not trusted", VETOED, share(all, each -> !each.random())));
    goals.add(new Goal("true maps trusted", TRUSTED, share(all, Trust::truth)));
    workload.put(
        "phantoms",
        "%d cases of the test world, seed %d; findings that are there and were found"
            .formatted(drawn, WORLD));
    workload.put("real rows", "all of them, whether the model finds anything or not");
    workload.put(
        "the middle and chance", "boxes as large as the first known place, which no map is told");
    workload.put("unit", "shares from 0 to 1 with 95 % intervals, bootstrapped by patient");
    return new BenchReport(
        "highlights",
        Map.of("model", model.card().version() + " " + model.card().sha256().orElse("")),
        workload,
        figures,
        goals,
        missing);
  }

  private static List<Figure> trusted(String what, List<Trust> each) {
    List<String> patients = each.stream().map(Trust::patient).toList();
    return List.of(
        figure(
            what + ": random maps trusted",
            patients,
            each.stream().mapToDouble(one -> one.random() ? 1 : 0).toArray()),
        figure(
            what + ": true maps trusted",
            patients,
            each.stream().mapToDouble(one -> one.truth() ? 1 : 0).toArray()),
        figure(
            what + ": the model's maps trusted",
            patients,
            each.stream().mapToDouble(one -> one.own() ? 1 : 0).toArray()));
  }

  private static Score score(Row row, String method) {
    Score score = row.scores().get(method);
    if (score == null) {
      throw new IllegalStateException("Not measured: " + method);
    }
    return score;
  }

  private static double share(List<Trust> all, java.util.function.Predicate<Trust> is) {
    return all.isEmpty() ? 0 : (double) all.stream().filter(is).count() / all.size();
  }

  private static Figure figure(String name, List<String> patients, double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    ClusterBootstrap bootstrap = new ClusterBootstrap(patients, 1);
    Spread spread =
        bootstrap
            .interval(weights -> mean(values, weights))
            .map(interval -> new Spread(mean, interval.low(), interval.high()))
            .orElse(new Spread(mean, 0, 1));
    return new Figure(name, "share", spread, null);
  }

  private static double mean(double[] values, int[] weights) {
    double sum = 0;
    double n = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] * values[i];
      n += weights[i];
    }
    return n > 0 ? sum / n : Double.NaN;
  }
}
