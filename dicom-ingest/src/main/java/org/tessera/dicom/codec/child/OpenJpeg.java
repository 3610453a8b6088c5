package org.tessera.dicom.codec.child;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.tessera.casemodel.RejectedInputException;

/**
 * OpenJPEG 2.5 (openjpeg.h): JPEG 2000 of ITU-T T.800, the multi-component transforms of T.801, and
 * HTJ2K of T.814. Lives in a child only. For one thread.
 */
final class OpenJpeg {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final MemoryLayout ADDRESS = ValueLayout.ADDRESS;
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** OPJ_CODEC_J2K: a code stream without a file around it. */
  private static final int CODE_STREAM = 0;

  /** More than opj_dparameters_t has. */
  private static final long PARAMETERS = 16_384;

  private static final long BUFFER = 1 << 16;

  /** Values of a frame that is worth several threads: some tens of code blocks. */
  private static final long MANY_VALUES = 1 << 18;

  /** Pixels that are put together at a time. */
  private static final int BAND = 1 << 14;

  /** Each has a stack, which counts as memory of the child. */
  private static final int MOST_THREADS = 4;

  /** opj_image_t: numcomps and comps. */
  private static final long COMPONENT_COUNT = 16;

  private static final long COMPONENTS = 24;

  /** opj_image_comp_t: w, h, data and its size. */
  private static final long WIDTH = 8;

  private static final long HEIGHT = 12;
  private static final long DATA = 48;
  private static final long COMPONENT_BYTES = 64;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup library;
  private final MethodHandle createDecompress;
  private final MethodHandle setDefaults;
  private final MethodHandle setupDecoder;
  private final MethodHandle setThreads;
  private final MethodHandle readHeader;
  private final MethodHandle decode;
  private final MethodHandle destroyCodec;
  private final MethodHandle destroyImage;
  private final MethodHandle createStream;
  private final MethodHandle destroyStream;
  private final MethodHandle setLength;
  private final MethodHandle setRead;
  private final MethodHandle setSkip;
  private final MethodHandle setSeek;
  private final MemorySegment read;
  private final MemorySegment skip;
  private final MemorySegment seek;

  private MemorySegment source = MemorySegment.NULL;
  private long position;

  OpenJpeg(SymbolLookup library) {
    this.library = library;
    createDecompress = function("opj_create_decompress", FunctionDescriptor.of(ADDRESS, INT));
    setDefaults =
        function("opj_set_default_decoder_parameters", FunctionDescriptor.ofVoid(ADDRESS));
    FunctionDescriptor two = FunctionDescriptor.of(INT, ADDRESS, ADDRESS);
    FunctionDescriptor three = FunctionDescriptor.of(INT, ADDRESS, ADDRESS, ADDRESS);
    setupDecoder = function("opj_setup_decoder", two);
    setThreads = function("opj_codec_set_threads", FunctionDescriptor.of(INT, ADDRESS, INT));
    readHeader = function("opj_read_header", three);
    decode = function("opj_decode", three);
    FunctionDescriptor one = FunctionDescriptor.ofVoid(ADDRESS);
    destroyCodec = function("opj_destroy_codec", one);
    destroyImage = function("opj_image_destroy", one);
    createStream = function("opj_stream_create", FunctionDescriptor.of(ADDRESS, LONG, INT));
    destroyStream = function("opj_stream_destroy", one);
    FunctionDescriptor pair = FunctionDescriptor.ofVoid(ADDRESS, ADDRESS);
    setLength =
        function("opj_stream_set_user_data_length", FunctionDescriptor.ofVoid(ADDRESS, LONG));
    setRead = function("opj_stream_set_read_function", pair);
    setSkip = function("opj_stream_set_skip_function", pair);
    setSeek = function("opj_stream_set_seek_function", pair);
    read =
        callback(
            "read",
            MethodType.methodType(
                long.class, MemorySegment.class, long.class, MemorySegment.class),
            FunctionDescriptor.of(LONG, ADDRESS, LONG, ADDRESS));
    MethodType skipType =
        MethodType.methodType(long.class, long.class, MemorySegment.class);
    skip = callback("skip", skipType, FunctionDescriptor.of(LONG, LONG, ADDRESS));
    MethodType seekType = MethodType.methodType(int.class, long.class, MemorySegment.class);
    seek = callback("seek", seekType, FunctionDescriptor.of(INT, LONG, ADDRESS));
  }

  private MethodHandle function(String name, FunctionDescriptor descriptor) {
    return linker.downcallHandle(library.findOrThrow(name), descriptor);
  }

