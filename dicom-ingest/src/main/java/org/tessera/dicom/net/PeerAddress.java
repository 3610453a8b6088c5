package org.tessera.dicom.net;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an application entity is reached.
 *
 * @param aeTitle its title
 * @param host name or address; looked up at each use, since a peer may move
 * @param port 1 to 65,535
 */
public record PeerAddress(String aeTitle, String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("([!-~&&[^\\\\@]]{1,16})@(\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9._-]+):(\\d{1,5})");
  private static final int HIGHEST_PORT = 65_535;

  /** Reads AE@HOST:PORT, an IPv6 address in brackets; empty if it is something else. */
  public static Optional<PeerAddress> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(parts.group(3));
    String host = parts.group(2).replace("[", "").replace("]", "");
    return port < 1 || port > HIGHEST_PORT
        ? Optional.empty()
        : Optional.of(new PeerAddress(parts.group(1), host, port));
  }

  /** Looks the host up; unresolved if it is not known. */
  public InetSocketAddress lookUp() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return "%s@%s:%d".formatted(aeTitle, host, port);
  }
}
