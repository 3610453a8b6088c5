package org.tessera.runtime.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.commit.CommitmentSettings;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.receive.DicomReceiver;
import org.tessera.runtime.store.ObjectStore;

/** Our side of {@code dicom-store}: store and receiver as the server has them, until killed. */
final class StoreWorker {
  private StoreWorker() {}

  /**
   * Runs it.
   *
   * @param arguments folder, port; if the folder is to be encrypted, a key
   */
  public static void main(String[] arguments) throws Exception {
    ObjectStore store =
        ObjectStore.open(
            new ObjectStore.Settings(Path.of(arguments[0]), "", "", "", 0, key(arguments)));
    DicomReceiver.Settings settings =
        new DicomReceiver.Settings(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])),
            "TESSERA",
            Set.of(),
            List.of(),
            64,
            1 << 17,
            300,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE);
    CommitmentSettings nobody =
        new CommitmentSettings(Map.of(), 1, Duration.ofSeconds(5), Duration.ofSeconds(60));
    DicomReceiver.start(settings, nobody, store, new SimpleMeterRegistry());
    Thread.currentThread().join();
  }

  private static Optional<EncryptionKey> key(String[] arguments) throws RejectedInputException {
    return arguments.length == 3
        ? Optional.of(EncryptionKey.parse(arguments[2]))
        : Optional.empty();
  }
}
