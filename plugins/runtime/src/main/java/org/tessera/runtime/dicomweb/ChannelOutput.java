package org.tessera.runtime.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;

/** A stream that takes bytes out of a channel without a detour through arrays. */
public abstract class ChannelOutput extends OutputStream {

  /**
   * Writes the next bytes of a channel.
   *
   * @param count how many
   * @throws IOException if there are fewer
   */
  public abstract void write(ReadableByteChannel in, long count) throws IOException;
}
