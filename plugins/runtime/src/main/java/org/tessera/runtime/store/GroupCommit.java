package org.tessera.runtime.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.runtime.store.InstanceIndex.Added;
import org.tessera.runtime.store.StoreException.Reason;

/**
 * Commits received objects, all that wait together: the files get their names, the rows are
 * written in one transaction, and only then bytes, names and rows are brought to the disk, all at
 * the same time, so that a file system with a journal writes it once for all of them. When all are
 * there the objects are acknowledged. A crash in between leaves rows without an object, all of the
 * last transaction.
 */
final class GroupCommit implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  /** Objects committed together; also the rows that a crash can leave without an object. */
  static final int MOST_TOGETHER = 256;

  /** Waits for the disk at the same time: file systems join them. */
  private static final int SYNCING = 16;

  private static final long STEP_MILLIS = 50;

  private record Pending(
      Incoming object, NewInstance instance, CompletableFuture<StoredInstance> answer) {}

  private final BlobFolder blobs;
  private final Database database;
  private final InstanceIndex index;
  private final Consumer<StoredInstance> listener;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(MOST_TOGETHER);
  private final ExecutorService syncing =
      Executors.newFixedThreadPool(
          SYNCING, Thread.ofPlatform().name("store-sync-", 0).daemon().factory());
  private final Thread thread;

  /** Rows of objects that did not reach the disk: removed before anything else is added. */
  private final List<StoredInstance> failed = new ArrayList<>();

  private volatile boolean closing;

  /**
   * Prepares it.
   *
   * @param listener is told of each object that is safe, before its answer
   */
  GroupCommit(
      BlobFolder blobs,
      Database database,
      InstanceIndex index,
      Consumer<StoredInstance> listener) {
    this.blobs = blobs;
    this.database = database;
    this.index = index;
    this.listener = listener;
    this.thread = Thread.ofPlatform().name("store-commit").start(this::commitAll);
  }

  /** True if it takes objects. */
  boolean isRunning() {
    return !closing && thread.isAlive();
  }

  /**
   * Queues an object; waits while too many are queued.
   *
   * @return completes when it is safe and in the index, or with a {@link StoreException}
   * @throws StoreException if it is not what was announced, or cannot be read
   */
  CompletableFuture<StoredInstance> submit(Incoming object) throws StoreException {
    if (!isRunning()) {
      throw new StoreException(Reason.OUT_OF_RESOURCES, "The server ends.");
    }
    NewInstance instance = object.read();
    CompletableFuture<StoredInstance> answer = new CompletableFuture<>();
    try {
      queue.put(new Pending(object, instance, answer));
      object.handOver();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Reason.OUT_OF_RESOURCES, "The server ends.", e);
    }
    return answer;
  }

  private CompletableFuture<?> started(Callable<?> work) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    syncing.execute(
        () -> {
          try {
            work.call();
            done.complete(true);
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private void commitAll() {
    List<Pending> together = new ArrayList<>();
    try {
      while (!closing || !queue.isEmpty()) {
        // No interrupt ends this: it would close the files that the database is writing.
        Pending first = queue.poll(STEP_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          together.add(first);
          queue.drainTo(together, MOST_TOGETHER - 1);
          commit(together);
          together.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      together.forEach(each -> refuse(each, new IOException("The committing thread has ended.")));
    }
  }

  private void commit(List<Pending> together) {
    try {
      place(together);
    } catch (IOException | RuntimeException e) {
      LOG.error("Objects could not be committed: {}", described(e));
      commitEachOf(together);
    }
  }

  /** Kinds and SQL states only: messages of databases quote the values of a row. */
  static String described(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      text.append(text.isEmpty() ? "" : ", ").append(each.getClass().getSimpleName());
      if (each instanceof SQLException sql) {
        text.append(' ').append(sql.getSQLState());
      }
    }
    return text.toString();
  }

  /** One of them may be the cause: the others need not suffer, if the database answers. */
  private void commitEachOf(List<Pending> together) {
    try {
      database.reconnect();
      database.probe();
    } catch (RuntimeException e) {
      together.forEach(each -> refuse(each, e));
      return;
    }
    together.forEach(this::commitAlone);
  }

  private void commitAlone(Pending pending) {
    try {
      place(List.of(pending));
    } catch (IOException | RuntimeException e) {
      refuse(pending, e);
    }
  }

  private static void refuse(Pending pending, Throwable cause) {
    pending.object().forget();
    pending
        .answer()
        .completeExceptionally(
            new StoreException(
                Reason.OUT_OF_RESOURCES, "The disk or the database does not answer.", cause));
  }

  private void place(List<Pending> together) throws IOException {
    // Nobody may remove a file between its placing and its row.
    synchronized (blobs) {
      removeFailed();
      Set<Path> folders = new HashSet<>();
      for (Pending each : together) {
        folders.add(named(each));
      }
      List<CompletableFuture<?>> waits = new ArrayList<>();
      together.forEach(each -> waits.add(started(each.object()::sync)));
      folders.forEach(folder -> waits.add(started(() -> synced(folder))));
      List<Added> added;
      try {
        added = index.add(together.stream().map(Pending::instance).toList());
      } catch (RuntimeException e) {
        // The rows may be tried again; bytes that did not reach the disk may not.
        Throwable lost = trouble(waits).orElseThrow(() -> e);
        together.forEach(each -> refuse(each, lost));
        return;
      }
      Optional<Throwable> rows = rowsSynced();
      // Of equal objects one has the row and another the file: they stand or fall together.
      Optional<Throwable> trouble = trouble(waits).or(() -> rows);
      for (int i = 0; i < added.size(); i++) {
        answer(together.get(i), added.get(i), trouble);
      }
    }
  }

  private Optional<Throwable> rowsSynced() {
    try {
      database.sync();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  /** Gives an object its name, and returns the folder that has it; what is there is not touched. */
  private Path named(Pending pending) throws IOException {
    String sha256 = pending.instance().sha256();
    Path blob = blobs.blob(sha256);
    Path file = pending.object().file();
    if (Files.exists(file)) {
      if (Files.exists(blob) && index.names(sha256)) {
        Files.delete(file);
      } else {
        blobs.place(file, sha256);
      }
    }
    return blob.resolveSibling("");
  }

  private static boolean synced(Path folder) throws IOException {
    BlobFolder.sync(Set.of(folder));
    return true;
  }

  /** Waits for all of them, and gives what went wrong first. */
  private static Optional<Throwable> trouble(List<CompletableFuture<?>> waits) {
    Optional<Throwable> trouble = Optional.empty();
    for (CompletableFuture<?> each : waits) {
      try {
        each.join();
      } catch (CompletionException e) {
        trouble = trouble.or(() -> Optional.of(e));
      }
    }
    return trouble;
  }

  private void answer(Pending pending, Added added, Optional<Throwable> trouble) {
    pending.object().release();
    if (trouble.isPresent()) {
      LOG.error("An object did not reach the disk: {}", described(trouble.get()));
      if (added.isNew()) {
        failed.add(added.instance());
      }
      refuse(pending, trouble.get());
    } else {
      listener.accept(added.instance());
      pending.answer().complete(added.instance());
    }
  }

  private void removeFailed() {
    // A second wait for the disk could succeed without the bytes being there: they are given up.
    failed.forEach(index::remove);
    failed.clear();
  }

  /** Commits what is queued, and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
      removeFailed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("Rows without an object are left until the next start: {}", described(e));
    }
    for (Pending left = queue.poll(); left != null; left = queue.poll()) {
      refuse(left, new IOException("The server ends."));
    }
    syncing.shutdown();
  }
}
