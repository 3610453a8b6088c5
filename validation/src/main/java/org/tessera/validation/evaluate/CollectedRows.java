package org.tessera.validation.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tessera.omni.train.LabelledRow;

/** What is kept of the rows while they stream through. For one thread. */
final class CollectedRows {
  private final List<PreparedRow> training = new ArrayList<>();
  private final List<AnsweredRow> scored = new ArrayList<>();
  private final Map<String, Integer> refused = new TreeMap<>();
  private int seen;

  /** Rows that teach baselines. */
  List<PreparedRow> training() {
    return training;
  }

  /** Rows with the model's answers. */
  List<AnsweredRow> scored() {
    return scored;
  }

  /** Why rows were not scored, with how many. */
  Map<String, Integer> refused() {
    return refused;
  }

  int seen() {
    return seen;
  }

  void see(int rows) {
    seen += rows;
  }

  void refuse(LabelledRow row, String reason) {
    refused.merge(row.set() + ": " + reason, 1, Integer::sum);
  }

  /** Rows scored, by data set. */
  Map<String, Integer> rowsBySet() {
    Map<String, Integer> counts = new TreeMap<>();
    scored.forEach(each -> counts.merge(each.row().row().set(), 1, Integer::sum));
    return counts;
  }
}
