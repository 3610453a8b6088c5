package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.RejectedInput;
import org.tessera.explain.report.Artifact;
import org.tessera.runtime.encrypt.DamagedException;

/**
 * Keeps what was rejected, so that somebody can look at it: {@code rejected/ID-NAME} with {@code
 * rejected/ID-NAME.reason.txt}. Beyond the cap only the reason is kept.
 */
final class Quarantine {
  private static final long MAX_BYTES = 64L << 20;
  private static final int MAX_NAME = 80;

  private final Path folder;
  private long left = MAX_BYTES;

  private Quarantine(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes the folder {@code rejected}; none if nothing was rejected.
   *
   * @return the files written
   */
  static List<Artifact> write(AssembledCase assembled, Path out) throws IOException {
    List<RejectedInput> rejected = assembled.patientCase().rejected();
    if (rejected.isEmpty()) {
      return List.of();
    }
    Quarantine quarantine = new Quarantine(out.resolve("rejected"));
    Files.createDirectories(quarantine.folder);
    List<Artifact> written = new ArrayList<>();
    for (RejectedInput each : rejected) {
      String name = fileName(each);
      Path file = assembled.files().get(each.id());
      if (file != null && quarantine.kept(file, name)) {
        written.add(new Artifact("rejected/" + name, "rejected"));
      }
      String reason = name + ".reason.txt";
      Files.writeString(quarantine.folder.resolve(reason), each.reason() + "\n");
      written.add(new Artifact("rejected/" + reason, "reason"));
    }
    return written;
  }

  private boolean kept(Path file, String name) throws IOException {
    long size = Files.size(file);
    if (size > left) {
      return false;
    }
    left -= size;
    try {
      Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (DamagedException e) {
      // The reason says so; there is nothing that could be kept.
      Files.deleteIfExists(folder.resolve(name));
      return false;
    }
  }

  /** A name of our own making: the given one may hold anything. */
  private static String fileName(RejectedInput each) {
    String name = each.source().replaceAll("[^\\p{L}\\p{N}._-]", "_").replace("..", "_");
    int length = name.length();
    return each.id() + "-" + name.substring(Math.max(0, length - MAX_NAME), length);
  }
}
