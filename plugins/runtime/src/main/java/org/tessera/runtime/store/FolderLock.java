package org.tessera.runtime.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;

/** A folder that one process at a time may change: it holds the lock of the file {@code lock}. */
public final class FolderLock implements Closeable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes it; empty if somebody has it. */
  @SuppressWarnings("MustBeClosedChecker")
  public static Optional<FolderLock> take(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked;
    try {
      FileLock held = channel.tryLock();
      locked = held != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    }
    if (!locked) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new FolderLock(channel));
  }

  /**
   * Takes that of a data folder whose server does not run.
   *
   * @throws RejectedInputException with one sentence, if it does
   */
  public static FolderLock ofStopped(Path data) throws IOException, RejectedInputException {
    return take(data)
        .orElseThrow(
            () ->
                new RejectedInputException("A server uses this data folder: stop it first."));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
