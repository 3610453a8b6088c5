package org.tessera.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.FindingCatalog;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.model.TrainableModel;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.train.LabelledRow;
import org.tessera.omni.train.TrainingPlan;
import org.tessera.validation.evaluate.RowReader;
import org.tessera.validation.evaluate.VariantComparison;

/**
 * The stems trained twice from the same random weights on the same data: with labels only, and
 * after as many epochs of learning without labels to say what hidden parts hold. The order of the
 * rows is another, since it follows the number of the epoch. Compared by their own heads on rows
 * that neither taught nor stopped.
 */
public final class StemAblation {
  private final VariantTraining training;

  /** How the stems start. */
  private enum Start {
    RANDOM,
    MASKED;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of a plan whose stages of stems are compared. */
  StemAblation(VariantTraining training) {
    this.training = training;
  }

  /**
   * Trains and compares, by the plan of the shipped model.
   *
   * @param data folders of data sets, or single data sets
   * @param split whose rows are compared; of {@code val} those that stopping does not use
   * @param resume true to go on from what is in {@code out}
   * @return the table, in Markdown
   * @throws RejectedInputException if there are no labelled data of the split
   */
  public static String run(
      List<Path> data,
      Path out,
      String split,
      boolean resume,
      WorkListener listener,
      Consumer<String> lines)
      throws IOException, RejectedInputException {
    return new StemAblation(
            new VariantTraining(TrainingPlan.shipped(), out, listener, lines))
        .run(LabelledFolders.rows(data), split, resume);
  }

  /** Trains and compares; rows as they were read. */
  String run(List<LabelledRow> rows, String split, boolean resume)
      throws IOException, RejectedInputException {
    List<LabelledRow> asked = Ablation.asked(rows, split);
    Map<Start, TrainableModel> models = new EnumMap<>(Start.class);
    try {
      for (Start start : Start.values()) {
        Map<String, Tensor> weights =
            training.trained(
                start.key(),
                training.plan().config(),
                stages(start),
                Map.of(),
                rows,
                resume);
        models.put(start, new TrainableModel(training.plan().config(), weights, 0));
      }
      return compared(models, asked, split);
    } finally {
      models.values().forEach(TrainableModel::close);
    }
  }

  private List<TrainingPlan.Stage> stages(Start start) {
    List<TrainingPlan.Stage> stages = new ArrayList<>();
    for (TrainingPlan.Stage stage : training.plan().stages()) {
      if (stage.kind() != TrainingPlan.Kind.JOINT) {
        if (start == Start.MASKED) {
          stages.add(new TrainingPlan.Stage(masked(stage.kind()), stage.epochs(), stage.rate()));
        }
        stages.add(stage);
      }
    }
    return stages;
  }

  private static TrainingPlan.Kind masked(TrainingPlan.Kind kind) {
    return switch (kind) {
      case IMAGE_STEM -> TrainingPlan.Kind.IMAGE_MASKED;
      case SLIDE_STEM -> TrainingPlan.Kind.SLIDE_MASKED;
      case AUDIO_STEM -> TrainingPlan.Kind.AUDIO_MASKED;
      case IMAGE_MASKED, SLIDE_MASKED, AUDIO_MASKED, JOINT ->
          throw new IllegalArgumentException("Not a stage of a stem: " + kind);
    };
  }

  private String compared(
      Map<Start, TrainableModel> models, List<LabelledRow> asked, String split)
      throws IOException {
    VariantComparison<Start> comparison = new VariantComparison<>(Start.RANDOM);
    RowReader reader = new RowReader(Decoders.all(), FileContent::of);
    int refused = 0;
    for (int i = 0; i < asked.size(); i++) {
      training.listener().at("comparing", i + 1L, asked.size());
      try {
        answer(asked.get(i), reader, models, comparison);
      } catch (RejectedInputException e) {
        refused++;
      }
    }
    VariantTable<Start> table =
        new VariantTable<>(comparison.rows(), Start.RANDOM, Start::key);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("split", split).put("refused", refused).set("findings", table.json());
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(training.out().resolve("stems.json"), json.writeValueAsString(root) + "\n");
    Files.writeString(training.out().resolve("stems.md"), table.markdown());
    return table.markdown();
  }

  /** Asks each stem's head what its modality alone decides. */
  private static void answer(
      LabelledRow row,
      RowReader reader,
      Map<Start, TrainableModel> models,
      VariantComparison<Start> comparison)
      throws IOException, RejectedInputException {
    for (Segment segment :
        SequenceBuilder.build(reader.read(row).patientCase()).segments()) {
      Modality modality = segment.modality();
      if (modality != Modality.IMAGE
          && modality != Modality.SLIDE
          && modality != Modality.AUDIO) {
        continue;
      }
      Map<Start, float[]> logits = new EnumMap<>(Start.class);
      models.forEach(
          (start, model) ->
              logits.put(start, model.headLogits(modality, List.of(segment))[0]));
      List<FindingCatalog.Entry> findings = FindingCatalog.entries();
      for (int f = 0; f < findings.size(); f++) {
        FindingProfile profile = findings.get(f).profile();
        Boolean label = row.labels().get(profile.key());
        if (label != null && profile.decidedBy().equals(Set.of(modality))) {
          Map<Start, Double> own = new EnumMap<>(Start.class);
          for (Map.Entry<Start, float[]> each : logits.entrySet()) {
            own.put(each.getKey(), (double) each.getValue()[f]);
          }
          comparison.add(profile.key(), row.set() + "/" + row.patient(), label, own);
        }
      }
    }
  }
}
