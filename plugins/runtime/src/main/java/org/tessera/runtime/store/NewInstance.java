package org.tessera.runtime.store;

/**
 * An object that has no row yet.
 *
 * @param sha256 of all bytes of its file
 * @param size of that file in bytes
 * @param header what it is
 * @param source who sent it
 */
record NewInstance(String sha256, long size, InstanceHeader header, String source) {}
