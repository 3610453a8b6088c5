package org.tessera.runtime.seal;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an encrypted file without reading it; its size is that of its content.
 *
 * @param raw of the file on the disk
 */
record SealedAttributes(BasicFileAttributes raw) implements BasicFileAttributes {
  @Override
  public long size() {
    return raw.isRegularFile() ? SealedFile.contentSize(raw.size()) : raw.size();
  }

  @Override
  public FileTime lastModifiedTime() {
    return raw.lastModifiedTime();
  }

  @Override
  public FileTime lastAccessTime() {
    return raw.lastAccessTime();
  }

  @Override
  public FileTime creationTime() {
    return raw.creationTime();
  }

  @Override
  public boolean isRegularFile() {
    return raw.isRegularFile();
  }

  @Override
  public boolean isDirectory() {
    return raw.isDirectory();
  }

  @Override
  public boolean isSymbolicLink() {
    return raw.isSymbolicLink();
  }

  @Override
  public boolean isOther() {
    return raw.isOther();
  }

  @Override
  public @Nullable Object fileKey() {
    return raw.fileKey();
  }
}
