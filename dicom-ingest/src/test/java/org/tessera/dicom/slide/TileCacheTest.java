package org.tessera.dicom.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The bounded cache of decoded tiles. */
class TileCacheTest {
  private static final int TILE_BYTES = 1000;

  private final Object level = new Object();
  private final AtomicInteger loads = new AtomicInteger();

  private SlideTile load() {
    loads.incrementAndGet();
    return new SlideTile(TILE_BYTES, 1, 1, new byte[TILE_BYTES]);
  }

  @Test
  void whatWasUsedLastIsKeptAndTheRestIsDropped() throws IOException {
    TileCache cache = new TileCache(3 * (TILE_BYTES + 64));
    for (int place = 0; place < 100; place++) {
      cache.get(level, 0, this::load);
      cache.get(level, place, this::load);
      assertThat(cache.held()).isLessThanOrEqualTo(3 * (TILE_BYTES + 64));
    }
    assertThat(loads).hasValue(100);
    cache.get(level, 1, this::load);
    assertThat(loads).as("tile 1 was dropped").hasValue(101);
  }

  @Test
  void aTileLargerThanTheCacheIsGivenButNotKept() throws IOException {
    TileCache cache = new TileCache(TILE_BYTES / 2);
    assertThat(cache.get(level, 0, this::load).samples()).hasSize(TILE_BYTES);
    assertThat(cache.held()).isZero();
  }

  @Test
  void levelsAreToldApart() throws IOException {
    TileCache cache = new TileCache(1 << 20);
    cache.get(level, 0, this::load);
    cache.get(new Object(), 0, this::load);
    assertThat(loads).hasValue(2);
  }

  @Test
  void aTileThatCouldNotBeDecodedIsTriedAgain() throws IOException {
    TileCache cache = new TileCache(1 << 20);
    assertThatThrownBy(
            () ->
                cache.get(
                    level,
                    0,
                    () -> {
                      throw new IOException("The tile is damaged.");
                    }))
        .hasMessage("The tile is damaged.");
    assertThat(cache.get(level, 0, this::load).width()).isEqualTo(TILE_BYTES);
  }

  @Test
  void manyThreadsDecodeATileOnceAndTheBoundHolds() throws Exception {
    TileCache cache = new TileCache(10 * (TILE_BYTES + 64));
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<SlideTile>> same = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        same.add(threads.submit(() -> cache.get(level, 7, this::load)));
      }
      for (Future<SlideTile> each : same) {
        assertThat(each.get()).isSameAs(same.getFirst().get());
      }
      assertThat(loads).hasValue(1);
      List<Future<SlideTile>> all = new ArrayList<>();
      for (int i = 0; i < 5000; i++) {
        int place = i * 31 % 97;
        all.add(threads.submit(() -> cache.get(level, place, this::load)));
      }
      for (Future<SlideTile> each : all) {
        assertThat(each.get().width()).isEqualTo(TILE_BYTES);
      }
    }
    assertThat(cache.held()).isBetween(0L, 10L * (TILE_BYTES + 64));
  }
}
