package org.tessera.runtime.commit;

/**
 * A request for storage commitment.
 *
 * @param id of its row
 * @param requester AE title of who asked
 * @param transaction UID that it gave
 * @param attempts to report the outcome
 */
record Commitment(long id, String requester, String transaction, int attempts) {}
