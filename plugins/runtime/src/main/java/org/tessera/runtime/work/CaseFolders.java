package org.tessera.runtime.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.runtime.seal.SealedFolder;
import org.tessera.runtime.store.FolderRemoval;

/**
 * Where results are: {@code cases/NAME/rN} holds what the analysis of revision N wrote, {@code
 * cases/NAME/request} what somebody left to be analysed. A folder {@code rN} is there as a whole or
 * not at all. NAME is that of the case, as {@link SealedFolder#name} has it.
 */
public final class CaseFolders {
  private static final Logger LOG = LoggerFactory.getLogger(CaseFolders.class);

  /** Files that are brought to the disk at a time. */
  private static final int SYNCING = 8;

  private final Path cases;

  /**
   * Makes the folder, if it is not there.
   *
   * @param data of the server
   */
  public static CaseFolders in(Path data) throws IOException {
    return new CaseFolders(Files.createDirectories(data.resolve("cases")));
  }

  private CaseFolders(Path cases) {
    this.cases = cases;
  }

  /** The results of a revision. */
  public Path revision(String name, int revision) {
    return folder(name).resolve("r" + revision);
  }

  /** The inputs of a case that somebody asked for. */
  public Path request(String name) {
    return folder(name).resolve("request");
  }

  private Path folder(String name) {
    if (!name.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("This is no name of a case.");
    }
    return cases.resolve(SealedFolder.name(cases, name));
  }

  /** An empty folder for the results of a revision; what an earlier attempt left is removed. */
  Path draft(String name, int revision) throws IOException {
    Path draft = folder(name).resolve("r" + revision + ".part");
    FolderRemoval.remove(draft);
    return Files.createDirectories(draft);
  }

  /** Frees what a failed attempt took: a full disk then has room to note that it failed. */
  void discard(String name, int revision) {
    try {
      FolderRemoval.remove(folder(name).resolve("r" + revision + ".part"));
    } catch (IOException e) {
      Faults.log(LOG, "The draft of " + name + " is left", e);
    }
  }

  /** Brings a draft to the disk and gives it its name. */
  void keep(Path draft, String name, int revision) throws IOException {
    Path kept = revision(name, revision);
    sync(draft);
    // Of an attempt that ended before it was noted: nothing of it was sent.
    FolderRemoval.remove(kept);
    Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
    syncOne(folder(name));
    syncOne(cases);
  }

  /** Writes and removes a file, to see whether it can be done. */
  public void probe() throws IOException {
    Path file = Files.createTempFile(cases, "", ".probe");
    try {
      Files.write(file, new byte[1]);
    } finally {
      Files.delete(file);
    }
  }

  /** Several at a time: the disk then needs one turn for many of them, instead of one for each. */
  private static void sync(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.toList();
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(SYNCING)) {
      List<CompletableFuture<Void>> synced = new ArrayList<>();
      for (Path each : paths) {
        synced.add(CompletableFuture.runAsync(() -> syncUnchecked(each), threads));
      }
      synced.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new IOException("A result could not be brought to the disk.", e);
    }
  }

  private static void syncUnchecked(Path path) {
    try {
      syncOne(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void syncOne(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
