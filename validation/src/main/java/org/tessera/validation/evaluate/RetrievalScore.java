package org.tessera.validation.evaluate;

import java.util.List;
import org.tessera.casemodel.Modality;

/**
 * How well one kind of query finds one modality.
 *
 * @param set data set
 * @param query what is searched by; of several modalities, the normalized mean of their vectors
 * @param gallery what is searched
 * @param queries number of queries that count
 * @param searched pieces of evidence that are searched
 * @param recall mean recall at ten, with its interval by patient
 * @param chance what a random order would reach
 * @param ownCase share of queries with their own case among the first ten; NaN within a modality
 */
public record RetrievalScore(
    String set,
    List<Modality> query,
    Modality gallery,
    int queries,
    int searched,
    Estimate recall,
    double chance,
    double ownCase) {
  public RetrievalScore {
    query = List.copyOf(query);
  }

  /** True if a modality finds another one. */
  public boolean across() {
    return !query.contains(gallery);
  }
}
