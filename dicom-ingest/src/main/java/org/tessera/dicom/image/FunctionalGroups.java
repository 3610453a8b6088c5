package org.tessera.dicom.image;

import java.util.List;
import java.util.Optional;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

/** Where an attribute of one frame is: per-frame group, shared group, or the data set itself. */
public final class FunctionalGroups {
  private FunctionalGroups() {}

  /**
   * The data set or item that holds an attribute for a frame (PS3.3 C.7.6.16).
   *
   * @param frame from 1
   * @param macro the functional group's sequence, for example Pixel Measures Sequence
   * @param tag the attribute looked for
   */
  public static Optional<Attributes> holder(Attributes image, int frame, int macro, int tag) {
    List<Attributes> perFrame = image.items(Tag.PerFrameFunctionalGroupsSequence);
    Optional<Attributes> own =
        frame <= perFrame.size() ? perFrame.get(frame - 1).item(macro) : Optional.empty();
    return own.filter(item -> item.contains(tag))
        .or(
            () ->
                image
                    .item(Tag.SharedFunctionalGroupsSequence)
                    .flatMap(shared -> shared.item(macro))
                    .filter(item -> item.contains(tag)))
        .or(() -> image.contains(tag) ? Optional.of(image) : Optional.empty());
  }
}
