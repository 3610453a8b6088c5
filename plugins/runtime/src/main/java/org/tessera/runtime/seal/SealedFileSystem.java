package org.tessera.runtime.seal;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import org.tessera.runtime.encrypt.EncryptionKey;

/** An encrypted folder, and what it needs to know of its paths. */
final class SealedFileSystem extends FileSystem {
  private static final String DRAFT = ".part";

  private final Path folder;
  private final EncryptionKey key;
  private final SealedProvider provider = new SealedProvider(this);

  /** The places of files that have further names, by those: links do not outlive the process. */
  private final Map<Path, String> links = new ConcurrentHashMap<>();

  SealedFileSystem(Path folder, EncryptionKey key) {
    this.folder = folder.toAbsolutePath().normalize();
    this.key = key;
  }

  /** The folder itself. */
  Path root() {
    return path(folder);
  }

  Path path(Path raw) {
    return new SealedPath(this, raw);
  }

  EncryptionKey key() {
    return key;
  }

  /** What a file is tied to: its path in the folder; a draft has that of what it becomes. */
  String place(Path raw) {
    Path file = raw.toAbsolutePath().normalize();
    String linked = links.get(file);
    if (linked != null) {
      return linked;
    }
    StringJoiner place = new StringJoiner("/");
    for (Path each : folder.relativize(file)) {
      String name = each.toString();
      place.add(
          name.endsWith(DRAFT) ? name.substring(0, name.length() - DRAFT.length()) : name);
    }
    return place.toString();
  }

  /** A file has a further name. */
  void linked(Path link, Path existing) {
    links.put(link.toAbsolutePath().normalize(), place(existing));
  }

  /** A name is gone. */
  void deleted(Path raw) {
    links.remove(raw.toAbsolutePath().normalize());
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return folder.getFileSystem().getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return Set.of(root());
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return folder.getFileSystem().getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return folder.getFileSystem().supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return path(folder.getFileSystem().getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    PathMatcher matcher = folder.getFileSystem().getPathMatcher(pattern);
    return path -> matcher.matches(SealedPath.raw(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return folder.getFileSystem().getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }
}
