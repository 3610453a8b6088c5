package org.tessera.dicom;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The VR of an element that is written without one (PS3.5 A.1). */
final class ImplicitVr {
  private ImplicitVr() {}

  /**
   * The VR of a tag, where the dictionary leaves a choice by the elements read before it.
   *
   * @param target the data set being read
   */
  static VR of(int tag, Attributes target) {
    if ((tag & 0xFFFF) == 0) {
      return VR.UL;
    }
    if (ElementDictionary.isPrivate(tag)) {
      return (tag & 0xFFFF) >= 0x10 && (tag & 0xFFFF) <= 0xFF ? VR.LO : privateVr(tag, target);
    }
    Optional<ElementDictionary.Entry> entry = ElementDictionary.entry(tag);
    if (entry.isEmpty()) {
      return VR.UN;
    }
    List<VR> vrs = entry.get().vrs();
    return vrs.size() == 1 ? vrs.getFirst() : choice(tag, vrs, target);
  }

  /** Sequences only, so that their items are read; others are looked up when asked for. */
  private static VR privateVr(int tag, Attributes target) {
    return target.entry(tag).filter(entry -> entry.vr() == VR.SQ).isPresent() ? VR.SQ : VR.UN;
  }

  private static VR choice(int tag, List<VR> vrs, Attributes target) {
    if (tag == Tag.WaveformData) {
      return inherited(target, Tag.WaveformBitsAllocated).orElse(16) == 8 ? VR.OB : VR.OW;
    }
    if (tag == Tag.LUTData) {
      return target.integer(Tag.LUTDescriptor, 0) == 1 ? VR.US : VR.OW;
    }
    if (vrs.contains(VR.OW)) {
      return VR.OW;
    }
    return inherited(target, Tag.PixelRepresentation).orElse(0) == 1 ? VR.SS : VR.US;
  }

  private static OptionalInt inherited(Attributes target, int tag) {
    OptionalInt own = target.integer(tag);
    return own.isPresent() || target.parent().isEmpty()
        ? own
        : inherited(target.parent().get(), tag);
  }
}
