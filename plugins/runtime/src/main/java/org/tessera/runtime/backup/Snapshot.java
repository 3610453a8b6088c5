package org.tessera.runtime.backup;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.encrypt.DamagedException;
import org.tessera.runtime.store.BlobHash;

/** Reads a snapshot, a line at a time. */
final class Snapshot {
  static final String FIRST_LINE = "tessera-backup 1";
  private static final int LONGEST_LINE = 8192;
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (\\d{1,18}) (.+)");

  /**
   * A file of the data folder.
   *
   * @param sha256 of its bytes
   * @param size in bytes
   * @param path below the data folder, and never out of it
   */
  record Entry(String sha256, long size, Path path) {}

  /**
   * What a whole snapshot holds.
   *
   * @param files how many
   * @param bytes of all of them
   */
  record Totals(long files, long bytes) {}

  /** Deals with one file. */
  @FunctionalInterface
  interface Visitor {
    void visit(Entry entry) throws IOException, RejectedInputException;
  }

  private final Path file;
  private final BackupCoding coding;

  Snapshot(Path file, BackupCoding coding) {
    this.file = file;
    this.coding = coding;
  }

  /**
   * Reads it to its end, without doing anything.
   *
   * @throws RejectedInputException with one sentence, if it is no whole snapshot
   */
  Totals check() throws IOException, RejectedInputException {
    long[] totals = new long[2];
    each(
        entry -> {
          totals[0]++;
          totals[1] += entry.size();
        });
    return new Totals(totals[0], totals[1]);
  }

  /** Visits its files in order; whether it is whole is known only at the end. */
  void each(Visitor visitor) throws IOException, RejectedInputException {
    MessageDigest digest = BlobHash.digest();
    try (InputStream in = new BufferedInputStream(coding.reading(file))) {
      String line = line(in);
      if (!line.equals(FIRST_LINE)) {
        throw new RejectedInputException("The snapshot is of another version, or is none.");
      }
      long count = 0;
      while (!line.startsWith("end ")) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        line = line(in);
        if (!line.startsWith("end ")) {
          visitor.visit(entry(line));
          count++;
        }
      }
      if (!line.equals("end %d %s".formatted(count, BlobHash.text(digest)))) {
        throw damaged();
      }
    } catch (DamagedException e) {
      throw damaged();
    }
  }

  private static RejectedInputException damaged() {
    return new RejectedInputException("The snapshot is damaged.");
  }

  private static String line(InputStream in) throws IOException, RejectedInputException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = in.read();
    while (next != '\n') {
      if (next < 0 || bytes.size() == LONGEST_LINE) {
        throw damaged();
      }
      bytes.write(next);
      next = in.read();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Entry entry(String line) throws RejectedInputException {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw damaged();
    }
    try {
      Path path = Path.of(parts.group(3));
      if (!path.isAbsolute() && path.equals(path.normalize()) && !path.startsWith("..")) {
        return new Entry(parts.group(1), Long.parseLong(parts.group(2)), path);
      }
    } catch (InvalidPathException e) {
      throw damaged();
    }
    throw damaged();
  }
}
