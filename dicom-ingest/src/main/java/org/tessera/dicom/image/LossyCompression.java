package org.tessera.dicom.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;

/** What an image says about a compression that changed its pixels (PS3.3 C.7.6.1.1.5). */
final class LossyCompression {
  private LossyCompression() {}

  /**
   * Makes a data set that of a derived image with a new SOP Instance UID.
   *
   * @param image changed in place; its sequences are not
   * @param ratio uncompressed to compressed size
   * @param method defined term of Lossy Image Compression Method (0028,2114)
   */
  static void describe(Attributes image, double ratio, String method) {
    source(image);
    image.setString(Tag.SOPInstanceUID, VR.UI, UidDictionary.random());
    List<String> type = new ArrayList<>(image.strings(Tag.ImageType));
    if (type.size() < 2) {
      type = new ArrayList<>(List.of("DERIVED", "PRIMARY"));
    }
    type.set(0, "DERIVED");
    image.setString(Tag.ImageType, VR.CS, type.toArray(String[]::new));
    image.setString(Tag.LossyImageCompression, VR.CS, "01");
    double rounded = Math.round(ratio * 1000) / 1000.0;
    double[] ratios =
        DoubleStream.concat(
                Arrays.stream(image.reals(Tag.LossyImageCompressionRatio))
                    .filter(Double::isFinite),
                DoubleStream.of(rounded))
            .toArray();
    image.setReal(Tag.LossyImageCompressionRatio, VR.DS, ratios);
    List<String> methods = new ArrayList<>(image.strings(Tag.LossyImageCompressionMethod));
    methods.add(method);
    image.setString(Tag.LossyImageCompressionMethod, VR.CS, methods.toArray(String[]::new));
    code(copied(image, Tag.DerivationCodeSequence), "113040", "Lossy Compression");
    image.remove(Tag.SmallestImagePixelValue);
    image.remove(Tag.LargestImagePixelValue);
  }

  private static void source(Attributes image) {
    String sopClass = image.string(Tag.SOPClassUID).orElse("");
    String instance = image.string(Tag.SOPInstanceUID).orElse("");
    if (sopClass.isEmpty() || instance.isEmpty()) {
      return;
    }
    Attributes item = copied(image, Tag.SourceImageSequence).add(new Attributes());
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClass);
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, instance);
    code(
        item.newSequence(Tag.PurposeOfReferenceCodeSequence),
        "121320",
        "Uncompressed predecessor");
  }

  /** A sequence with the items that were there, which can be added to. */
  private static Sequence copied(Attributes image, int tag) {
    List<Attributes> items = image.items(tag);
    Sequence sequence = image.newSequence(tag);
    items.forEach(item -> sequence.add(new Attributes().addAll(item)));
    return sequence;
  }

  private static void code(Sequence sequence, String value, String meaning) {
    Attributes item = sequence.add(new Attributes());
    item.setString(Tag.CodeValue, VR.SH, value);
    item.setString(Tag.CodingSchemeDesignator, VR.SH, "DCM");
    item.setString(Tag.CodeMeaning, VR.LO, meaning);
  }
}
