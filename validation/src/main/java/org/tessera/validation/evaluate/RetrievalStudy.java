package org.tessera.validation.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Shown;
import org.tessera.omni.model.Shown.Relation;
import org.tessera.validation.metrics.ClusterBootstrap;

/**
 * Recall at ten of the search for similar cases, within one data set, by exhaustive search.
 *
 * <p>A piece of evidence is relevant to a query if it agrees with it in all that both show ({@link
 * Relation#ALIKE}); what differs, or shows nothing in common, is not. Recall at ten of a query is
 * the number of relevant pieces among the ten nearest, divided by ten or by the number of relevant
 * ones if that is smaller. Within a modality the query itself is left out; across modalities the
 * query's own case is searched with the rest. Queries to which nothing, or everything, is relevant
 * do not count. Chance is the mean recall of a random order.
 */
public final class RetrievalStudy {
  /** Hits that are looked at. */
  public static final int AT = 10;

  private static final long SEED = 20_261_124;

  private final List<RetrievalRow> rows;

  private RetrievalStudy(List<RetrievalRow> rows) {
    this.rows = rows;
  }

  /**
   * Scores every modality against every modality, and image with note against the others.
   *
   * @param rows of any number of sets
   * @return only those of which some query counts; sets in the order of their names
   */
  public static List<RetrievalScore> of(List<RetrievalRow> rows) {
    List<RetrievalScore> scores = new ArrayList<>();
    for (String set : new TreeSet<>(rows.stream().map(RetrievalRow::set).toList())) {
      RetrievalStudy study =
          new RetrievalStudy(rows.stream().filter(each -> each.set().equals(set)).toList());
      for (List<Modality> query : queries()) {
        for (Modality gallery : Modality.values()) {
          if (query.size() == 1 || !query.contains(gallery)) {
            study.score(query, gallery).ifPresent(scores::add);
          }
        }
      }
    }
    return scores;
  }

  private static List<List<Modality>> queries() {
    List<List<Modality>> queries = new ArrayList<>();
    for (Modality modality : Modality.values()) {
      queries.add(List.of(modality));
    }
    queries.add(List.of(Modality.IMAGE, Modality.NOTE));
    return queries;
  }

  /** What one query found. */
  private record Found(String patient, double recall, double chance, boolean own) {}

  private Optional<RetrievalScore> score(List<Modality> query, Modality gallery) {
    List<RetrievalRow> searched =
        rows.stream().filter(each -> each.vectors().containsKey(gallery)).toList();
    List<Found> found = new ArrayList<>();
    for (RetrievalRow row : rows) {
      if (row.vectors().keySet().containsAll(query)) {
        found(row, query, searched, gallery).ifPresent(found::add);
      }
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    double own =
        query.contains(gallery)
            ? Double.NaN
            : found.stream().mapToDouble(each -> each.own() ? 1 : 0).average().orElseThrow();
    return Optional.of(
        new RetrievalScore(
            rows.getFirst().set(),
            query,
            gallery,
            found.size(),
            searched.size(),
            recall(found),
            found.stream().mapToDouble(Found::chance).average().orElseThrow(),
            own));
  }

  private static Estimate recall(List<Found> found) {
    ClusterBootstrap bootstrap =
        new ClusterBootstrap(found.stream().map(Found::patient).toList(), SEED);
    return new Estimate(
        found.stream().mapToDouble(Found::recall).average().orElseThrow(),
        bootstrap.interval(weights -> mean(found, weights)));
  }

  private static double mean(List<Found> found, int[] weights) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * found.get(i).recall();
      all += weights[i];
    }
    return sum / all;
  }

  private static Optional<Found> found(
      RetrievalRow row, List<Modality> query, List<RetrievalRow> searched, Modality gallery) {
    float[] vector = joined(query.stream().map(each -> of(row.vectors(), each)).toList());
    Shown shown = joined(row, query);
    List<RetrievalRow> others =
        query.contains(gallery)
            ? searched.stream().filter(each -> each != row).toList()
            : searched;
    boolean[] relevant = new boolean[others.size()];
    double[] cosines = new double[others.size()];
    int all = 0;
    for (int i = 0; i < relevant.length; i++) {
      RetrievalRow other = others.get(i);
      relevant[i] =
          shown.to(other.shown().getOrDefault(gallery, Shown.NOTHING)) == Relation.ALIKE;
      cosines[i] = cosine(vector, of(other.vectors(), gallery));
      all += relevant[i] ? 1 : 0;
    }
    if (all == 0 || all == others.size()) {
      return Optional.empty();
    }
    List<Integer> nearest =
        IntStream.range(0, others.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -cosines[i]))
            .limit(AT)
            .toList();
    double hits = nearest.stream().filter(i -> relevant[i]).count();
    boolean own = nearest.stream().anyMatch(i -> others.get(i) == row);
    double most = Math.min(AT, all);
    double chance = (double) nearest.size() * all / others.size() / most;
    return Optional.of(new Found(row.patient(), hits / most, chance, own));
  }

  private static <T> T of(Map<Modality, T> map, Modality modality) {
    T value = map.get(modality);
    if (value == null) {
      throw new IllegalArgumentException("The case has no " + modality.wireName());
    }
    return value;
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static float[] joined(List<float[]> vectors) {
    float[] sum = new float[vectors.getFirst().length];
    for (float[] vector : vectors) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    return sum;
  }

  /** What several modalities show together; where they contradict each other, nothing. */
  private static Shown joined(RetrievalRow row, List<Modality> query) {
    Map<String, String> facts = new HashMap<>();
    Set<String> contradicted = new HashSet<>();
    String source = "";
    for (Modality modality : query) {
      Shown shown = row.shown().getOrDefault(modality, Shown.NOTHING);
      source = shown.source();
      shown
          .facts()
          .forEach(
              (name, value) -> {
                String said = facts.putIfAbsent(name, value);
                if (said != null && !said.equals(value)) {
                  contradicted.add(name);
                }
              });
    }
    contradicted.forEach(facts::remove);
    return new Shown(source, facts);
  }
}
