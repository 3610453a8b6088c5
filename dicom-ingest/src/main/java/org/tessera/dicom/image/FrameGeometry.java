package org.tessera.dicom.image;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

/**
 * Where a frame is in the patient and how large its pixels are, from its own functional groups, the
 * shared ones or the data set itself (PS3.3 C.7.6.2, C.7.6.16). Lists are empty where not stated.
 *
 * @param position of the centre of the first pixel in millimetres: x, y, z
 * @param orientation direction of a row, then of a column: six cosines
 * @param spacing millimetres between rows, then between columns, in the patient
 * @param aspect height of a pixel divided by its width; 1 unless stated
 */
public record FrameGeometry(
    List<Double> position, List<Double> orientation, List<Double> spacing, double aspect) {
  public FrameGeometry {
    position = List.copyOf(position);
    orientation = List.copyOf(orientation);
    spacing = List.copyOf(spacing);
  }

  /**
   * The geometry of a frame.
   *
   * @param frame from 1
   */
  public static FrameGeometry of(Attributes image, int frame) {
    List<Double> spacing =
        numbers(image, frame, Tag.PixelMeasuresSequence, Tag.PixelSpacing, 2).stream()
            .filter(distance -> distance > 0)
            .toList();
    spacing = spacing.size() == 2 ? spacing : List.of();
    List<Double> imager =
        numbers(image, frame, Tag.PixelMeasuresSequence, Tag.ImagerPixelSpacing, 2);
    List<Double> ratio = numbers(image, frame, Tag.PixelMeasuresSequence, Tag.PixelAspectRatio, 2);
    return new FrameGeometry(
        numbers(image, frame, Tag.PlanePositionSequence, Tag.ImagePositionPatient, 3),
        numbers(image, frame, Tag.PlaneOrientationSequence, Tag.ImageOrientationPatient, 6),
        spacing,
        aspect(spacing, imager, ratio));
  }

  /** PS3.3 C.7.6.3.1.7: the ratio is given where no spacing gives it. */
  private static double aspect(List<Double> spacing, List<Double> imager, List<Double> ratio) {
    for (List<Double> pair : List.of(spacing, imager, ratio)) {
      if (pair.size() == 2 && pair.get(0) > 0 && pair.get(1) > 0) {
        return pair.get(0) / pair.get(1);
      }
    }
    return 1;
  }

  private static List<Double> numbers(
      Attributes image, int frame, int macro, int tag, int count) {
    Optional<Attributes> holder = FunctionalGroups.holder(image, frame, macro, tag);
    double[] values = holder.map(item -> item.reals(tag)).orElse(new double[0]);
    boolean complete = values.length == count && DoubleStream.of(values).allMatch(Double::isFinite);
    return complete ? DoubleStream.of(values).boxed().toList() : List.of();
  }
}
