package org.tessera.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.tessera.casemodel.Content;

/**
 * A file on disk. Its bytes are read once, in blocks, for the hash and the media type; they are
 * never held.
 */
public final class FileContent implements Content {
  private final Path path;
  private final String name;
  private final String mediaType;
  private final long size;
  private final String sha256;

  private FileContent(Path path, String name, String mediaType, long size, String sha256) {
    this.path = path;
    this.name = name;
    this.mediaType = mediaType;
    this.size = size;
    this.sha256 = sha256;
  }

  /**
   * Reads a regular file through.
   *
   * @param name what to call it in messages; a base name or a path inside a folder that the user
   *     gave, never an absolute path
   * @throws IOException if it cannot be read
   */
  public static FileContent of(Path path, String name) throws IOException {
    MessageDigest digest = digest();
    byte[] head = new byte[MediaTypes.HEAD];
    long size = 0;
    try (InputStream in = Files.newInputStream(path)) {
      int first = in.readNBytes(head, 0, head.length);
      head = Arrays.copyOf(head, first);
      digest.update(head);
      size = first;
      byte[] block = new byte[1 << 16];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
        size += read;
      }
    }
    return new FileContent(
        path, name, MediaTypes.of(head), size, HexFormat.of().formatHex(digest.digest()));
  }

  /** A file called by its base name. */
  public static FileContent of(Path path) throws IOException {
    return of(path, baseName(path));
  }

  /** The last part of a path. */
  static String baseName(Path path) {
    Path last = path.getFileName();
    return last == null ? "input" : last.toString();
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has to have it (see MessageDigest).
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String mediaType() {
    return mediaType;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(path);
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(path);
  }
}
