package org.tessera.runtime.seal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/**
 * A path of an encrypted folder: that of the file on the disk, by another name.
 *
 * @param system the folder
 * @param raw of the file on the disk
 */
record SealedPath(SealedFileSystem system, Path raw) implements Path {

  /** The path on the disk of one that comes from here, or is only a name. */
  static Path raw(Path path) {
    return path instanceof SealedPath sealed ? sealed.raw : path;
  }

  private SealedPath of(Path path) {
    return new SealedPath(system, path);
  }

  private @Nullable SealedPath ofNullable(@Nullable Path path) {
    return path == null ? null : of(path);
  }

  @Override
  public SealedFileSystem getFileSystem() {
    return system;
  }

  @Override
  public boolean isAbsolute() {
    return raw.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return ofNullable(raw.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return ofNullable(raw.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return ofNullable(raw.getParent());
  }

  @Override
  public int getNameCount() {
    return raw.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return of(raw.getName(index));
  }

  @Override
  public Path subpath(int from, int to) {
    return of(raw.subpath(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof SealedPath && raw.startsWith(raw(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return other instanceof SealedPath && raw.endsWith(raw(other));
  }

  @Override
  public Path normalize() {
    return of(raw.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return of(raw.resolve(raw(other)));
  }

  @Override
  public Path relativize(Path other) {
    return of(raw.relativize(raw(other)));
  }

  @Override
  public URI toUri() {
    return raw.toUri();
  }

  @Override
  public Path toAbsolutePath() {
    return of(raw.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return of(raw.toRealPath(options));
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    return raw.register(watcher, events, modifiers);
  }

  @Override
  public int compareTo(Path other) {
    return raw.compareTo(raw(other));
  }

  @Override
  public String toString() {
    return raw.toString();
  }
}
