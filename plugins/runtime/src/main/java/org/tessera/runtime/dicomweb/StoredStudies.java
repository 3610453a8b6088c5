package org.tessera.runtime.dicomweb;

import java.util.List;
import java.util.Optional;
import org.tessera.runtime.store.InstanceHeader;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoredInstance;

/** The objects of a study, a series, or one object, each as it came first. */
public final class StoredStudies {
  private static final int MOST_INSTANCES = 200_000;

  private final ObjectStore store;

  public StoredStudies(ObjectStore store) {
    this.store = store;
  }

  /**
   * The objects that an address names; empty if there are none.
   *
   * @param series only of that series
   * @param instance only that object
   */
  public List<RetrievedInstance> find(
      String study, Optional<String> series, Optional<String> instance) {
    List<StoredInstance> rows =
        instance.isPresent()
            ? store.index().find(instance.get()).stream().limit(1).toList()
            : store.index().study(study, Long.MAX_VALUE, MOST_INSTANCES);
    return rows.stream()
        .filter(each -> isIn(each.header(), study, series))
        .map(each -> new RetrievedInstance(each.header(), each.size(), store.file(each)))
        .toList();
  }

  private static boolean isIn(InstanceHeader header, String study, Optional<String> series) {
    return header.studyInstanceUid().equals(study)
        && (series.isEmpty() || series.get().equals(header.seriesInstanceUid()));
  }
}
