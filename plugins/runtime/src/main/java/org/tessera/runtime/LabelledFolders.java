package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.train.LabelledData;
import org.tessera.omni.train.LabelledRow;

/** Rows of labelled data as a command names them. */
final class LabelledFolders {
  private LabelledFolders() {}

  /**
   * The rows of all folders.
   *
   * @param data folders of data sets, or single data sets
   * @throws RejectedInputException if one of them has no labelled data
   */
  static List<LabelledRow> rows(List<Path> data) throws IOException, RejectedInputException {
    List<LabelledRow> rows = new ArrayList<>();
    for (Path folder : data) {
      rows.addAll(LabelledData.read(folder));
    }
    return rows;
  }

  /**
   * The rows of a split; at least one.
   *
   * @throws RejectedInputException if there are none
   */
  static List<LabelledRow> rows(Path data, String split)
      throws IOException, RejectedInputException {
    List<LabelledRow> rows =
        LabelledData.read(data).stream().filter(row -> row.split().equals(split)).toList();
    if (rows.isEmpty()) {
      throw new RejectedInputException("The data have no rows of the split \"" + split + "\".");
    }
    return rows;
  }
}
