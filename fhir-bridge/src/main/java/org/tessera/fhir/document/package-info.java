/**
 * The text of documents that are not plain text: HTML, RTF, PDF and HL7 CDA.
 *
 * <p>{@link org.tessera.fhir.document.DocumentText} is the way in. A document becomes the text that
 * a person would read in it, a line for each paragraph, row or block. What cannot be read is one
 * sentence, never an empty note.
 *
 * <p>Limits: 32 MB for a document (the caller's), 1,000 nested groups of RTF, 100 levels and a
 * million elements of XML, no document type and no entity of it, 300 pages and 1 MB of text of a
 * PDF, which is read in a process of its own with 192 MB of heap and 30 seconds of processor
 * time.
 */
@NullMarked
package org.tessera.fhir.document;

import org.jspecify.annotations.NullMarked;
