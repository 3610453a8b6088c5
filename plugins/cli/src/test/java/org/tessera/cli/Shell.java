package org.tessera.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * What a command printed, and its exit code.
 *
 * @param exit exit code
 * @param out lines of standard output
 * @param err standard error
 */
record Shell(int exit, List<String> out, String err) {

  static Shell run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Tessera.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Shell(exit, out.toString().lines().toList(), err.toString());
  }
}
