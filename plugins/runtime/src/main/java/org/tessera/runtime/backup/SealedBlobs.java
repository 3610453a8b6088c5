package org.tessera.runtime.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.encrypt.DamagedException;
import org.tessera.runtime.seal.SealedFolder;
import org.tessera.runtime.store.BlobHash;

/**
 * The objects of a data folder while it is copied. Where it is not encrypted they bear the names of
 * their hashes. Where it is they are copied as they are, encrypted; the hash of those bytes is
 * known from the last backup, so that nobody reads them again: about 150 bytes of memory for each
 * object.
 */
final class SealedBlobs {
  private static final String UNKNOWN = "0".repeat(64);
  private static final int HALF = 16;

  /** A part of a name that is random enough. */
  private record Name(long first, long second) {
    static Name of(String digits) {
      return new Name(
          HexFormat.fromHexDigitsToLong(digits, 0, HALF),
          HexFormat.fromHexDigitsToLong(digits, HALF, 2 * HALF));
    }
  }

  private final Path folder;
  private final boolean sealed;
  private final Map<Name, byte[]> hashes = new HashMap<>();

  private SealedBlobs(Path folder, boolean sealed) {
    this.folder = folder;
    this.sealed = sealed;
  }

  /**
   * Of a data folder.
   *
   * @param folder opened with its key, or as it is on the disk: then objects are not verified
   */
  static SealedBlobs of(Path folder, BackupFolder backups)
      throws IOException, RejectedInputException {
    boolean sealed = SealedFolder.isSealed(SealedFolder.raw(folder));
    SealedBlobs blobs = new SealedBlobs(folder, sealed);
    if (sealed) {
      backups.eachOfNewest(
          entry -> {
            if (entry.path().startsWith("blobs")) {
              String called = String.valueOf(entry.path().getFileName());
              blobs.hashes.put(Name.of(called), HexFormat.of().parseHex(entry.sha256()));
            }
          });
    }
    return blobs;
  }

  /** The hash of a file under that name; of nothing if it is not known. */
  String hash(String called) {
    if (!sealed) {
      return called;
    }
    byte[] hash = hashes.get(Name.of(called));
    return hash == null ? UNKNOWN : HexFormat.of().formatHex(hash);
  }

  /** The hash that the file has to have, where its name tells it. */
  Optional<String> expected(String called) {
    return sealed ? Optional.empty() : Optional.of(called);
  }

  /** False if it is known that the object is not the one that was received. */
  boolean isSound(String path, String called) throws IOException {
    if (SealedFolder.databaseKey(folder).isEmpty()) {
      return true;
    }
    try {
      String hash = BlobHash.of(folder.resolve(path));
      return SealedFolder.name(folder, hash).equals(called);
    } catch (DamagedException e) {
      return false;
    }
  }
}
