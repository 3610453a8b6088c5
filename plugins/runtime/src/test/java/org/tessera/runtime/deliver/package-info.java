/** What is sent, when, how often, and to whom: on both databases, with destinations that fail. */
@NullMarked
package org.tessera.runtime.deliver;

import org.jspecify.annotations.NullMarked;
