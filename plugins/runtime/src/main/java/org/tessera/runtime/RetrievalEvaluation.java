package org.tessera.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.train.LabelledRow;
import org.tessera.omni.train.ShownFacts;
import org.tessera.validation.evaluate.RetrievalRow;
import org.tessera.validation.evaluate.RetrievalScore;
import org.tessera.validation.evaluate.RetrievalStudy;
import org.tessera.validation.evaluate.RowReader;

/** Recall at ten of the search for similar cases on labelled data. */
public final class RetrievalEvaluation {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private RetrievalEvaluation() {}

  /**
   * Scores a split and writes the figures as JSON.
   *
   * @param data a folder of data sets, or one data set
   * @return the figures as a table, in Markdown
   * @throws RejectedInputException if there are no such rows, or the model has no shared space
   */
  public static String run(
      ModelSource source, Path data, String split, Path out, WorkListener listener)
      throws IOException, RejectedInputException {
    List<LabelledRow> rows = LabelledFolders.rows(data, split);
    List<RetrievalRow> read = new ArrayList<>();
    String model;
    try (OmniModel opened = source.open()) {
      model = SharedSpace.hash(opened);
      RowReader reader = new RowReader(Decoders.all(), FileContent::of);
      for (int i = 0; i < rows.size(); i++) {
        listener.at("latents", i, rows.size());
        LabelledRow row = rows.get(i);
        Optional<Map<Modality, float[]>> vectors = LatentIndexing.vectors(opened, reader, row);
        if (vectors.isPresent()) {
          read.add(
              new RetrievalRow(row.set(), row.patient(), vectors.get(), ShownFacts.of(row)));
        }
      }
    }
    List<RetrievalScore> scores = RetrievalStudy.of(read);
    Path parent = out.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(out, json(scores, model, split) + "\n");
    return table(scores);
  }

  private static String table(List<RetrievalScore> scores) {
    StringBuilder text =
        new StringBuilder(
            "| set | query | finds | queries | of | recall@10 | chance | own case |\n"
                + "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (RetrievalScore each : scores) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %d | %d | %s | %.2f | %s |\n",
              each.set(),
              words(each),
              each.gallery().wireName(),
              each.queries(),
              each.searched(),
              each.recall().text(),
              each.chance(),
              Double.isNaN(each.ownCase())
                  ? "-"
                  : String.format(Locale.ROOT, "%.2f", each.ownCase())));
    }
    scores.stream()
        .filter(RetrievalScore::across)
        .mapToDouble(each -> each.recall().value())
        .average()
        .ifPresent(
            mean ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "\nmean recall@10 across modalities (phantoms only): %.3f\n",
                        mean)));
    return text.toString().stripTrailing();
  }

  private static String words(RetrievalScore score) {
    return String.join(" + ", score.query().stream().map(Modality::wireName).toList());
  }

  private static String json(List<RetrievalScore> scores, String model, String split)
      throws IOException {
    ObjectNode root = JSON.createObjectNode().put("model", model).put("split", split);
    root.put("at", RetrievalStudy.AT);
    ArrayNode list = root.putArray("scores");
    for (RetrievalScore each : scores) {
      ObjectNode node = list.addObject().put("set", each.set());
      ArrayNode query = node.putArray("query");
      each.query().forEach(modality -> query.add(modality.wireName()));
      node.put("finds", each.gallery().wireName());
      node.put("queries", each.queries()).put("searched", each.searched());
      node.put("recall", each.recall().value());
      each.recall().interval().ifPresent(bounds -> node.set("interval", JSON.valueToTree(bounds)));
      node.put("chance", each.chance());
      if (Double.isNaN(each.ownCase())) {
        node.putNull("ownCase");
      } else {
        node.put("ownCase", each.ownCase());
      }
    }
    return JSON.writeValueAsString(root);
  }
}
