package org.tessera.dicom.codec.child;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Room in the pipes of this process. Linux gives a pipe 64 KiB, so that a frame would go through it
 * in many turns of two processes that wait for each other; more room lets both go on.
 */
final class PipeRoom {
  /** F_SETPIPE_SZ of fcntl(2). */
  private static final int SET_SIZE = 1031;

  /** What any user may have, see pipe(7). */
  private static final int BYTES = 1 << 20;

  private PipeRoom() {}

  /** Widens standard input and output, where the system can. */
  static void widen() {
    Linker linker = Linker.nativeLinker();
    Optional<MethodHandle> fcntl =
        SymbolLookup.loaderLookup()
            .or(linker.defaultLookup())
            .find("fcntl")
            .filter(found -> System.getProperty("os.name").equals("Linux"))
            .map(
                found ->
                    linker.downcallHandle(
                        found,
                        FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT),
                        Linker.Option.firstVariadicArg(2)));
    if (fcntl.isEmpty()) {
      return;
    }
    try {
      for (int pipe = 0; pipe <= 1; pipe++) {
        // Refused if there is no room left for pipes: then they stay as they are.
        int unused = (int) fcntl.get().invokeExact(pipe, SET_SIZE, BYTES);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("fcntl", e);
    }
  }
}
