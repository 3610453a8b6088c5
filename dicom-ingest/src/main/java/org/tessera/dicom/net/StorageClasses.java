package org.tessera.dicom.net;

import java.util.Set;
import java.util.stream.Collectors;
import org.tessera.dicom.UidDictionary;

/** The SOP classes whose objects can be stored (PS3.4 B.5, GG.3). */
final class StorageClasses {
  /** All composite objects are numbered below; newer ones than our dictionary are taken as well. */
  private static final String COMPOSITE = "1.2.840.10008.5.1.4.1.1.";

  private static final Set<String> OTHERS =
      UidDictionary.sopClasses().stream()
          .filter(uid -> uid.startsWith("1.2.840.10008.5.1.4."))
          .filter(uid -> UidDictionary.name(uid).orElse("").contains("Storage"))
          .collect(Collectors.toUnmodifiableSet());

  private StorageClasses() {}

  static boolean contains(String uid) {
    return UidDictionary.isValid(uid) && (uid.startsWith(COMPOSITE) || OTHERS.contains(uid));
  }
}
