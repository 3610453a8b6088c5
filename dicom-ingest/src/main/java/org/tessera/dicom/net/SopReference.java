package org.tessera.dicom.net;

/**
 * An object that is meant, not sent.
 *
 * @param sopClass UID
 * @param sopInstance UID
 */
public record SopReference(String sopClass, String sopInstance) {}
