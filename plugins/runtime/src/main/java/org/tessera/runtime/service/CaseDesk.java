package org.tessera.runtime.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tessera.runtime.deliver.Delivery;
import org.tessera.runtime.deliver.Outbox;
import org.tessera.runtime.store.InstanceIndex;
import org.tessera.runtime.store.StoredInstance;
import org.tessera.runtime.work.CaseFolders;
import org.tessera.runtime.work.CaseQueue;
import org.tessera.runtime.work.CaseRevision;
import org.tessera.runtime.work.CaseState;
import org.tessera.runtime.work.WorkCase;

/** What a person and a program see of cases and deliveries. */
public final class CaseDesk {
  /** Rows of a list. */
  private static final int MOST = 200;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final CaseQueue queue;
  private final CaseFolders folders;
  private final Outbox outbox;
  private final InstanceIndex index;

  CaseDesk(CaseQueue queue, CaseFolders folders, Outbox outbox, InstanceIndex index) {
    this.queue = queue;
    this.folders = folders;
    this.outbox = outbox;
    this.index = index;
  }

  /**
   * A case with what a person knows it by.
   *
   * @param work the case
   * @param patient identifier, or empty
   * @param accession accession number, or empty
   * @param remark what a person should know, or empty
   */
  record Row(WorkCase work, String patient, String accession, String remark) {}

  private Row row(WorkCase work) {
    return row(work, outbox.casesWithDeadLetters());
  }

  private Row row(WorkCase work, Set<Long> withDeadLetters) {
    Optional<StoredInstance> first =
        index.study(work.subject(), work.arrivedId(), 1).stream().findFirst();
    return new Row(
        work,
        first.map(each -> each.header().patientId()).orElse(""),
        first.map(each -> each.header().accessionNumber()).orElse(""),
        withDeadLetters.contains(work.id())
            ? (work.sentence() + " A delivery was given up; a person has to look.").strip()
            : work.sentence());
  }

  private List<Row> rows() {
    Set<Long> withDeadLetters = outbox.casesWithDeadLetters();
    return queue.newest(MOST).stream().map(each -> row(each, withDeadLetters)).toList();
  }

  /** The cases that changed last, as a page. */
  public String casesPage() {
    return CasePages.cases(rows(), queue.counts());
  }

  /** The cases that changed last, as JSON. */
  public String casesJson() {
    ArrayNode cases = NODES.arrayNode();
    rows().forEach(each -> cases.add(json(each)));
    return NODES.objectNode().set("cases", cases).toString();
  }

  /** A case and its deliveries as a page; empty if there is none of this name. */
  public Optional<String> casePage(String name) {
    return queue
        .find(name)
        .map(
            each ->
                CasePages.single(row(each), queue.revisions(each), outbox.of(each.id())));
  }

  /** Where a case is, as JSON; empty if there is none of this name. */
  public Optional<String> caseJson(String name) {
    return queue
        .find(name)
        .map(
            each -> {
              ObjectNode json = json(row(each));
              ArrayNode revisions = json.putArray("revisions");
              for (CaseRevision one : queue.revisions(each)) {
                revisions
                    .addObject()
                    .put("revision", one.revision())
                    .put("instances", one.instances())
                    .put("completed", one.completed().toString())
                    .put("seal", one.seal())
                    .put("outcome", one.outcome().wireName())
                    .put("note", one.note());
              }
              ArrayNode deliveries = json.putArray("deliveries");
              outbox.of(each.id()).forEach(one -> deliveries.add(json(one)));
              return json.toString();
            });
  }

  private static ObjectNode json(Row row) {
    WorkCase work = row.work();
    return NODES
        .objectNode()
        .put("id", work.name())
        .put("state", work.state().wireName())
        .put("revision", work.revision())
        .put("attempts", work.attempts())
        .put("instances", work.instances())
        .put("expected", work.expected() == 0 ? null : Integer.valueOf(work.expected()))
        .put("patient", row.patient())
        .put("accession", row.accession())
        .put("sentence", row.remark())
        .put("firstSeen", work.firstSeen().toString())
        .put("changed", work.changed().toString());
  }

  /** Deliveries, those that a person has to look at first, as a page. */
  public String deliveriesPage() {
    return CasePages.deliveries(outbox.newest(MOST), outbox.counts());
  }

  /** Deliveries as JSON. */
  public String deliveriesJson() {
    ArrayNode deliveries = NODES.arrayNode();
    outbox.newest(MOST).forEach(each -> deliveries.add(json(each)));
    return NODES.objectNode().set("deliveries", deliveries).toString();
  }

  private static ObjectNode json(Delivery delivery) {
    return NODES
        .objectNode()
        .put("id", delivery.id())
        .put("case", delivery.caseName())
        .put("revision", delivery.revision())
        .put("destination", delivery.destination())
        .put("kind", delivery.kind())
        .put("object", delivery.object())
        .put("state", delivery.state().wireName())
        .put("attempts", delivery.attempts())
        .put("notBefore", delivery.notBefore().toString())
        .put("sentence", delivery.sentence())
        .put("changed", delivery.changed().toString());
  }

  /**
   * A file of the newest revision of a case that has a result.
   *
   * @return empty if there is no case of this name, or it has no result, or that was withdrawn
   */
  public Optional<Path> file(String name, String file) {
    return queue
        .find(name)
        .filter(work -> work.state() != CaseState.WITHDRAWN)
        .flatMap(
            work ->
                queue.revisions(work).stream()
                    .filter(each -> !each.seal().isEmpty() && each.note().isEmpty())
                    .reduce((first, second) -> second)
                    .map(each -> folders.revision(name, each.revision()).resolve(file)))
        .filter(Files::isReadable);
  }

  /** Gives a quarantined case another chance. */
  public boolean release(String name) {
    return queue.release(name);
  }

  /** Sends a dead letter again. */
  public boolean replay(long id) {
    return outbox.replay(id);
  }

  /** Sends all dead letters again. */
  public int replayAll() {
    return outbox.replayAll();
  }
}
