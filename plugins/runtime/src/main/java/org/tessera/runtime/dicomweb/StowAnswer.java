package org.tessera.runtime.dicomweb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;
import org.tessera.dicom.json.DicomJson;
import org.tessera.runtime.store.InstanceHeader;
import org.tessera.runtime.store.ObjectIdentity;
import org.tessera.runtime.store.StoreException;
import org.tessera.runtime.store.StoredInstance;

/** What became of the parts of a STOW-RS request: the Store Instances Response (PS3.18 I.2). */
public final class StowAnswer {
  /** PS3.18 I.2.2. */
  static final int PROCESSING = 0x0110;

  static final int NOT_DICOM = 0xC000;
  private static final int OUT_OF_RESOURCES = 0xA700;
  private static final int MISMATCH = 0xA900;

  private record Failure(Optional<ObjectIdentity> identity, int reason, String sentence) {}

  private final List<StoredInstance> stored = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private Optional<String> broken = Optional.empty();
  private boolean exhausted;

  void stored(StoredInstance instance) {
    stored.add(instance);
  }

  void failed(Optional<ObjectIdentity> identity, int reason, String sentence) {
    failures.add(new Failure(identity, reason, sentence));
  }

  void failed(Optional<ObjectIdentity> identity, StoreException e) {
    int reason =
        switch (e.reason()) {
          case OUT_OF_RESOURCES -> OUT_OF_RESOURCES;
          case MISMATCH -> MISMATCH;
          case UNREADABLE -> NOT_DICOM;
        };
    exhausted |= e.reason() == StoreException.Reason.OUT_OF_RESOURCES;
    failed(identity, reason, String.valueOf(e.getMessage()));
  }

  void broken(String sentence) {
    broken = Optional.of(sentence);
  }

  /** True if disk or database do not take more at present. */
  public boolean isExhausted() {
    return exhausted;
  }

  /** How many are stored. */
  public int storedCount() {
    return stored.size();
  }

  /** How many are not. */
  public int failedCount() {
    return failures.size();
  }

  /** A sentence, if not everything went well. */
  public Optional<String> complaint() {
    return broken.or(() -> failures.stream().map(Failure::sentence).findFirst());
  }

  /**
   * The status of HTTP (PS3.18 10.5.3.1): 200, 202 if some were stored, 409 if none was, 503 if
   * they may be tried again, 400 if the body is none.
   */
  public int status() {
    if (failures.isEmpty() && broken.isEmpty()) {
      return stored.isEmpty() ? 400 : 200;
    }
    if (!stored.isEmpty()) {
      return 202;
    }
    if (exhausted) {
      return 503;
    }
    return failures.isEmpty() ? 400 : 409;
  }

  /**
   * The response as DICOM JSON.
   *
   * @param base address of the service, without a slash at the end
   */
  public String json(String base) {
    Attributes response = new Attributes();
    if (!stored.isEmpty()) {
      boolean one =
          stored.stream().map(each -> each.header().studyInstanceUid()).distinct().count() == 1;
      if (one) {
        response.setString(
            Tag.RetrieveURL,
            VR.UR,
            base + "/studies/" + stored.getFirst().header().studyInstanceUid());
      }
      Sequence references = response.newSequence(Tag.ReferencedSOPSequence);
      stored.forEach(each -> references.add(reference(each, base)));
    }
    if (!failures.isEmpty()) {
      Sequence failed = response.newSequence(Tag.FailedSOPSequence);
      failures.forEach(each -> failed.add(failure(each)));
    }
    return DicomJson.write(response);
  }

  private static Attributes reference(StoredInstance instance, String base) {
    InstanceHeader header = instance.header();
    Attributes item =
        new Attributes()
            .setString(Tag.ReferencedSOPClassUID, VR.UI, header.sopClassUid())
            .setString(Tag.ReferencedSOPInstanceUID, VR.UI, header.sopInstanceUid())
            .setString(
                Tag.RetrieveURL,
                VR.UR,
                "%s/studies/%s/series/%s/instances/%s"
                    .formatted(
                        base,
                        header.studyInstanceUid(),
                        header.seriesInstanceUid(),
                        header.sopInstanceUid()));
    if (instance.differs()) {
      // B007: the data set does not match; another object has this UID already, and is kept.
      item.setInteger(Tag.WarningReason, VR.US, 0xB007);
    }
    return item;
  }

  private static Attributes failure(Failure failure) {
    Attributes item = new Attributes();
    failure
        .identity()
        .ifPresent(
            identity ->
                item.setString(Tag.ReferencedSOPClassUID, VR.UI, identity.sopClass())
                    .setString(Tag.ReferencedSOPInstanceUID, VR.UI, identity.sopInstance()));
    return item.setInteger(Tag.FailureReason, VR.US, failure.reason());
  }
}
