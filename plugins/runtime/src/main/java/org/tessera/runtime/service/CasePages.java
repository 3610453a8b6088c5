package org.tessera.runtime.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.tessera.explain.report.Html;
import org.tessera.runtime.deliver.Delivery;
import org.tessera.runtime.deliver.DeliveryState;
import org.tessera.runtime.work.CaseRevision;
import org.tessera.runtime.work.CaseState;

/** Pages about cases and deliveries; nothing in them comes from elsewhere, and no script runs. */
final class CasePages {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String STYLE = style();
  private static final int SEAL_SHOWN = 12;

  private CasePages() {}

  private static String style() {
    try (InputStream in =
        Objects.requireNonNull(CasePages.class.getResourceAsStream("desk.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String page(String title, Html content) {
    return Html.of(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>{}</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>{}</style></head><body>
            <header><p class="brand"><b>Tessera</b> <span>Not a medical device. For research; not
            for diagnosis.</span></p>
            <nav><a href="/cases">Cases</a> <a href="/deliveries">Deliveries</a>
            <a href="/health">Health</a></nav></header>
            <main><h1>{}</h1>
            {}</main></body></html>
            """,
            title,
            new Html(STYLE),
            title,
            content)
        .markup();
  }

  private static Html mark(String state) {
    return Html.of("<span class=\"state {}\">{}</span>", state, state);
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  private static Html count(String state, long n) {
    return n == 0 ? Html.NONE : Html.of("<li>{} {}</li>\n", mark(state), n);
  }

  static String cases(List<CaseDesk.Row> rows, Map<CaseState, Long> counts) {
    Html summary =
        Html.each(
            counts.entrySet(), each -> count(each.getKey().wireName(), each.getValue()));
    Html table =
        rows.isEmpty()
            ? new Html("<p class=\"none\">No study has arrived yet.</p>")
            : Html.of(
                """
                <div class="wide"><table>
                <thead><tr><th>Case</th><th>Patient</th><th>Accession</th><th>State</th>
                <th class="n">Rev.</th><th class="n">Images</th><th>Changed (UTC)</th>
                <th>Remark</th></tr></thead>
                <tbody>{}</tbody></table></div>
                """,
                Html.each(rows, CasePages::caseRow));
    return page("Cases", Html.of("<ul class=\"counts\">{}</ul>\n{}", summary, table));
  }

  private static Html caseRow(CaseDesk.Row row) {
    return Html.of(
        """
        <tr><td><a href="/cases/{}/status">{}</a></td><td>{}</td><td>{}</td><td>{}</td>
        <td class="n">{}</td><td class="n">{}</td><td class="time">{}</td>
        <td class="remark">{}</td></tr>
        """,
        row.work().name(),
        row.work().name(),
        row.patient(),
        row.accession(),
        mark(row.work().state().wireName()),
        row.work().revision(),
        images(row),
        time(row.work().changed()),
        row.remark());
  }

  private static String images(CaseDesk.Row row) {
    String present = row.work().instances() == 0 ? "" : "" + row.work().instances();
    return row.work().expected() == 0 ? present : present + " of " + row.work().expected();
  }

  static String single(
      CaseDesk.Row row, List<CaseRevision> revisions, List<Delivery> deliveries) {
    String name = row.work().name();
    boolean withdrawn = row.work().state() == CaseState.WITHDRAWN;
    boolean result = !withdrawn && revisions.stream().anyMatch(each -> !each.seal().isEmpty());
    Html facts =
        Html.of(
            """
            <dl class="facts"><div><dt>State</dt><dd>{}</dd></div>
            <div><dt>Patient</dt><dd>{}</dd></div><div><dt>Accession</dt><dd>{}</dd></div>
            <div><dt>First image</dt><dd>{} UTC</dd></div>
            <div><dt>Changed</dt><dd>{} UTC</dd></div></dl>
            {}{}
            """,
            mark(row.work().state().wireName()),
            row.patient().isEmpty() ? "not stated" : row.patient(),
            row.accession().isEmpty() ? "not stated" : row.accession(),
            time(row.work().firstSeen()),
            time(row.work().changed()),
            row.remark().isEmpty()
                ? Html.NONE
                : Html.of("<p class=\"sentence\">{}</p>\n", row.remark()),
            result
                ? Html.of(
                    "<p><a class=\"main\" href=\"/cases/{}/report\">Report</a>"
                        + " <a href=\"/cases/{}\">result.json</a></p>\n",
                    name,
                    name)
                : Html.of(
                    "<p class=\"none\">{}</p>\n",
                    withdrawn ? "The result was withdrawn." : "There is no result yet."));
    Html retry =
        row.work().state() == CaseState.QUARANTINED || withdrawn
            ? Html.of(
                """
                <form method="post" action="/cases/{}/retry">
                <button>Analyse again</button></form>
                """,
                name)
            : Html.NONE;
    return page(
        name,
        Html.join(
            facts,
            retry,
            result ? acts(name) : Html.NONE,
            revisions(revisions),
            deliveryTable(deliveries)));
  }

  private static Html acts(String name) {
    return Html.of(
        """
        <form method="post" action="/cases/{}/sign">
        <label>Clinician <input name="by" required maxlength="64"></label>
        <button>Sign the report</button></form>
        <form method="post" action="/cases/{}/withdraw">
        <label>Who <input name="by" required maxlength="64"></label>
        <label>Why <input name="reason" required maxlength="400"></label>
        <button>Withdraw the result</button></form>
        """,
        name,
        name);
  }

  private static Html revisions(List<CaseRevision> revisions) {
    return revisions.isEmpty()
        ? Html.NONE
        : Html.of(
            """
            <h2>Revisions</h2>
            <div class="wide"><table><thead><tr><th class="n">Revision</th>
            <th class="n">Images</th><th>Complete (UTC)</th><th>Result</th><th>Remark</th>
            <th>Seal</th></tr>
            </thead><tbody>{}</tbody></table></div>
            """,
            Html.each(
                revisions,
                each ->
                    Html.of(
                        """
                        <tr><td class="n">{}</td><td class="n">{}</td><td class="time">{}</td>
                        <td>{}</td><td class="remark">{}</td><td><code>{}</code></td></tr>
                        """,
                        each.revision(),
                        each.instances(),
                        time(each.completed()),
                        each.outcome().wireName(),
                        each.note(),
                        each.seal().substring(0, Math.min(SEAL_SHOWN, each.seal().length())))));
  }

  static String deliveries(List<Delivery> deliveries, Map<DeliveryState, Long> counts) {
    Html summary =
        Html.each(
            counts.entrySet(), each -> count(each.getKey().wireName(), each.getValue()));
    Html all =
        counts.getOrDefault(DeliveryState.DEAD, 0L) == 0
            ? Html.NONE
            : new Html(
                """
                <form method="post" action="/deliveries/replay">
                <button>Send all dead letters again</button></form>
                """);
    return page(
        "Deliveries",
        Html.join(
            Html.of("<ul class=\"counts\">{}</ul>\n", summary), all, deliveryTable(deliveries)));
  }

  private static Html deliveryTable(List<Delivery> deliveries) {
    return deliveries.isEmpty()
        ? new Html("<p class=\"none\">Nothing has to be sent.</p>")
        : Html.of(
            """
            <h2>Sent, and to be sent</h2>
            <div class="wide"><table><thead><tr><th class="n">No.</th><th>Case</th>
            <th class="n">Rev.</th><th>Object</th><th>Destination</th><th>State</th>
            <th class="n">Attempts</th><th>Changed (UTC)</th><th>Remark</th></tr></thead>
            <tbody>{}</tbody></table></div>
            """,
            Html.each(deliveries, CasePages::deliveryRow));
  }

  private static Html deliveryRow(Delivery each) {
    Html replay =
        each.state() == DeliveryState.DEAD
            ? Html.of(
                """
                <form method="post" action="/deliveries/{}/replay">
                <button>Send again</button></form>""",
                each.id())
            : Html.NONE;
    return Html.of(
        """
        <tr><td class="n">{}</td><td><a href="/cases/{}/status">{}</a></td><td class="n">{}</td>
        <td>{}</td><td>{}</td><td>{}</td><td class="n">{}</td><td class="time">{}</td>
        <td class="remark">{}{}</td></tr>
        """,
        each.id(),
        each.caseName(),
        each.caseName(),
        each.revision(),
        each.kind(),
        each.destination(),
        mark(each.state().wireName()),
        each.attempts(),
        time(each.changed()),
        each.sentence(),
        replay);
  }
}
