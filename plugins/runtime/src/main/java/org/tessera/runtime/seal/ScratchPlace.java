package org.tessera.runtime.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.ScratchFolder;

/**
 * Decides where pixels lie in the clear while an object is dealt with that memory cannot hold: in a
 * folder that is named, else, if the data folder is encrypted, in a file system that is memory,
 * where there is one; else in the temporary folder of the system.
 */
public final class ScratchPlace {
  private static final Path MEMORY = Path.of("/dev/shm");

  private ScratchPlace() {}

  /**
   * Prepares it for this process; what an earlier one left is removed.
   *
   * @param named by the administrator
   * @param data the data folder, as it is used
   * @throws RejectedInputException with one sentence, if the folder cannot be used
   */
  public static void prepare(Optional<Path> named, Path data) throws RejectedInputException {
    // Pictures are encoded in memory, not by way of the temporary folder.
    ImageIO.setUseCache(false);
    boolean memory =
        named.isEmpty() && data instanceof SealedPath && Files.isWritable(MEMORY);
    Optional<Path> folder = memory ? Optional.of(MEMORY) : named;
    if (folder.isPresent()) {
      // One server has a data folder, and so this name.
      byte[] owner =
          SealedFolder.raw(data).toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
      try {
        ScratchFolder.use(
            folder.get().resolve("tessera-" + UUID.nameUUIDFromBytes(owner)));
      } catch (IOException e) {
        throw new RejectedInputException("The folder data.scratch-dir cannot be written.", e);
      }
    }
  }
}
