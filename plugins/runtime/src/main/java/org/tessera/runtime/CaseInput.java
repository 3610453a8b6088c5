package org.tessera.runtime;

import java.nio.file.Path;

/**
 * A file or folder as the user named it.
 *
 * @param kind what it is said to be
 * @param path where it is; a folder or a DICOMDIR only for {@link InputKind#DICOM} and {@link
 *     InputKind#SLIDE}
 */
public record CaseInput(InputKind kind, Path path) {}
