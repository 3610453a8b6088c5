package org.tessera.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInput;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.explain.IdentityCheck;
import org.tessera.omni.model.Latents;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.search.LatentIndex;
import org.tessera.omni.search.SimilarEvidence;
import org.tessera.omni.signal.NoteDecoder;

/**
 * Similar evidence of an index, of any modality.
 *
 * @param query modalities that were searched by
 * @param searched vectors of the index
 * @param hits nearest first
 */
public record SimilarCases(Set<Modality> query, int searched, List<SimilarEvidence> hits) {
  /** Most hits that are given at once. */
  public static final int MOST = LatentIndex.MOST;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public SimilarCases {
    query = Set.copyOf(query);
    hits = List.copyOf(hits);
  }

  /**
   * What to look for.
   *
   * @param files files to search by; none if there are words
   * @param words words to search by, read like a note
   * @param modality finds only this modality
   * @param count how many at most, 1 to {@link #MOST}
   */
  public record Request(
      Optional<CaseRequest> files,
      Optional<String> words,
      Optional<Modality> modality,
      int count) {}

  /**
   * Searches. Several modalities together are the normalized mean of their vectors.
   *
   * @param index the index's folder
   * @throws RejectedInputException if an input cannot be used, the index is none or of another
   *     model, or the model has no shared space
   */
  public static SimilarCases find(ModelSource source, Path index, Request request)
      throws IOException, RejectedInputException {
    PatientCase asked = asked(request);
    try (LatentIndex opened = LatentIndex.open(index);
        OmniModel model = source.open()) {
      if (!opened.model().equals(SharedSpace.hash(model))) {
        throw new RejectedInputException(
            "The index was made with another model; make it again with this one.");
      }
      SequencedCase sequenced =
          SequencedCase.of(new AssembledCase(asked, Map.of(), Optional.empty()));
      refuse(sequenced.patientCase().rejected());
      Map<Modality, float[]> vectors = SharedSpace.vectors(model, sequenced.sequence());
      if (vectors.isEmpty()) {
        throw new RejectedInputException("The inputs hold nothing that can be searched by.");
      }
      return new SimilarCases(
          vectors.keySet(),
          opened.size(),
          opened.search(mean(vectors.values()), request.count(), request.modality()));
    }
  }

  private static PatientCase asked(Request request) throws RejectedInputException {
    List<Evidence> evidence = new ArrayList<>();
    if (request.files().isPresent()) {
      AssembledCase assembled = CaseAssembly.assemble(request.files().get(), Decoders.all());
      PatientCase files = assembled.patientCase();
      refuse(files.rejected());
      requireOnePatient(assembled);
      evidence.addAll(files.evidence());
    }
    if (request.words().isPresent()) {
      String text = NoteDecoder.text(request.words().get().getBytes(StandardCharsets.UTF_8));
      EvidenceOrigin origin =
          new EvidenceOrigin(
              "words",
              "words",
              "text/plain",
              "",
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      evidence.add(new NoteEvidence(origin, () -> text));
    }
    return new PatientCase("query", Optional.empty(), evidence, List.of(), false);
  }

  /** What several patients show together is a case that nobody has. */
  private static void requireOnePatient(AssembledCase assembled) throws RejectedInputException {
    Check identity =
        assembled.conflict().orElseGet(() -> IdentityCheck.judge(assembled.patientCase()));
    if (identity.verdict() == Check.Verdict.FAIL) {
      throw new RejectedInputException(identity.reason());
    }
  }

  /** Half a question would be answered as if it were the whole one. */
  private static void refuse(List<RejectedInput> rejected) throws RejectedInputException {
    if (!rejected.isEmpty()) {
      throw new RejectedInputException(rejected.getFirst().reason());
    }
  }

  private static float[] mean(Collection<float[]> vectors) {
    float[] sum = new float[LatentIndex.SIZE];
    for (float[] vector : vectors) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    return Latents.normalized(sum);
  }

  /** A table for people. */
  public String table() {
    StringBuilder text =
        new StringBuilder("%4s  %6s  %-8s  %s%n".formatted("", "cosine", "modality", "case"));
    for (int i = 0; i < hits.size(); i++) {
      SimilarEvidence hit = hits.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "%4d  %6.3f  %-8s  %s/%s%s%n",
              i + 1,
              hit.similarity(),
              hit.entry().modality().wireName(),
              hit.entry().set(),
              hit.entry().caseId(),
              labels(hit.entry().labels())));
    }
    return text.toString().stripTrailing();
  }

  private static String labels(Map<String, String> labels) {
    List<String> words =
        new TreeMap<>(labels)
            .entrySet().stream()
                .map(each -> (each.getValue().equals("true") ? "" : "no ") + each.getKey())
                .toList();
    return words.isEmpty() ? "" : "  (" + String.join(", ", words) + ")";
  }

  /** As JSON text, without a newline at its end. */
  public String json() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode asked = root.putArray("query");
    query.stream().sorted().forEach(each -> asked.add(each.wireName()));
    root.put("searched", searched);
    ArrayNode list = root.putArray("hits");
    for (SimilarEvidence hit : hits) {
      ObjectNode node = list.addObject().put("similarity", hit.similarity());
      node.put("case", hit.entry().caseId()).put("set", hit.entry().set());
      node.put("split", hit.entry().split());
      node.put("modality", hit.entry().modality().wireName());
      ObjectNode labels = node.putObject("labels");
      new TreeMap<>(hit.entry().labels()).forEach(labels::put);
    }
    return JSON.writeValueAsString(root);
  }
}
