package org.tessera.runtime.dicomweb;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.json.DicomJson;

/** What of an object is kept for searches. */
final class IndexedAttributes {
  private static final List<Integer> BESIDE =
      List.of(
          Tag.SpecificCharacterSet,
          Tag.ImageType,
          Tag.ContentDate,
          Tag.ContentTime,
          Tag.AcquisitionDateTime,
          Tag.Manufacturer,
          Tag.InstitutionName,
          Tag.StationName,
          Tag.ManufacturerModelName,
          Tag.PatientAge,
          Tag.ProtocolName,
          Tag.AcquisitionNumber,
          Tag.SliceThickness,
          Tag.SamplesPerPixel,
          Tag.PhotometricInterpretation,
          Tag.BitsStored,
          Tag.DocumentTitle);

  private static final Set<Integer> TAGS = tags();

  private IndexedAttributes() {}

  private static Set<Integer> tags() {
    Set<Integer> tags = new LinkedHashSet<>(BESIDE);
    for (QueryLevel level : QueryLevel.values()) {
      tags.addAll(level.tags());
    }
    return tags;
  }

  /** The DICOM JSON of the attributes that are kept, in the order of their tags. */
  static String json(Attributes dataset) {
    Attributes kept = new Attributes();
    List<Integer> sorted = new ArrayList<>(TAGS);
    sorted.sort(Integer::compareUnsigned);
    for (int tag : sorted) {
      dataset.element(tag).ifPresent(kept::set);
    }
    return DicomJson.write(kept);
  }
}
