/**
 * What leaves the house: {@code result.json} with its seal, {@code report.html} and {@code
 * overlays/*.png}.
 *
 * <p>Entry point: {@link org.tessera.explain.report.ReportFiles}. The shape of {@code result.json}
 * is {@code result.schema.json} beside these classes. Nothing here judges a finding; but nothing
 * here shows a highlight that did not pass its tests, either.
 */
@NullMarked
package org.tessera.explain.report;

import org.jspecify.annotations.NullMarked;
