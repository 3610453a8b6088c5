package org.tessera.runtime.seal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.encrypt.DamagedException;
import org.tessera.runtime.encrypt.DecryptingStream;
import org.tessera.runtime.encrypt.EncryptingStream;
import org.tessera.runtime.encrypt.EncryptionKey;

/** Makes data folders encrypted, and opens them. Whoever calls holds the lock of the folder. */
public final class SealedFolder {
  /** The key of the folder, encrypted with the key of the administrator. */
  public static final String KEY = "data.key";

  private static final List<String> IN_USE = List.of("blobs", "cases", "fhir", "index.mv.db");
  private static final int LONGEST = 64;

  private SealedFolder() {}

  /**
   * The key of an administrator.
   *
   * @param data folder that it is for, in which it must not be
   * @throws RejectedInputException with one sentence, if it is none or if others can read it
   */
  public static EncryptionKey masterKey(Path file, Path data)
      throws IOException, RejectedInputException {
    EncryptionKey key = EncryptionKey.read(file);
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Set<PosixFilePermission> all = Files.getPosixFilePermissions(file);
      if (!Collections.disjoint(all, PosixFilePermissions.fromString("---rwxrwx"))) {
        throw new RejectedInputException("Others may use the key file: chmod 600 it.");
      }
    }
    if (Files.exists(data) && file.toRealPath().startsWith(data.toRealPath())) {
      throw new RejectedInputException("The key file cannot be kept inside of the data folder.");
    }
    return key;
  }

  /** True if a folder is encrypted. */
  public static boolean isSealed(Path data) {
    return Files.exists(data.resolve(KEY), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * The folder as it is to be used; one that is new is encrypted if there is a key.
   *
   * @param master of the administrator
   * @throws RejectedInputException with one sentence, if key and folder do not belong together;
   *     nothing is changed then
   */
  public static Path open(Path data, Optional<EncryptionKey> master)
      throws IOException, RejectedInputException {
    if (isSealed(data)) {
      if (master.isEmpty()) {
        throw new RejectedInputException(
            "The data folder is encrypted: name its key (data.key-file).");
      }
      return in(data, folderKey(data, master.get()));
    }
    if (master.isEmpty()) {
      return data;
    }
    if (IN_USE.stream().anyMatch(each -> Files.exists(data.resolve(each)))) {
      throw new RejectedInputException(
          "The data folder is in use and not encrypted: data.key-file needs a new one, or one that"
              + " ./tessera encrypt has made of it.");
    }
    String drawn = EncryptionKey.draw();
    keep(data, drawn, master.get());
    return in(data, EncryptionKey.parse(drawn));
  }

  private static Path in(Path data, EncryptionKey key) {
    return new SealedFileSystem(data, key).root();
  }

  /**
   * Encrypts the key of a folder with another key; its files stay as they are.
   *
   * @throws RejectedInputException with one sentence, if the present key is another one
   */
  public static void changeMaster(Path data, EncryptionKey present, EncryptionKey next)
      throws IOException, RejectedInputException {
    if (!isSealed(data)) {
      throw new RejectedInputException("The data folder is not encrypted.");
    }
    keep(data, folderText(data, present), next);
  }

  private static EncryptionKey folderKey(Path data, EncryptionKey master)
      throws IOException, RejectedInputException {
    return EncryptionKey.parse(folderText(data, master));
  }

  private static String folderText(Path data, EncryptionKey master)
      throws IOException, RejectedInputException {
    try (DecryptingStream in =
        new DecryptingStream(Files.newInputStream(data.resolve(KEY)), master)) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.US_ASCII);
    } catch (DamagedException e) {
      throw new RejectedInputException(
          "The data folder is encrypted with another key, or its file %s is damaged."
              .formatted(KEY));
    }
  }

  /** On the disk, under its name, as a whole. */
  private static void keep(Path data, String text, EncryptionKey master) throws IOException {
    Path part = Files.createTempFile(data, "", ".part");
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(encrypted(text, master));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(part, data.resolve(KEY), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    try (FileChannel names = FileChannel.open(data, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static byte[] encrypted(String text, EncryptionKey master) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (EncryptingStream out = new EncryptingStream(bytes, master)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  /**
   * How a content is called whose hash is known: an HMAC of it in an encrypted folder.
   *
   * @param folder any path of the data folder
   */
  public static String name(Path folder, String hash) {
    return folder instanceof SealedPath sealed ? sealed.system().key().name(hash) : hash;
  }

  /**
   * The password of a database whose file is in a folder; empty if it is not encrypted.
   *
   * @param folder the data folder
   */
  public static Optional<String> databaseKey(Path folder) {
    return folder instanceof SealedPath sealed
        ? Optional.of(sealed.system().key().secret("database"))
        : Optional.empty();
  }

  /** The path of the bytes as they are on the disk. */
  public static Path raw(Path path) {
    return path instanceof SealedPath sealed ? sealed.raw() : path;
  }
}
