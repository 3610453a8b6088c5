package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.djl.engine.Engine;
import java.lang.foreign.SymbolLookup;
import org.junit.jupiter.api.Test;

class EngineLogTest {

  /** A PyTorch without it would warn at every convolution on some processors. */
  @Test
  void theFunctionThatReadsTheLevelIsThere() {
    assertThat(Engine.getInstance().getEngineName()).isEqualTo("PyTorch");
    assertThat(SymbolLookup.loaderLookup().find(EngineLog.INITIALIZE)).isPresent();
    assertThatCode(EngineLog::asAsked).doesNotThrowAnyException();
  }
}
