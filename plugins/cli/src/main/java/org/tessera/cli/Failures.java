package org.tessera.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tessera.casemodel.RejectedInputException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What the user sees when a command does not go through: one sentence, never a stack trace. */
final class Failures {
  static final int DONE = 0;
  static final int INTERNAL = 1;
  static final int UNUSABLE = 2;

  private Failures() {}

  static int badUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command.getErr().println("tessera: " + sentence(e.getMessage()));
    command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help.");
    return UNUSABLE;
  }

  static int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    switch (e) {
      case RejectedInputException rejected -> {
        err.println("tessera: " + rejected.sentence());
        return UNUSABLE;
      }
      case AccessDeniedException _ -> {
        err.println("tessera: a file or folder may not be read or written: permission denied.");
        return UNUSABLE;
      }
      case FileAlreadyExistsException _ -> {
        err.println("tessera: a file stands where a folder is needed.");
        return UNUSABLE;
      }
      case IOException full when isDiskFull(full) -> {
        err.println("tessera: the disk is full.");
        return UNUSABLE;
      }
      default -> {
        err.println("tessera: internal error, " + trace(e));
        return INTERNAL;
      }
    }
  }

  /** Nothing but the message of the operating system tells. */
  private static boolean isDiskFull(IOException e) {
    return String.valueOf(e.getMessage()).contains("No space left on device");
  }

  /**
   * Writes where it went wrong to a file. Messages of exceptions are left out: they can hold names
   * of patients' files.
   */
  private static String trace(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      text.append(each.getClass().getName());
      if (each instanceof FileSystemException) {
        text.append(" (a file or folder)");
      }
      text.append('\n');
      for (StackTraceElement frame : each.getStackTrace()) {
        text.append("    at ").append(frame).append('\n');
      }
    }
    try {
      Path file = Files.createTempFile("tessera-error-", ".log");
      Files.writeString(file, text);
      return "please report it with this file: " + file;
    } catch (IOException e) {
      return thrown.getClass().getSimpleName() + "; no file could be written with the details.";
    }
  }

  private static String sentence(@Nullable String message) {
    return message == null ? "the command line cannot be understood" : message;
  }
}
