package org.tessera.validation.gate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tessera.validation.gate.GateStudy.Fault;

/**
 * What became of one labelled case.
 *
 * @param row data set and row
 * @param intact what the intact model made of each labelled finding
 * @param planted what became of the faults that could be planted
 */
public record GateRow(String row, List<GateCase> intact, Map<Fault, GateCase> planted) {
  public GateRow {
    intact = List.copyOf(intact);
    planted = new EnumMap<>(planted.isEmpty() ? new EnumMap<>(Fault.class) : planted);
  }
}
