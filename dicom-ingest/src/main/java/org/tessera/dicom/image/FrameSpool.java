package org.tessera.dicom.image;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.ScratchFolder;

/**
 * Written frames on their way into a file: in a temporary file, so that an object of any number of
 * frames needs the memory of one. For one thread.
 */
final class FrameSpool implements Closeable {
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final OutputStream out;
  private final List<Long> lengths = new ArrayList<>();
  private long size;

  FrameSpool() throws IOException {
    file = ScratchFolder.newFile(".frames");
    out = new BufferedOutputStream(Files.newOutputStream(file), CHUNK);
  }

  void add(byte[] frame, int length) throws IOException {
    out.write(frame, 0, length);
    lengths.add((long) length);
    size += length;
  }

  long size() {
    return size;
  }

  List<Long> lengths() {
    return lengths;
  }

  /** All bytes; they stay for as long as somebody holds them, after {@link #close} as well. */
  Bytes bytes() throws IOException {
    out.flush();
    if (size == 0) {
      return Bytes.of(new byte[0]);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return Bytes.of(channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto()));
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
    // The mapping keeps the bytes; where the system forbids this, the file goes at the end.
    if (!file.toFile().delete()) {
      file.toFile().deleteOnExit();
    }
  }
}