  private MemorySegment callback(String name, MethodType type, FunctionDescriptor descriptor) {
    try {
      MethodHandle method = MethodHandles.lookup().bind(this, name, type);
      return linker.upcallStub(method, descriptor, Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  @SuppressWarnings("unused") // called by OpenJPEG
  private long read(MemorySegment target, long wanted, MemorySegment unused) {
    long count = Math.min(wanted, source.byteSize() - position);
    if (count <= 0) {
      return -1;
    }
    MemorySegment.copy(source, position, target.reinterpret(count), 0, count);
    position += count;
    return count;
  }

  @SuppressWarnings("unused") // called by OpenJPEG
  private long skip(long count, MemorySegment unused) {
    long before = position;
    position = Math.max(0, Math.min(source.byteSize(), position + count));
    return position == before && count != 0 ? -1 : position - before;
  }

  @SuppressWarnings("unused") // called by OpenJPEG
  private int seek(long target, MemorySegment unused) {
    if (target < 0 || target > source.byteSize()) {
      return 0;
    }
    position = target;
    return 1;
  }

  /** A decoded image, still in native memory. */
  @FunctionalInterface
  interface Sink {
    OutputStream begin() throws IOException;
  }

  /**
   * Decodes a code stream and writes its values, interleaved, little endian.
   *
   * @param processors that are free for it
   * @param sink asked for a stream once the whole image has been decoded
   * @throws RejectedInputException if OpenJPEG finds it damaged
   */
  void decode(CodeStream code, FrameShape shape, int processors, Sink sink)
      throws IOException, RejectedInputException {
    MemorySegment codec = MemorySegment.NULL;
    MemorySegment stream = MemorySegment.NULL;
    MemorySegment image = MemorySegment.NULL;
    try (Arena arena = Arena.ofConfined()) {
      source = code.bytes();
      position = 0;
      MemorySegment parameters = arena.allocate(PARAMETERS, 8);
      setDefaults.invokeExact(parameters);
      codec = (MemorySegment) createDecompress.invokeExact(CODE_STREAM);
      stream = (MemorySegment) createStream.invokeExact(BUFFER, 1);
      setRead.invokeExact(stream, read);
      setSkip.invokeExact(stream, skip);
      setSeek.invokeExact(stream, seek);
      setLength.invokeExact(stream, source.byteSize());
      MemorySegment holder = arena.allocate(ValueLayout.ADDRESS);
      boolean done = (int) setupDecoder.invokeExact(codec, parameters) != 0;
      int threads = Math.min(MOST_THREADS, processors);
      if (done && threads > 1 && shape.values() >= MANY_VALUES) {
        // A library that was built without threads says no, and decodes with one.
        int unused = (int) setThreads.invokeExact(codec, threads);
      }
      done = done && (int) readHeader.invokeExact(stream, codec, holder) != 0;
      image = holder.get(ValueLayout.ADDRESS, 0);
      done = done && (int) decode.invokeExact(codec, stream, image) != 0;
      if (!done) {
        throw new RejectedInputException(
            "The JPEG 2000 stream is damaged, cut off, or needs more memory than is allowed.");
      }
      write(planes(image, shape), code.components(), shape, sink.begin());
    } catch (IOException | RejectedInputException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("OpenJPEG", e);
    } finally {
      free(destroyImage, image);
      free(destroyStream, stream);
      free(destroyCodec, codec);
    }
  }

  private static void free(MethodHandle how, MemorySegment what) {
    if (what.address() == 0) {
      return;
    }
    try {
      how.invokeExact(what);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("OpenJPEG", e);
    }
  }

  private static MemorySegment[] planes(MemorySegment image, FrameShape shape)
      throws RejectedInputException {
    MemorySegment header = image.reinterpret(48);
    int count = header.get(INT, COMPONENT_COUNT);
    if (count != shape.samples()) {
      throw new RejectedInputException("The JPEG 2000 stream is damaged.");
    }
    MemorySegment components =
        header.get(ValueLayout.ADDRESS, COMPONENTS).reinterpret(count * COMPONENT_BYTES);
    MemorySegment[] planes = new MemorySegment[count];
    for (int i = 0; i < count; i++) {
      long at = i * COMPONENT_BYTES;
      MemorySegment data = components.get(ValueLayout.ADDRESS, at + DATA);
      if (components.get(INT, at + WIDTH) != shape.columns()
          || components.get(INT, at + HEIGHT) != shape.rows()
          || data.address() == 0) {
        throw new RejectedInputException("The JPEG 2000 stream is damaged.");
      }
      planes[i] = data.reinterpret(4L * shape.rows() * shape.columns());
    }
    return planes;
  }

  private static void write(
      MemorySegment[] planes,
      CodeStream.Component[] components,
      FrameShape shape,
      OutputStream out)
      throws IOException {
    int step = shape.samples() * shape.valueBytes();
    int pixels = shape.rows() * shape.columns();
    int[] values = new int[Math.min(BAND, pixels)];
    byte[] band = new byte[values.length * step];
    for (int from = 0; from < pixels; from += values.length) {
      int count = Math.min(values.length, pixels - from);
      for (int sample = 0; sample < planes.length; sample++) {
        MemorySegment.copy(planes[sample], INT, 4L * from, values, 0, count);
        if (components[sample].signed() != shape.signed()) {
          extend(values, 32 - components[sample].precision(), shape.signed());
        }
        store(values, count, band, sample * shape.valueBytes(), step, shape.valueBytes());
      }
      out.write(band, 0, count * step);
    }
  }

  /** A stream and a data set that differ in their sign mean the same bits. */
  private static void extend(int[] values, int unused, boolean signed) {
    if (signed) {
      for (int x = 0; x < values.length; x++) {
        values[x] = values[x] << unused >> unused;
      }
    } else {
      for (int x = 0; x < values.length; x++) {
        values[x] = values[x] << unused >>> unused;
      }
    }
  }

  private static void store(
      int[] values, int count, byte[] band, int from, int step, int width) {
    switch (width) {
      case 1 -> {
        for (int x = 0, at = from; x < count; x++, at += step) {
          band[at] = (byte) values[x];
        }
      }
      case 2 -> {
        for (int x = 0, at = from; x < count; x++, at += step) {
          SHORTS.set(band, at, (short) values[x]);
        }
      }
      default -> {
        for (int x = 0, at = from; x < count; x++, at += step) {
          INTS.set(band, at, values[x]);
        }
      }
    }
  }
}
