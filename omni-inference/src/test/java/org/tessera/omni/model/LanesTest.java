package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {

  @Test
  void eachLaneComputesAloneAndOthersKeepTheirThreads() throws InterruptedException {
    try (NDManager manager = NDManager.newBaseManager()) {
      manager.create(1f).close();
      int before = JniUtils.getNumThreads();
      try (Lanes lanes = new Lanes()) {
        Supplier<Integer> asked = JniUtils::getNumThreads;
        assertThat(lanes.run(List.of(asked, asked, asked))).containsOnly(1);
        assertThat(JniUtils.getNumThreads()).isEqualTo(before);
        AtomicInteger unseen = new AtomicInteger();
        Thread thread = new Thread(() -> unseen.set(JniUtils.getNumThreads()));
        thread.start();
        thread.join();
        assertThat(unseen).hasValue(before);
      }
    }
  }

  @Test
  void answersComeInTheOrderOfTheCallsAndWhatACallThrowsIsThrown() {
    try (NDManager manager = NDManager.newBaseManager();
        Lanes lanes = new Lanes()) {
      manager.create(1f).close();
      List<Supplier<Integer>> calls =
          IntStream.range(0, 50).<Supplier<Integer>>mapToObj(i -> () -> i).toList();
      assertThat(lanes.run(calls))
          .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
      Supplier<Integer> failing =
          () -> {
            throw new IllegalStateException("No.");
          };
      assertThatThrownBy(() -> lanes.run(List.of(failing)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("No.");
    }
  }
}
