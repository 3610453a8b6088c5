package org.tessera.runtime.seal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.encrypt.FileCipher;

/** What the files of an encrypted folder can do; all but their bytes is as on the disk. */
final class SealedProvider extends FileSystemProvider {
  private final SealedFileSystem system;

  SealedProvider(SealedFileSystem system) {
    this.system = system;
  }

  @Override
  public String getScheme() {
    return "sealed";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path raw = SealedPath.raw(path);
    boolean write =
        options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    FileChannel channel =
        write
            ? FileChannel.open(raw, writing(options), attributes(raw, "rw-------", attributes))
            : FileChannel.open(raw, options);
    try {
      if (!write && Files.isDirectory(raw)) {
        // To bring its names to the disk.
        return channel;
      }
      boolean read = !write || options.contains(StandardOpenOption.READ);
      return SealedChannel.of(
          channel, system.key(), system.place(raw), new SealedChannel.Access(read, write));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** What is written is read as well, in chunks; what is added is added here. */
  private static Set<OpenOption> writing(Set<? extends OpenOption> options) {
    Set<OpenOption> all = new HashSet<>(options);
    all.remove(StandardOpenOption.APPEND);
    all.add(StandardOpenOption.READ);
    all.add(StandardOpenOption.WRITE);
    return all;
  }

  private static FileAttribute<?>[] attributes(
      Path raw, String permissions, FileAttribute<?>[] given) {
    return given.length > 0
            || !raw.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? given
        : new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> raw =
        Files.newDirectoryStream(
            SealedPath.raw(folder), each -> filter.accept(system.path(each)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> names = raw.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return names.hasNext();
          }

          @Override
          public Path next() {
            return system.path(names.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        raw.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    Path raw = SealedPath.raw(folder);
    Files.createDirectory(raw, attributes(raw, "rwx------", attributes));
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    Files.createLink(SealedPath.raw(link), SealedPath.raw(existing));
    system.linked(SealedPath.raw(link), SealedPath.raw(existing));
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(SealedPath.raw(path));
    system.deleted(SealedPath.raw(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    Set<OpenOption> writing =
        List.of(options).contains(StandardCopyOption.REPLACE_EXISTING)
            ? Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)
            : Set.of(StandardOpenOption.CREATE_NEW);
    try (InputStream in = Files.newInputStream(source);
        OutputStream out =
            Files.newOutputStream(target, writing.toArray(new OpenOption[0]))) {
      in.transferTo(out);
    }
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Path from = SealedPath.raw(source);
    Path to = SealedPath.raw(target);
    String before = system.place(from);
    String after = system.place(to);
    if (!before.equals(after)) {
      if (Files.isDirectory(from)) {
        throw new IOException("An encrypted folder has to stay where it is.");
      }
      remark(from, before, after);
    }
    Files.move(from, to, options);
    system.deleted(from);
  }

  /** Ties a file to another place; one that is not where it belongs stays what it is. */
  private void remark(Path raw, String before, String after) throws IOException {
    EncryptionKey key = system.key();
    try (FileChannel channel =
        FileChannel.open(raw, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer start = ByteBuffer.allocate(SealedFile.START);
      while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {}
      byte[] head = Arrays.copyOf(start.array(), FileCipher.HEAD);
      byte[] mark =
          Arrays.copyOfRange(start.array(), FileCipher.HEAD, SealedFile.START);
      if (!start.hasRemaining() && Arrays.equals(mark, key.mark(head, before))) {
        ByteBuffer next = ByteBuffer.wrap(key.mark(head, after));
        while (next.hasRemaining()) {
          channel.write(next, (long) FileCipher.HEAD + next.position());
        }
      }
    }
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return Files.isSameFile(SealedPath.raw(one), SealedPath.raw(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return Files.isHidden(SealedPath.raw(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return Files.getFileStore(SealedPath.raw(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    Path raw = SealedPath.raw(path);
    raw.getFileSystem().provider().checkAccess(raw, modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return Files.getFileAttributeView(SealedPath.raw(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    A raw = Files.readAttributes(SealedPath.raw(path), type, options);
    return type == BasicFileAttributes.class ? type.cast(new SealedAttributes(raw)) : raw;
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return Files.readAttributes(SealedPath.raw(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    Files.setAttribute(SealedPath.raw(path), name, value, options);
  }
}
