package org.tessera.omni.model;

import ai.djl.engine.Engine;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What PyTorch writes to the error stream. It heeds the environment variable {@code
 * TORCH_CPP_LOG_LEVEL} only after {@code c10::initLogging}, which its Python front end calls and
 * DJL does not.
 */
final class EngineLog {
  private static final Logger LOG = LoggerFactory.getLogger(EngineLog.class);
  private static final String LEVEL = "TORCH_CPP_LOG_LEVEL";
  static final String INITIALIZE = "_ZN3c1011initLoggingEv";

  private EngineLog() {}

  /** Sets the level that the environment asks for; nothing if it asks for none. */
  static void asAsked() {
    if (System.getenv(LEVEL) == null) {
      return;
    }
    // Loads the libraries.
    Engine.getInstance();
    Optional<MemorySegment> initialize = SymbolLookup.loaderLookup().find(INITIALIZE);
    if (initialize.isEmpty()) {
      LOG.debug("This PyTorch has no {}.", INITIALIZE);
      return;
    }
    try {
      Linker.nativeLinker()
          .downcallHandle(initialize.get(), FunctionDescriptor.ofVoid())
          .invokeExact();
    } catch (Throwable e) {
      // Too many warnings are no reason to judge no case.
      LOG.debug("PyTorch's log could not be set up.", e);
    }
  }
}
