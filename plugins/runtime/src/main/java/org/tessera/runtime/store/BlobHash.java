package org.tessera.runtime.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  /** Copies a file, and waits until the copy is on the disk; returns the hash of what was read. */
  public static String copy(Path file, Path to) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                to,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      String hash = copy(file, out);
      channel.force(true);
      return hash;
    }
  }

  private static String copy(Path file, OutputStream out) throws IOException {
    MessageDigest digest = digest();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      int count = in.read(chunk);
      while (count >= 0) {
        digest.update(chunk, 0, count);
        out.write(chunk, 0, count);
        count = in.read(chunk);
      }
    }
    return text(digest);
  }
}
