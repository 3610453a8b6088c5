/**
 * DICOMweb (PS3.18) over the store, without HTTP: {@link
 * org.tessera.runtime.dicomweb.MultipartReader} and {@link
 * org.tessera.runtime.dicomweb.StowReceiver} take objects in, {@link
 * org.tessera.runtime.dicomweb.StudyIndex} finds them, {@link
 * org.tessera.runtime.dicomweb.RetrievedInstance} gives them out.
 *
 * <p>Limits: a header of a part has at most 8 KiB a line and 32 lines; a part is a stream and never
 * held; a search gives at most 1,000 results a page.
 */
@NullMarked
package org.tessera.runtime.dicomweb;

import org.jspecify.annotations.NullMarked;
