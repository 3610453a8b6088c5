package org.tessera.dicom.result;

import java.util.Optional;
import org.tessera.casemodel.StudyReference;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;

/**
 * An image of the case.
 *
 * @param input id of the evidence, for example {@code I1}
 * @param dataset its data set; only attributes are read, never pixels
 * @param reference where it stands
 */
public record SourceImage(String input, Attributes dataset, StudyReference reference) {

  /** The image behind an evidence; empty if its UIDs are missing or none. */
  public static Optional<SourceImage> of(String input, Attributes dataset) {
    Optional<String> study = uid(dataset, Tag.StudyInstanceUID);
    Optional<String> series = uid(dataset, Tag.SeriesInstanceUID);
    Optional<String> type = uid(dataset, Tag.SOPClassUID);
    Optional<String> instance = uid(dataset, Tag.SOPInstanceUID);
    if (study.isEmpty() || series.isEmpty() || type.isEmpty() || instance.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SourceImage(
            input,
            dataset,
            new StudyReference(
                study.get(),
                series.get(),
                type.get(),
                instance.get(),
                dataset.string(Tag.AccessionNumber).filter(each -> !each.isBlank()))));
  }

  private static Optional<String> uid(Attributes dataset, int tag) {
    return dataset.string(tag).map(String::strip).filter(UidDictionary::isValid);
  }

  boolean tiled() {
    return dataset.contains(Tag.TotalPixelMatrixColumns);
  }

  int width() {
    return dataset.integer(tiled() ? Tag.TotalPixelMatrixColumns : Tag.Columns, 0);
  }

  int height() {
    return dataset.integer(tiled() ? Tag.TotalPixelMatrixRows : Tag.Rows, 0);
  }

  int frames() {
    return dataset.integer(Tag.NumberOfFrames, 1);
  }

  boolean multiFrame() {
    return dataset.containsValue(Tag.NumberOfFrames);
  }
}
