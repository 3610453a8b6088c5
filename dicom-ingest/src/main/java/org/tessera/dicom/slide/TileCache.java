package org.tessera.dicom.slide;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Decoded tiles of all slides, the least recently used dropped beyond a number of bytes. A tile
 * that several threads want at once is decoded once; the others wait for it. Thread-safe.
 */
final class TileCache {
  private static final long MOST = 256L << 20;
  private static final TileCache SHARED =
      new TileCache(Math.min(MOST, Runtime.getRuntime().maxMemory() / 8));

  /** Decodes a tile that is not there. */
  interface Loader {
    SlideTile load() throws IOException;
  }

  private record Key(Object level, long place) {}

  private final long most;
  private final Map<Key, CompletableFuture<SlideTile>> tiles = new LinkedHashMap<>(64, 0.75f, true);
  private long held;

  TileCache(long most) {
    this.most = most;
  }

  /** The one of the process: 256 MiB, or an eighth of the heap if that is less. */
  static TileCache shared() {
    return SHARED;
  }

  /**
   * A tile, from memory or decoded.
   *
   * @param level whose tile it is; compared by identity of its object unless it says otherwise
   * @param place which one
   */
  SlideTile get(Object level, long place, Loader loader) throws IOException {
    Key key = new Key(level, place);
    CompletableFuture<SlideTile> mine = new CompletableFuture<>();
    CompletableFuture<SlideTile> known;
    synchronized (tiles) {
      known = tiles.get(key);
      if (known == null) {
        tiles.put(key, mine);
      }
    }
    if (known != null) {
      return waitFor(known);
    }
    try {
      SlideTile tile = loader.load();
      mine.complete(tile);
      keep(tile);
      return tile;
    } catch (IOException | RuntimeException | Error e) {
      synchronized (tiles) {
        tiles.remove(key, mine);
      }
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private static SlideTile waitFor(CompletableFuture<SlideTile> tile) throws IOException {
    try {
      return tile.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException io) {
        throw new IOException(io.getMessage(), io.getCause());
      }
      throw e;
    }
  }

  private void keep(SlideTile tile) {
    synchronized (tiles) {
      held += tile.bytes();
      Iterator<CompletableFuture<SlideTile>> eldest = tiles.values().iterator();
      while (held > most && eldest.hasNext()) {
        CompletableFuture<SlideTile> next = eldest.next();
        if (next.isDone()) {
          held -= next.join().bytes();
          eldest.remove();
        }
      }
    }
  }

  /** Bytes of the tiles that are kept. */
  long held() {
    synchronized (tiles) {
      return held;
    }
  }
}
