package org.tessera.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.Architecture;
import org.tessera.omni.model.EmbeddedModel;
import org.tessera.omni.model.ExpertUse;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.ModelConfig;
import org.tessera.omni.model.Pass;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.model.ShippedCard;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.token.TokenSequence;
import org.tessera.omni.train.LabelledRow;
import org.tessera.omni.train.Trainer;
import org.tessera.omni.train.TrainingListener;
import org.tessera.omni.train.TrainingPlan;
import org.tessera.omni.train.ValidationPart;
import org.tessera.validation.evaluate.RowReader;
import org.tessera.validation.evaluate.VariantComparison;

/**
 * The four architectures trained alike: the stems once, then each variant from these stems with the
 * same seed on the same data in the same order; compared on rows that neither taught nor stopped.
 */
public final class Ablation {
  private static final String VALIDATION = "val";

  private final TrainingPlan plan;
  private final Path out;
  private final WorkListener listener;
  private final Consumer<String> lines;

  /**
   * Prepares it.
   *
   * @param plan stages before the joint one train the common start
   * @param out gets a folder for each training, {@code ablation.json} and {@code ablation.md}
   * @param listener told how far it is
   * @param lines told a line of metrics per epoch
   */
  Ablation(TrainingPlan plan, Path out, WorkListener listener, Consumer<String> lines) {
    this.plan = plan;
    this.out = out;
    this.listener = listener;
    this.lines = lines;
  }

  /**
   * Trains and compares.
   *
   * @param data folders of data sets, or single data sets
   * @param epochs of the joint stage, if not the shipped plan's
   * @param split whose rows are compared; of {@code val} those that stopping does not use
   * @param resume true to go on from what is in {@code out}
   * @return the table, in Markdown
   * @throws RejectedInputException if there are no labelled data of the split
   */
  public static String run(
      List<Path> data,
      Path out,
      OptionalInt epochs,
      String split,
      boolean resume,
      WorkListener listener,
      Consumer<String> lines)
      throws IOException, RejectedInputException {
    TrainingPlan shipped = TrainingPlan.shipped();
    List<TrainingPlan.Stage> stages =
        shipped.stages().stream()
            .map(
                each ->
                    each.kind() == TrainingPlan.Kind.JOINT && epochs.isPresent()
                        ? new TrainingPlan.Stage(each.kind(), epochs.getAsInt(), each.rate())
                        : each)
            .toList();
    TrainingPlan plan =
        new TrainingPlan(
            shipped.config(), shipped.seed(), stages, shipped.batch(), shipped.threads());
    return new Ablation(plan, out, listener, lines)
        .run(LabelledFolders.rows(data), split, resume);
  }

  /** Trains and compares; rows as they were read. */
  String run(List<LabelledRow> rows, String split, boolean resume)
      throws IOException, RejectedInputException {
    List<LabelledRow> asked = rows.stream().filter(row -> isAsked(row, split)).toList();
    if (asked.isEmpty()) {
      throw new RejectedInputException("The data have no rows of the split \"" + split + "\".");
    }
    Map<String, Tensor> stems =
        trainer(Architecture.MOE_MOT, "stems", each -> each != TrainingPlan.Kind.JOINT, Map.of())
            .train(rows, resume);
    Map<Architecture, EmbeddedModel> models = new EnumMap<>(Architecture.class);
    try {
      for (Architecture architecture : Architecture.values()) {
        Map<String, Tensor> weights =
            trainer(
                    architecture,
                    AblationReport.folder(architecture),
                    each -> each == TrainingPlan.Kind.JOINT,
                    stems)
                .train(rows, resume);
        models.put(
            architecture,
            new EmbeddedModel(
                ShippedCard.unmeasured(
                    "ablation", plan.config().with(architecture), weights, List.of())));
      }
      return compared(models, asked, split);
    } finally {
      models.values().forEach(EmbeddedModel::close);
    }
  }

