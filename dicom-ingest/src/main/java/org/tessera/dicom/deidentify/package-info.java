/**
 * De-identification by PS3.15 Annex E: the Basic Application Level Confidentiality Profile and its
 * options. {@link org.tessera.dicom.deidentify.Deidentifier} takes a file and writes another one.
 */
@NullMarked
package org.tessera.dicom.deidentify;

import org.jspecify.annotations.NullMarked;
