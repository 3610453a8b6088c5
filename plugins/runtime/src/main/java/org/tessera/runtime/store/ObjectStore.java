package org.tessera.runtime.store;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.seal.SealedFolder;
import org.tessera.runtime.store.StoreException.Reason;

/**
 * Keeps objects durably. Many threads receive; one commits, all that wait together ({@link
 * GroupCommit}), so that one wait for the disk serves them all.
 *
 * <p>The file of an object is always made the same way from the same data set and transfer syntax,
 * so that its hash tells whether two objects are the same.
 */
public final class ObjectStore implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectStore.class);

  /**
   * Where and how.
   *
   * @param data the folder
   * @param databaseUrl of JDBC; empty for H2 in that folder
   * @param databaseUser or empty
   * @param databasePassword or empty
   * @param reserve bytes of the disk that are never used for objects
   * @param key with which the folder is encrypted; empty if it is not
   */
  public record Settings(
      Path data,
      String databaseUrl,
      String databaseUser,
      String databasePassword,
      long reserve,
      Optional<EncryptionKey> key) {

    /** Of a folder that is not encrypted. */
    public Settings(
        Path data, String databaseUrl, String databaseUser, String databasePassword, long reserve) {
      this(data, databaseUrl, databaseUser, databasePassword, reserve, Optional.empty());
    }
  }

  private final Path folder;
  private final BlobFolder blobs;
  private final Database database;
  private final InstanceIndex index;
  private final FolderLock lock;
  private final long reserve;
  private final List<InstanceListener> listeners = new CopyOnWriteArrayList<>();
  private final GroupCommit commit;
  private volatile Supplier<Optional<String>> admission = Optional::empty;

  private ObjectStore(
      Path folder, BlobFolder blobs, Database database, FolderLock lock, long reserve)
      throws IOException {
    this.folder = folder;
    this.blobs = blobs;
    this.database = database;
    this.index = new InstanceIndex(database);
    this.lock = lock;
    this.reserve = reserve;
    removeUnfinished(blobs, index);
    this.commit = new GroupCommit(blobs, database, index, this::stored);
  }

  /**
   * Opens it; the folder is made if it is not there.
   *
   * @throws RejectedInputException with one sentence, if another server uses the folder, it is
   *     encrypted otherwise or the database does not answer
   */
  public static ObjectStore open(Settings settings) throws IOException, RejectedInputException {
    Files.createDirectories(settings.data());
    FolderLock lock = lock(settings.data());
    try {
      Path folder = SealedFolder.open(settings.data(), settings.key());
      BlobFolder blobs = BlobFolder.open(folder);
      return opened(folder, blobs, database(settings, folder), lock, settings.reserve());
    } catch (IOException | RejectedInputException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FolderLock lock(Path data) throws IOException, RejectedInputException {
    return FolderLock.take(data)
        .orElseThrow(() -> new RejectedInputException("Another server uses this data folder."));
  }

  private static Database database(Settings settings, Path folder)
      throws RejectedInputException {
    try {
      return settings.databaseUrl().isEmpty()
          ? Database.embedded(
              SealedFolder.raw(folder).resolve("index"), SealedFolder.databaseKey(folder))
          : Database.open(
              settings.databaseUrl(), settings.databaseUser(), settings.databasePassword());
    } catch (RuntimeException e) {
      LOG.error("The database cannot be opened: {}", GroupCommit.described(e));
      throw new RejectedInputException("The database does not answer or cannot be used.");
    }
  }

  private static ObjectStore opened(
      Path folder, BlobFolder blobs, Database database, FolderLock lock, long reserve)
      throws IOException {
    try {
      return new ObjectStore(folder, blobs, database, lock, reserve);
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Rows are written while names and bytes are: after a crash the last may lack one. Only of the
   * last transaction the bytes can be missing; the name of older versions, of any of the newest.
   */
  private static void removeUnfinished(BlobFolder blobs, InstanceIndex index)
      throws IOException {
    List<StoredInstance> newest = index.newest(GroupCommit.MOST_TOGETHER);
    for (StoredInstance each : newest) {
      boolean last = each.received().equals(newest.getFirst().received());
      Path blob = blobs.blob(each.sha256());
      if (last ? !blobs.isIntact(each.sha256(), each.size()) : !Files.exists(blob)) {
        LOG.warn("Row {} has no whole object and was never acknowledged: removed.", each.id());
        index.remove(each);
        blobs.setAside(each.sha256());
      }
    }
  }

  private void stored(StoredInstance instance) {
    listeners.forEach(listener -> listener.stored(instance));
  }

  /** The data folder, for whoever keeps more in it: what is written below may be encrypted. */
  public Path folder() {
    return folder;
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
   * Ends the receiving of an object: reads what it is, and queues it.
   *
   * @return completes when its bytes, its name and its row are on the disk, or with a {@link
   *     StoreException}
   */
  public CompletableFuture<StoredInstance> finish(Incoming incoming) throws StoreException {
    return commit.submit(incoming);
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
      if (!commit.isRunning()) {
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
    commit.close();
    database.close();
    lock.close();
  }
}
