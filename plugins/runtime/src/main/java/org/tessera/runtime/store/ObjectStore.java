package org.tessera.runtime.store;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;
import org.tessera.runtime.store.StoreException.Reason;

/**
 * Keeps objects durably. Many threads receive; one commits, all that wait together, so that one
 * wait for the disk serves them all.
 *
 * <p>The file of an object is always made the same way from the same data set and transfer syntax,
 * so that its hash tells whether two objects are the same.
 */
public final class ObjectStore implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectStore.class);

  /** Objects committed together; also the rows that a crash can leave without a file. */
  private static final int MOST_TOGETHER = 256;

  private static final long STEP_MILLIS = 50;

  private static final Executor SYNCING =
      task -> Thread.ofVirtual().name("store-sync").start(task);

  private record Pending(Incoming.Received object, CompletableFuture<StoredInstance> answer) {}

  /**
   * Where and how.
   *
   * @param data the folder
   * @param databaseUrl of JDBC; empty for H2 in that folder
   * @param databaseUser or empty
   * @param databasePassword or empty
   * @param reserve bytes of the disk that are never used for objects
   */
  public record Settings(
      Path data, String databaseUrl, String databaseUser, String databasePassword, long reserve) {

    String url() {
      return databaseUrl.isEmpty()
          ? "jdbc:h2:file:"
              + data.toAbsolutePath().resolve("index")
              + ";FILE_LOCK=FS;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
          : databaseUrl;
    }
  }

  private final BlobFolder blobs;
  private final Database database;
  private final InstanceIndex index;
  private final FolderLock lock;
  private final long reserve;
  private final List<InstanceListener> listeners = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(4 * MOST_TOGETHER);
  private final Thread committer;
  private volatile Supplier<Optional<String>> admission = Optional::empty;
  private volatile boolean closing;

  private ObjectStore(BlobFolder blobs, Database database, FolderLock lock, long reserve) {
    this.blobs = blobs;
    this.database = database;
    this.index = new InstanceIndex(database);
    this.lock = lock;
    this.reserve = reserve;
    this.committer = Thread.ofPlatform().name("store-commit").unstarted(this::commitAll);
  }

  /**
   * Opens it; the folder is made if it is not there.
   *
   * @throws RejectedInputException with one sentence, if another server uses the folder or the
   *     database does not answer
   */
  public static ObjectStore open(Settings settings) throws IOException, RejectedInputException {
    Files.createDirectories(settings.data());
    FolderLock lock = lock(settings.data());
    try {
      BlobFolder blobs = BlobFolder.open(settings.data());
      Database database = database(settings);
      ObjectStore store = new ObjectStore(blobs, database, lock, settings.reserve());
      store.removeUnfinished();
      store.committer.start();
      return store;
    } catch (IOException | RejectedInputException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FolderLock lock(Path data) throws IOException, RejectedInputException {
    return FolderLock.take(data)
        .orElseThrow(() -> new RejectedInputException("Another server uses this data folder."));
  }

  private static Database database(Settings settings) throws RejectedInputException {
    try {
      return Database.open(
          settings.url(), settings.databaseUser(), settings.databasePassword());
    } catch (RuntimeException e) {
      LOG.error("The database cannot be opened: {}", described(e));
      throw new RejectedInputException("The database does not answer or cannot be used.");
    }
  }

  /** Rows are written while names of files are synced: after a crash the last may lack one. */
  private void removeUnfinished() {
    for (StoredInstance each : index.newest(MOST_TOGETHER)) {
      if (!Files.exists(blobs.blob(each.sha256()))) {
        LOG.warn("Row {} has no object and was never acknowledged: removed.", each.id());
        index.remove(each);
      }
    }
  }

  /** The database of the rows, for whoever keeps more beside them. */
  public Database database() {
    return database;
  }

  /** The rows. */
  public InstanceIndex index() {
    return index;
  }

  /** The Part 10 file of an object. */
  public Path file(StoredInstance instance) {
    return blobs.blob(instance.sha256());
  }

  /**
   * Reads an object to its end and tells whether it is what was acknowledged; if so, it is on the
   * disk (fsync).
   *
   * @throws IOException if the disk does not answer
   */
  public boolean isIntact(StoredInstance instance) throws IOException {
    return blobs.isIntact(instance.sha256(), instance.size());
  }

  /**
   * Removes the files of objects that have no row any more.
   *
   * @param sha256 names of the files
   */
  public void removeFiles(List<String> sha256) throws IOException {
    for (String each : sha256) {
      Path file = blobs.blob(each);
      synchronized (blobs) {
        if (!index.names(each) && Files.deleteIfExists(file)) {
          BlobFolder.sync(Set.of(file.resolveSibling("")));
        }
      }
    }
  }

  public void addListener(InstanceListener listener) {
    listeners.add(listener);
  }

  /**
   * Sets who says whether another object can be dealt with.
   *
   * @param admission gives the reason why not, in one sentence, or nothing; asked for each object
   */
  public void admitBy(Supplier<Optional<String>> admission) {
    this.admission = admission;
  }

  /** Why no further object can be dealt with, in one sentence; empty if it can. */
  public Optional<String> refusal() {
    return admission.get();
  }

  /**
   * Begins to receive an object; its data set is written to the stream, without any file header.
   *
   * @param source who sends it: at most 64 printable characters
   */
  public Incoming begin(ObjectIdentity identity, String source) throws StoreException {
    if (!UidDictionary.isValid(identity.sopClass())
        || !UidDictionary.isValid(identity.sopInstance())) {
      throw new StoreException(Reason.MISMATCH, "The SOP Class or Instance UID is none.");
    }
    Optional<String> refusal = refusal();
    if (refusal.isPresent()) {
      throw new StoreException(Reason.OUT_OF_RESOURCES, refusal.get());
    }
    Incoming incoming = new Incoming(blobs, reserve, identity, source);
    try {
      byte[] header = header(identity);
      incoming.write(header, 0, header.length);
      return incoming;
    } catch (StoreException e) {
      incoming.close();
      throw e;
    }
  }

  /** The preamble and file meta information: nothing in it but what the object is. */
  private static byte[] header(ObjectIdentity identity) {
    Attributes meta = new Attributes();
    meta.setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1});
    meta.setString(Tag.MediaStorageSOPClassUID, VR.UI, identity.sopClass());
    meta.setString(Tag.MediaStorageSOPInstanceUID, VR.UI, identity.sopInstance());
    meta.setString(Tag.TransferSyntaxUID, VR.UI, identity.syntax().uid());
    meta.setString(
        Tag.ImplementationClassUID, VR.UI, DicomOutputStream.IMPLEMENTATION_CLASS_UID);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new DicomOutputStream(bytes).writeHeader(meta);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Ends the receiving of an object: waits until its bytes are on the disk, and queues it.
   *
   * @return completes when it is safe and in the index, or with a {@link StoreException}
   */
  public CompletableFuture<StoredInstance> finish(Incoming incoming) throws StoreException {
    CompletableFuture<StoredInstance> answer = new CompletableFuture<>();
    Incoming.Received object = incoming.received();
    try {
      if (closing) {
        forget(object.file());
        throw new StoreException(Reason.OUT_OF_RESOURCES, "The server ends.");
      }
      queue.put(new Pending(object, answer));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Reason.OUT_OF_RESOURCES, "The server ends.", e);
    }
    return answer;
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
  private static String described(Throwable thrown) {
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

  private static void refuse(Pending pending, Exception cause) {
    forget(pending.object().file());
    pending
        .answer()
        .completeExceptionally(
            new StoreException(
                Reason.OUT_OF_RESOURCES, "The disk or the database does not answer.", cause));
  }

  private static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("A file that was not stored is left until the next start.");
    }
  }

  private void place(List<Pending> together) throws IOException {
    // Nobody may remove a file between its placing and its row.
    synchronized (blobs) {
      placeAlone(together);
    }
  }

  private void placeAlone(List<Pending> together) throws IOException {
    Set<Path> folders = new HashSet<>();
    for (Pending each : together) {
      Incoming.Received object = each.object();
      if (Files.exists(object.file())) {
        blobs.place(object.file(), object.sha256());
      }
      folders.add(blobs.blob(object.sha256()).resolveSibling(""));
    }
    CompletableFuture<Void> names = CompletableFuture.runAsync(() -> sync(folders), SYNCING);
    List<StoredInstance> stored = index.add(together.stream().map(Pending::object).toList());
    try {
      names.join();
    } catch (CompletionException e) {
      throw new IOException("The names could not be brought to the disk.", e);
    }
    for (int i = 0; i < stored.size(); i++) {
      StoredInstance instance = stored.get(i);
      listeners.forEach(listener -> listener.stored(instance));
      together.get(i).answer().complete(instance);
    }
  }

  private static void sync(Set<Path> folders) {
    try {
      BlobFolder.sync(folders);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of the disk that are free; 0 if nobody knows. */
  public double usableBytes() {
    try {
      return blobs.usable();
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Tells whether the next object would be accepted.
   *
   * @throws StoreException with one sentence, if not
   */
  public void check() throws StoreException {
    try {
      if (closing || !committer.isAlive()) {
        throw new StoreException(Reason.OUT_OF_RESOURCES, "The store is closed.");
      }
      if (blobs.usable() < reserve) {
        throw new StoreException(Reason.OUT_OF_RESOURCES, "The disk is full.");
      }
      blobs.probe();
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StoreException(Reason.OUT_OF_RESOURCES, "The disk cannot be written.", e);
    }
    try {
      database.probe();
    } catch (RuntimeException e) {
      database.reconnect();
      throw new StoreException(Reason.OUT_OF_RESOURCES, "The database does not answer.", e);
    }
  }

  /** Commits what is queued, and closes. */
  @Override
  public void close() throws IOException {
    closing = true;
    try {
      committer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Pending left = queue.poll(); left != null; left = queue.poll()) {
      refuse(left, new IOException("The server ends."));
    }
    database.close();
    lock.close();
  }
}
