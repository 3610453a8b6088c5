package org.tessera.dicom.xml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.ElementDictionary;
import org.tessera.dicom.ModelElement;
import org.tessera.dicom.VR;

/**
 * Gives private elements of one data set their blocks back: the model names the creator, and may
 * leave the block open (PS3.19 A.1.5, PS3.5 7.8.1).
 */
final class PrivateBlocks {
  private record Reserved(int group, String creator) {}

  private final Map<Reserved, Integer> blocks = new HashMap<>();
  private final Map<Integer, String> creators = new TreeMap<>();
  private final List<ModelElement> added = new ArrayList<>();

  /** Remembers an element that reserves a block. */
  void note(ModelElement element) {
    int number = element.tag() & 0xFFFF;
    if (ElementDictionary.isPrivate(element.tag())
        && number >= 0x10
        && number <= 0xFF
        && !element.values().isEmpty()) {
      String creator = element.values().getFirst().strip();
      creators.put(element.tag(), creator);
      blocks.putIfAbsent(new Reserved(element.tag() >>> 16, creator), number);
    }
  }

  /** The same element in the block of its creator; a new block is reserved if there is none. */
  ModelElement placed(ModelElement element, String creator) throws RejectedInputException {
    int group = element.tag() >>> 16;
    int given = element.tag() >>> 8 & 0xFF;
    if (given >= 0x10 && creator.equals(creators.get(group << 16 | given))) {
      return element;
    }
    Reserved wanted = new Reserved(group, creator);
    Integer known = blocks.get(wanted);
    int block = known == null ? reserve(wanted, given) : known;
    return new ModelElement(
        element.tag() & 0xFFFF00FF | block << 8,
        element.vr(),
        element.values(),
        element.items(),
        element.bulk());
  }

  private int reserve(Reserved wanted, int given) throws RejectedInputException {
    int block = given >= 0x10 ? given : 0x10;
    while (block <= 0xFF && creators.containsKey(wanted.group << 16 | block)) {
      block++;
    }
    if (block > 0xFF) {
      throw new RejectedInputException(
          "The DICOM XML has more creators of private elements than one group can hold.");
    }
    ModelElement creator =
        new ModelElement(
            wanted.group << 16 | block,
            VR.LO,
            List.of(wanted.creator),
            List.of(),
            Optional.empty());
    note(creator);
    added.add(creator);
    return block;
  }

  /** The reserving elements that the document left out. */
  List<ModelElement> added() {
    return added;
  }
}
