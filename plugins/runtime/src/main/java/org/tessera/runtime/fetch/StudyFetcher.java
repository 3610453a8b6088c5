package org.tessera.runtime.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;
import org.tessera.runtime.dicomweb.MultipartException;
import org.tessera.runtime.dicomweb.MultipartReader;

/**
 * Fetches the objects of a study by WADO-RS (PS3.18 10.4) from the archives that the settings name,
 * in their order. No address out of a record is ever asked, and no redirect is followed; bytes,
 * objects and time are bounded. What is of another study than the one that was asked for is left
 * out. Safe for several threads.
 */
public final class StudyFetcher {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int BUFFER = 1 << 16;
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

  /**
   * Where studies are fetched.
   *
   * @param archives base addresses of DICOMweb services
   * @param authorization value of the header for all of them, or empty
   * @param mostBytes of a study
   * @param mostObjects of a study
   * @param timeout for all of a study
   */
  public record Settings(
      List<URI> archives,
      String authorization,
      long mostBytes,
      int mostObjects,
      Duration timeout) {
    public Settings {
      archives = List.copyOf(archives);
    }

    /**
     * Reads addresses.
     *
     * @throws RejectedInputException with one sentence, if one is none
     */
    public static List<URI> archives(List<String> addresses) throws RejectedInputException {
      List<URI> archives = new ArrayList<>();
      for (String each : addresses) {
        if (!each.matches("https?://[A-Za-z0-9._\\[\\]:-]+(/[A-Za-z0-9._~/-]*)?")) {
          throw new RejectedInputException(
              "An archive to fetch from is the base address of DICOMweb, http or https, without"
                  + " user, query and fragment.");
        }
        archives.add(URI.create(each.endsWith("/") ? each : each + "/"));
      }
      return archives;
    }
  }

  /**
   * What came.
   *
   * @param files objects of the study, as they were sent
   * @param notices sentences about what was left out, or why nothing came
   */
  public record Fetched(List<Path> files, List<String> notices) {
    public Fetched {
      files = List.copyOf(files);
      notices = List.copyOf(notices);
    }
  }

  private final Settings settings;

  public StudyFetcher(Settings settings) {
    this.settings = settings;
  }

  /** True if there is an archive to ask. */
  public boolean isEnabled() {
    return !settings.archives().isEmpty();
  }

  /**
   * Fetches a study.
   *
   * @param study its Study Instance UID
   * @param folder where the files are written; made if it is not there
   */
  public Fetched fetch(String study, Path folder) throws IOException, InterruptedException {
    if (!UidDictionary.isValid(study)) {
      return new Fetched(List.of(), List.of("A Study Instance UID is none."));
    }
    List<String> notices = new ArrayList<>();
    for (URI archive : settings.archives()) {
      try {
        return fetch(archive, study, Files.createDirectories(folder));
      } catch (RejectedInputException e) {
        notices.add(e.sentence());
      }
    }
    return new Fetched(List.of(), notices);
  }

  private Fetched fetch(URI archive, String study, Path folder)
      throws IOException, InterruptedException, RejectedInputException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(archive.resolve("studies/" + study))
            .timeout(settings.timeout())
            .header(
                "Accept",
                "multipart/related; type=\"application/dicom\"; transfer-syntax=*");
    if (!settings.authorization().isEmpty()) {
      request.header("Authorization", settings.authorization());
    }
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .build()) {
      CompletableFuture<Fetched> all =
          CompletableFuture.supplyAsync(
              () -> received(client, request.build(), study, folder),
              task -> Thread.ofVirtual().name("fetch").start(task));
      try {
        return all.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new RejectedInputException(
            "The archive did not send the study within %d seconds."
                .formatted(settings.timeout().toSeconds()));
      } catch (ExecutionException e) {
        throw cause(e);
      } finally {
        // Ends a transfer that is under way.
        client.shutdownNow();
      }
    }
  }

  private static RejectedInputException cause(ExecutionException thrown) {
    if (thrown.getCause() instanceof Failed failed) {
      return new RejectedInputException(failed.sentence);
    }
    return new RejectedInputException("The archive could not be asked for the study.", thrown);
  }

  /** Carries a sentence out of the task. */
  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String sentence;

    Failed(String sentence) {
      super(sentence);
      this.sentence = sentence;
    }
  }

  private Fetched received(HttpClient client, HttpRequest request, String study, Path folder) {
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != OK) {
          throw new Failed(refusal(response.statusCode()));
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        Matcher boundary = BOUNDARY.matcher(type);
        if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/related") || !boundary.find()) {
          throw new Failed("The archive answered with something that is no study.");
        }
        String mark = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        return parts(new MultipartReader(body, mark), study, folder);
      }
    } catch (MultipartException e) {
      throw new Failed("The archive answered with something that is no study.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed("The study was not fetched: the server ends.");
    } catch (IOException e) {
      throw new Failed("The archive does not answer, or stopped in the middle of the study.");
    }
  }

  private static String refusal(int status) {
    if (status == NOT_FOUND) {
      return "The archive does not have the study.";
    }
    return status / 100 == 3
        ? "The archive sent us elsewhere (%d), where nobody goes.".formatted(status)
        : "The archive answered %d when it was asked for the study.".formatted(status);
  }

  private Fetched parts(MultipartReader reader, String study, Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    long left = settings.mostBytes();
    int others = 0;
    for (Optional<MultipartReader.Part> part = reader.next();
        part.isPresent();
        part = reader.next()) {
      if (files.size() + others >= settings.mostObjects()) {
        throw new Failed(
            "The study has more than %,d objects.".formatted(settings.mostObjects()));
      }
      Path file = folder.resolve("object-%05d.dcm".formatted(files.size() + 1));
      left -= copied(part.get().body(), file, left);
      if (isOf(study, file)) {
        files.add(file);
      } else {
        Files.delete(file);
        others++;
      }
    }
    List<String> notices = new ArrayList<>();
    if (others > 0) {
      notices.add(
          "%d of %d objects that the archive sent are not DICOM objects of the study."
              .formatted(others, others + files.size()));
    }
    return new Fetched(files, notices);
  }

  private static long copied(InputStream from, Path file, long most) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long written = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        written += n;
        if (written > most) {
          throw new Failed("The study has more bytes than may be fetched.");
        }
        out.write(buffer, 0, n);
      }
    }
    return written;
  }

  private static boolean isOf(String study, Path file) throws IOException {
    try {
      return DicomFile.read(file)
          .dataset()
          .string(Tag.StudyInstanceUID)
          .filter(study::equals)
          .isPresent();
    } catch (RejectedInputException e) {
      return false;
    }
  }
}
