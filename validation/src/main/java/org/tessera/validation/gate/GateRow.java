package org.tessera.validation.gate;

import java.util.List;
import java.util.Map;
import org.tessera.validation.gate.GateStudy.Fault;
import org.tessera.validation.gate.PlantedSentences.Kind;
import org.tessera.validation.gate.PlantedSentences.Tally;

/**
 * What became of one labelled case.
 *
 * @param row data set and row
 * @param intact what the intact model made of each labelled finding
 * @param planted what became of the faults that could be planted
 * @param sentences what became of sentences about the findings of the intact model
 */
public record GateRow(
    String row,
    List<GateCase> intact,
    Map<Fault, GateCase> planted,
    Map<Kind, Tally> sentences) {
  public GateRow {
    intact = List.copyOf(intact);
    planted = Map.copyOf(planted);
    sentences = Map.copyOf(sentences);
  }
}
