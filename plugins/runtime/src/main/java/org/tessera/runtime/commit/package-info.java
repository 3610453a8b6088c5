/**
 * Storage commitment (PS3.4 J): {@link org.tessera.runtime.commit.CommitmentService} notes what
 * somebody asks for, {@link org.tessera.runtime.commit.CommitmentCheck} looks at every object on
 * the disk, and the outcome is reported until the requester has taken it. Every step is in the
 * database; a restart goes on where the last process was.
 */
@NullMarked
package org.tessera.runtime.commit;

import org.jspecify.annotations.NullMarked;