  private static boolean isAsked(LabelledRow row, String split) {
    return row.split().equals(split)
        && !row.labels().isEmpty()
        && (!split.equals(VALIDATION)
            || ValidationPart.of(row.patient()) != ValidationPart.STOPPING);
  }

  private Trainer trainer(
      Architecture architecture,
      String folder,
      Predicate<TrainingPlan.Kind> wanted,
      Map<String, Tensor> start) {
    ModelConfig config = plan.config().with(architecture);
    List<TrainingPlan.Stage> stages =
        plan.stages().stream().filter(each -> wanted.test(each.kind())).toList();
    TrainingListener told =
        new ModelTraining.Told(
            (what, done, total) -> listener.at(folder + ": " + what, done, total),
            line -> lines.accept(folder + " " + line));
    return new Trainer(
        new TrainingPlan(config, plan.seed(), stages, plan.batch(), plan.threads()),
        out.resolve(folder),
        new LabelledFiles(),
        told,
        start);
  }

  private String compared(
      Map<Architecture, EmbeddedModel> models, List<LabelledRow> asked, String split)
      throws IOException {
    VariantComparison comparison = new VariantComparison();
    Map<Architecture, ExpertUse> use = new EnumMap<>(Architecture.class);
    models.keySet().forEach(each -> use.put(each, new ExpertUse(plan.config().with(each))));
    RowReader reader = new RowReader(Decoders.all(), FileContent::of);
    int refused = 0;
    for (int i = 0; i < asked.size(); i++) {
      LabelledRow row = asked.get(i);
      listener.at("comparing", i + 1L, asked.size());
      try {
        TokenSequence sequence = SequenceBuilder.build(reader.read(row).patientCase());
        answer(row, sequence, models, comparison, use);
      } catch (RejectedInputException e) {
        refused++;
      }
    }
    Map<Architecture, Double> stepSeconds = new EnumMap<>(Architecture.class);
    for (Architecture each : models.keySet()) {
      stepSeconds.put(each, stepSeconds(out.resolve(AblationReport.folder(each))));
    }
    AblationReport report =
        new AblationReport(
            plan.config(), split, refused, comparison.rows(), Map.copyOf(stepSeconds),
            Map.copyOf(use));
    Files.writeString(out.resolve("ablation.json"), report.json() + "\n");
    String table = report.markdown();
    Files.writeString(out.resolve("ablation.md"), table);
    return table;
  }

  private static void answer(
      LabelledRow row,
      TokenSequence sequence,
      Map<Architecture, EmbeddedModel> models,
      VariantComparison comparison,
      Map<Architecture, ExpertUse> use) {
    Map<Architecture, float[]> logits = new EnumMap<>(Architecture.class);
    models.forEach(
        (architecture, model) -> {
          List<Pass> pass = List.of(Pass.whole(model.encode(sequence)));
          logits.put(architecture, model.logits(pass)[0]);
          use.computeIfPresent(
              architecture,
              (same, counted) -> {
                counted.add(model.expertUse(pass));
                return counted;
              });
        });
    List<FindingProfile> findings = models.values().iterator().next().findings();
    for (int f = 0; f < findings.size(); f++) {
      Boolean label = row.labels().get(findings.get(f).key());
      if (label != null && row.files().keySet().containsAll(findings.get(f).decidedBy())) {
        Map<Architecture, Double> own = new EnumMap<>(Architecture.class);
        for (Map.Entry<Architecture, float[]> each : logits.entrySet()) {
          own.put(each.getKey(), (double) each.getValue()[f]);
        }
        comparison.add(
            findings.get(f).key(), row.set() + "/" + row.patient(), label, own);
      }
    }
  }

  /** Mean of the epochs. */
  private static double stepSeconds(Path folder) throws IOException {
    List<Double> seconds = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
      JsonNode node = json.readTree(line);
      seconds.add(node.path("stepSeconds").asDouble());
    }
    return seconds.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
