package org.tessera.runtime.deliver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.tessera.runtime.work.CaseAnalysis;
import org.tessera.runtime.work.CaseFolders;
import org.tessera.runtime.work.CaseQueue;
import org.tessera.runtime.work.CaseRevision;
import org.tessera.runtime.work.CaseState;
import org.tessera.runtime.work.WorkCase;

/**
 * Puts results into the outbox. In shadow mode nothing is to be sent, neither now nor later; the
 * result of a request is for whoever asked.
 */
public final class ResultHandover implements CaseQueue.Handover {
  private final Outbox outbox;
  private final CaseFolders folders;
  private final List<Destination> destinations;
  private final boolean shadow;

  public ResultHandover(
      Outbox outbox, CaseFolders folders, List<Destination> destinations, boolean shadow) {
    this.outbox = outbox;
    this.folders = folders;
    this.destinations = List.copyOf(destinations);
    this.shadow = shadow;
  }

  @Override
  public CaseState analysed(
      Handle transaction,
      WorkCase work,
      CaseRevision revision,
      CaseAnalysis.Result result,
      Optional<CaseRevision> earlier) {
    if (shadow) {
      return CaseState.SHADOW;
    }
    int added;
    try {
      added =
          outbox.add(
              transaction,
              work,
              ResultFiles.in(folders.revision(work.name(), work.revision()), result.seal()),
              destinations,
              Instant.now());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return added == 0 ? CaseState.ANALYSED : CaseState.DELIVERING;
  }

  @Override
  public void noted() {
    outbox.tell();
  }
}
