package org.tessera.dicom.codec.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.ScratchFolder;

/**
 * The child: reads requests from standard input, answers on standard output. One thread reads, so
 * that the end of the input is seen, and ends the process, even while the other one decodes.
 */
final class DecoderMain {
  private static final int CHUNK = 1 << 16;

  private final DataInputStream in;
  private final DataOutputStream out;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private Optional<OpenJpeg> openJpeg = Optional.empty();
  private Optional<VideoStream> video = Optional.empty();
  private MemorySegment videoBytes = MemorySegment.NULL;

  private DecoderMain(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  public static void main(String[] arguments) {
    FileInputStream in = new FileInputStream(FileDescriptor.in);
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    // Whatever a library prints must not get between the answers.
    System.setOut(System.err);
    DecoderMain child =
        new DecoderMain(
            new DataInputStream(new BufferedInputStream(in, CHUNK)),
            new DataOutputStream(new BufferedOutputStream(out, CHUNK)));
    int exit = 0;
    try {
      PipeRoom.widen();
      child.serve();
    } catch (EOFException e) {
      // The parent has closed the pipe, or is gone.
    } catch (IOException | RuntimeException e) {
      exit = 1;
    }
    Runtime.getRuntime().halt(exit);
  }

  private void serve() throws IOException {
    while (true) {
      Wire.expectMagic(in);
      byte kind = in.readByte();
      switch (kind) {
        case Wire.JPEG_2000 -> {
          int processors = Wire.between(in.readInt(), 1, Integer.MAX_VALUE);
          FrameShape shape = FrameShape.read(in);
          Arena arena = Arena.ofShared();
          MemorySegment frame = readInto(arena, Wire.length(in.readLong(), Wire.MOST_BYTES));
          answer(
              () -> {
                try (arena) {
                  jpeg2000(frame, shape, processors);
                }
              });
        }
        case Wire.VIDEO -> {
          MemorySegment bytes = spooled(Wire.length(in.readLong(), Wire.MOST_VIDEO_BYTES));
          worker.execute(() -> replaceVideo(bytes));
        }
        case Wire.VIDEO_FRAME -> {
          int index = Wire.between(in.readInt(), 0, Integer.MAX_VALUE);
          FrameShape shape = FrameShape.read(in);
          answer(() -> videoFrame(index, shape));
        }
        default -> throw new IOException("A request of kind " + kind);
      }
    }
  }

  /** Something that writes an answer. */
  private interface Task {
    void run() throws IOException, RejectedInputException;
  }

  private void answer(Task task) {
    worker.execute(
        () -> {
          try {
            try {
              task.run();
            } catch (RejectedInputException e) {
              Wire.refuse(out, e.sentence());
            }
            out.flush();
          } catch (IOException | RuntimeException | Error e) {
            // An answer may have begun: only the end of the process says that it is not whole.
            Runtime.getRuntime().halt(2);
          }
        });
  }

  private MemorySegment readInto(Arena arena, long length) throws IOException {
    MemorySegment segment = arena.allocate(Math.max(1, length), 8);
    byte[] chunk = new byte[CHUNK];
    for (long at = 0; at < length; ) {
      int count = (int) Math.min(CHUNK, length - at);
      in.readFully(chunk, 0, count);
      MemorySegment.copy(chunk, 0, segment, ValueLayout.JAVA_BYTE, at, count);
      at += count;
    }
    return segment.asSlice(0, length);
  }

  /** A video may be larger than the memory of a child: it is mapped from a file without a name. */
  private MemorySegment spooled(long length) throws IOException {
    Path file = ScratchFolder.newFile(".video");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      Files.deleteIfExists(file);
      byte[] chunk = new byte[CHUNK];
      for (long at = 0; at < length; ) {
        int count = (int) Math.min(CHUNK, length - at);
        in.readFully(chunk, 0, count);
        for (ByteBuffer rest = ByteBuffer.wrap(chunk, 0, count); rest.hasRemaining(); ) {
          channel.write(rest);
        }
        at += count;
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, length, Arena.ofAuto());
    }
  }

  private void replaceVideo(MemorySegment bytes) {
    closeVideo();
    videoBytes = bytes;
  }

  private void closeVideo() {
    video.ifPresent(VideoStream::close);
    video = Optional.empty();
  }

  private void videoFrame(int index, FrameShape shape)
      throws IOException, RejectedInputException {
    if (video.isEmpty() || video.get().position() > index) {
      closeVideo();
      video = Optional.of(VideoStream.open(videoBytes));
    }
    VideoStream stream = video.get();
    while (stream.position() < index) {
      stream.next();
    }
    VideoPicture.write(stream.next(), shape, () -> begin(shape));
  }

  private void jpeg2000(MemorySegment frame, FrameShape shape, int processors)
      throws IOException, RejectedInputException {
    CodeStream code = CodeStream.of(frame, shape);
    if (openJpeg.isEmpty()) {
      openJpeg = Optional.of(new OpenJpeg(NativeLibraries.openJpeg()));
    }
    openJpeg.get().decode(code, shape, processors, () -> begin(shape));
  }

  /** The head of an answer that has the values of a frame. */
  private DataOutputStream begin(FrameShape shape) throws IOException {
    out.writeInt(Wire.MAGIC);
    out.writeByte(Wire.DECODED);
    out.writeLong(shape.bytes());
    return out;
  }
}
