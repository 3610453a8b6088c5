package org.tessera.runtime.store;

import org.tessera.dicom.TransferSyntax;

/**
 * What an object is said to be.
 *
 * @param sopClass SOP Class UID
 * @param sopInstance SOP Instance UID
 * @param syntax how its data set is written
 */
public record ObjectIdentity(String sopClass, String sopInstance, TransferSyntax syntax) {}
