package org.tessera.runtime.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash that names an object: SHA-256 of its Part 10 file, in lower case digits. */
public final class BlobHash {
  private static final int CHUNK = 1 << 16;

  private BlobHash() {}

  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  public static String text(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Reads a file to its end. */
  public static String of(Path file) throws IOException {
    return copy(file, OutputStream.nullOutputStream());
  }

  private static String copy(Path file, OutputStream out) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return copy(in, out);
    }
  }

  /** Copies what is left of a stream; the hash of it. */
  public static String copy(InputStream in, OutputStream out) throws IOException {
    MessageDigest digest = digest();
    byte[] chunk = new byte[CHUNK];
    int count = in.read(chunk);
    while (count >= 0) {
      digest.update(chunk, 0, count);
      out.write(chunk, 0, count);
      count = in.read(chunk);
    }
    return text(digest);
  }
}
