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
import org.tessera.omni.model.Pass;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.model.ShippedCard;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.token.TokenSequence;
import org.tessera.omni.train.LabelledRow;
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

  private final VariantTraining training;
  private final TrainingPlan plan;

  /** Of a plan whose stages before the joint one train the common start. */
  Ablation(VariantTraining training) {
    this.training = training;
    this.plan = training.plan();
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
        new TrainingPlan(shipped.config(), shipped.seed(), stages, shipped.batch());
    return new Ablation(new VariantTraining(plan, out, listener, lines))
        .run(LabelledFolders.rows(data), split, resume);
  }

  /** Trains and compares; rows as they were read. */
  String run(List<LabelledRow> rows, String split, boolean resume)
      throws IOException, RejectedInputException {
    List<LabelledRow> asked = asked(rows, split);
    Map<String, Tensor> stems =
        training.trained(
            "stems",
            plan.config().with(Architecture.MOE_MOT),
            stages(each -> each != TrainingPlan.Kind.JOINT),
            Map.of(),
            rows,
            resume);
    Map<Architecture, EmbeddedModel> models = new EnumMap<>(Architecture.class);
    try {
      for (Architecture architecture : Architecture.values()) {
        Map<String, Tensor> weights =
            training.trained(
                AblationReport.folder(architecture),
                plan.config().with(architecture),
                stages(each -> each == TrainingPlan.Kind.JOINT),
                stems,
                rows,
                resume);
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

  /**
   * Labelled rows of a split; of {@code val} those that stopping does not use.
   *
   * @throws RejectedInputException if there are none
   */
  static List<LabelledRow> asked(List<LabelledRow> rows, String split)
      throws RejectedInputException {
    List<LabelledRow> asked =
        rows.stream()
            .filter(row -> row.split().equals(split) && !row.labels().isEmpty())
            .filter(
                row ->
                    !split.equals(VALIDATION)
                        || ValidationPart.of(row.patient()) != ValidationPart.STOPPING)
            .toList();
    if (asked.isEmpty()) {
      throw new RejectedInputException("The data have no rows of the split \"" + split + "\".");
    }
    return asked;
  }

  private List<TrainingPlan.Stage> stages(Predicate<TrainingPlan.Kind> wanted) {
    return plan.stages().stream().filter(each -> wanted.test(each.kind())).toList();
  }

  private String compared(
      Map<Architecture, EmbeddedModel> models, List<LabelledRow> asked, String split)
      throws IOException {
    VariantComparison<Architecture> comparison =
        new VariantComparison<>(Architecture.DENSE);
    Map<Architecture, ExpertUse> use = new EnumMap<>(Architecture.class);
    models.keySet().forEach(each -> use.put(each, new ExpertUse(plan.config().with(each))));
    RowReader reader = new RowReader(Decoders.all(), FileContent::of);
    int refused = 0;
    for (int i = 0; i < asked.size(); i++) {
      LabelledRow row = asked.get(i);
      training.listener().at("comparing", i + 1L, asked.size());
      try {
        TokenSequence sequence = SequenceBuilder.build(reader.read(row).patientCase());
        answer(row, sequence, models, comparison, use);
      } catch (RejectedInputException e) {
        refused++;
      }
    }
    Map<Architecture, Double> stepSeconds = new EnumMap<>(Architecture.class);
    for (Architecture each : models.keySet()) {
      stepSeconds.put(each, stepSeconds(training.out().resolve(AblationReport.folder(each))));
    }
    AblationReport report =
        new AblationReport(
            plan.config(), split, refused, comparison.rows(), Map.copyOf(stepSeconds),
            Map.copyOf(use));
    Files.writeString(training.out().resolve("ablation.json"), report.json() + "\n");
    String table = report.markdown();
    Files.writeString(training.out().resolve("ablation.md"), table);
    return table;
  }

  private static void answer(
      LabelledRow row,
      TokenSequence sequence,
      Map<Architecture, EmbeddedModel> models,
      VariantComparison<Architecture> comparison,
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

  /** Mean step of the fastest epoch: other work on the machine only ever makes one slower. */
  private static double stepSeconds(Path folder) throws IOException {
    List<Double> seconds = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
      JsonNode node = json.readTree(line);
      seconds.add(node.path("stepSeconds").asDouble());
    }
    return seconds.stream().mapToDouble(Double::doubleValue).min().orElse(0);
  }
}
