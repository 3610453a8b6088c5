package org.tessera.runtime.commit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.dicom.net.CommitmentReport.Failure;
import org.tessera.dicom.net.SopReference;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoredInstance;
import org.tessera.runtime.work.Faults;

/**
 * Says which objects are safe: those whose file is on the disk (fsync) with the bytes that were
 * acknowledged (SHA-256). Where several objects came under one UID, all of that class have to be.
 */
final class CommitmentCheck {
  private static final Logger LOG = LoggerFactory.getLogger(CommitmentCheck.class);

  private final ObjectStore store;

  CommitmentCheck(ObjectStore store) {
    this.store = store;
  }

  /**
   * Looks at objects one after the other.
   *
   * @param end is asked before each of them; if it says so, the list is shorter
   * @return of each the reason why it is not committed (PS3.3 C.14.1.1), or 0
   */
  List<Integer> reasons(List<SopReference> objects, BooleanSupplier end) {
    List<Integer> reasons = new ArrayList<>();
    for (SopReference object : objects) {
      if (end.getAsBoolean()) {
        break;
      }
      reasons.add(reason(object));
    }
    return reasons;
  }

  private int reason(SopReference object) {
    List<StoredInstance> known = store.index().find(object.sopInstance());
    if (known.isEmpty()) {
      return Failure.NO_SUCH_INSTANCE;
    }
    List<StoredInstance> meant =
        known.stream()
            .filter(each -> each.header().sopClassUid().equals(object.sopClass()))
            .toList();
    if (meant.isEmpty()) {
      return Failure.CLASS_INSTANCE_CONFLICT;
    }
    return meant.stream().allMatch(this::isSafe) ? 0 : Failure.PROCESSING_FAILURE;
  }

  private boolean isSafe(StoredInstance instance) {
    try {
      if (store.isIntact(instance)) {
        return true;
      }
      LOG.error("The object of row {} is missing or damaged.", instance.id());
    } catch (IOException e) {
      Faults.log(LOG, "The object of row %d cannot be read".formatted(instance.id()), e);
    }
    return false;
  }
}
