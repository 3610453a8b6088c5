package org.tessera.omni.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.LatentHead;

/** An index that is searched. Safe for several threads. */
public final class LatentIndex implements AutoCloseable {
  /** Numbers per vector. */
  public static final int SIZE = LatentHead.SIZE;

  /** Version of the format. */
  public static final String FORMAT = "1";

  /** Most hits that are given at once. */
  public static final int MOST = 1_000;

  static final String VECTOR = "vector";
  static final String CASE = "case";
  static final String SET = "set";
  static final String SPLIT = "split";
  static final String MODALITY = "modality";
  static final String LABEL = "label";
  static final String MODEL = "model";
  static final String FORMAT_KEY = "format";

  /** Candidates that the walk through the graph keeps: more find more and take longer. */
  public static final int CANDIDATES = 64;

  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final String model;

  private LatentIndex(Directory directory, DirectoryReader reader, String model) {
    this.directory = directory;
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    this.model = model;
  }

  /**
   * Opens an index.
   *
   * @throws RejectedInputException if there is none in the folder, or it is damaged, or of another
   *     version
   */
  public static LatentIndex open(Path folder) throws IOException, RejectedInputException {
    LuceneLog.quiet();
    if (!Files.isDirectory(folder)) {
      throw new RejectedInputException("There is no folder with an index of that name.");
    }
    Directory directory = FSDirectory.open(folder);
    try {
      if (!DirectoryReader.indexExists(directory)) {
        throw new RejectedInputException("There is no index in that folder.");
      }
      return open(directory);
    } catch (RejectedInputException e) {
      directory.close();
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      directory.close();
      throw new RejectedInputException(
          "The index is damaged or was written by another version; make it again.", e);
    }
  }

  private static LatentIndex open(Directory directory) throws IOException, RejectedInputException {
    DirectoryReader reader = DirectoryReader.open(directory);
    Map<String, String> data = reader.getIndexCommit().getUserData();
    if (!FORMAT.equals(data.get(FORMAT_KEY))) {
      reader.close();
      throw new RejectedInputException(
          "The index in that folder is not one of latents in this version.");
    }
    return new LatentIndex(directory, reader, data.getOrDefault(MODEL, ""));
  }

  /** Version of the library that searches. */
  public static String engine() {
    return Version.LATEST.toString();
  }

  /** SHA-256 of the weights that made the vectors. */
  public String model() {
    return model;
  }

  /** Number of vectors. */
  public int size() {
    return reader.numDocs();
  }

  /**
   * The nearest entries by cosine, nearest first.
   *
   * @param vector of length 1
   * @param k how many at most, 1 to {@link #MOST}
   * @param modality only entries of this modality
   * @throws RejectedInputException if the index is damaged
   */
  public List<SimilarEvidence> search(float[] vector, int k, Optional<Modality> modality)
      throws RejectedInputException {
    List<SimilarEvidence> found = new ArrayList<>();
    try {
      StoredFields stored = searcher.storedFields();
      for (ScoreDoc each : nearest(vector, k, CANDIDATES, modality)) {
        found.add(new SimilarEvidence(entry(stored.document(each.doc)), 2 * each.score - 1));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new RejectedInputException("The index is damaged; make it again.", e);
    }
    return found;
  }

  /**
   * Positions of the nearest entries in the order in which they were added, nearest first.
   *
   * @param vector of length 1
   * @param k how many at most, 1 to {@link #MOST}
   * @param breadth candidates that the walk keeps
   * @throws IOException if the index cannot be read
   */
  public int[] positions(float[] vector, int k, int breadth) throws IOException {
    ScoreDoc[] nearest = nearest(vector, k, breadth, Optional.empty());
    int[] positions = new int[nearest.length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = nearest[i].doc;
    }
    return positions;
  }

  private ScoreDoc[] nearest(
      float[] vector, int k, int breadth, Optional<Modality> modality) throws IOException {
    if (k < 1 || k > MOST || vector.length != SIZE) {
      throw new IllegalArgumentException("Such a search is not possible.");
    }
    int candidates = Math.max(k, breadth);
    if (modality.isEmpty() && reader.leaves().size() == 1) {
      // One segment that nothing was deleted from: the graph can be asked without a query plan.
      AcceptDocs all = AcceptDocs.fromLiveDocs(null, reader.maxDoc());
      ScoreDoc[] found =
          reader
              .leaves()
              .getFirst()
              .reader()
              .searchNearestVectors(VECTOR, vector, candidates, all, Integer.MAX_VALUE)
              .scoreDocs;
      return Arrays.copyOf(found, Math.min(k, found.length));
    }
    Query query =
        modality.isEmpty()
            ? new KnnFloatVectorQuery(VECTOR, vector, candidates)
            : new KnnFloatVectorQuery(
                VECTOR,
                vector,
                candidates,
                new TermQuery(new Term(MODALITY, modality.get().wireName())));
    return searcher.search(query, k).scoreDocs;
  }

  private static LatentEntry entry(Document document) {
    Map<String, String> labels = new HashMap<>();
    for (String label : document.getValues(LABEL)) {
      int equals = label.lastIndexOf('=');
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return new LatentEntry(
        document.get(CASE),
        document.get(SET),
        document.get(SPLIT),
        Modality.ofWireName(document.get(MODALITY)),
        labels);
  }

  @Override
  public void close() throws IOException {
    try (directory) {
      reader.close();
    }
  }
}
