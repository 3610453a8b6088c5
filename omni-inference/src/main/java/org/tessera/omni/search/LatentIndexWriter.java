package org.tessera.omni.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.tessera.casemodel.RejectedInputException;

/**
 * Writes an index. Nothing is there for readers before {@link #commit}. For one thread; the same
 * entries in the same order give the same graph.
 */
public final class LatentIndexWriter implements AutoCloseable {
  private static final double BUFFER_MEGABYTES = 128;

  private final Directory directory;
  private final IndexWriter writer;
  private final String model;

  private LatentIndexWriter(Directory directory, IndexWriter writer, String model) {
    this.directory = directory;
    this.writer = writer;
    this.model = model;
  }

  /**
   * Begins an index; one that is in the folder stays until {@link #commit} replaces it.
   *
   * @param folder made if it is not there
   * @param model SHA-256 of the weights that make the vectors
   * @throws RejectedInputException if the folder has something in it that is no index
   */
  public static LatentIndexWriter create(Path folder, String model)
      throws IOException, RejectedInputException {
    LuceneLog.quiet();
    Files.createDirectories(folder);
    Directory directory = FSDirectory.open(folder);
    try {
      if (!isEmpty(folder) && !DirectoryReader.indexExists(directory)) {
        throw new RejectedInputException(
            "The folder for the index has other files in it; name an empty one.");
      }
      IndexWriterConfig config =
          new IndexWriterConfig()
              .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
              .setMergeScheduler(new SerialMergeScheduler())
              .setUseCompoundFile(false)
              .setRAMBufferSizeMB(BUFFER_MEGABYTES)
              .setCommitOnClose(false);
      return new LatentIndexWriter(directory, new IndexWriter(directory, config), model);
    } catch (IOException | RejectedInputException e) {
      directory.close();
      throw e;
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /**
   * Adds an entry.
   *
   * @param vector of length 1
   */
  public void add(LatentEntry entry, float[] vector) throws IOException {
    if (vector.length != LatentIndex.SIZE) {
      throw new IllegalArgumentException("A vector has " + LatentIndex.SIZE + " numbers.");
    }
    Document document = new Document();
    document.add(
        new KnnFloatVectorField(
            LatentIndex.VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
    document.add(new StoredField(LatentIndex.CASE, entry.caseId()));
    document.add(new StoredField(LatentIndex.SET, entry.set()));
    document.add(new StoredField(LatentIndex.SPLIT, entry.split()));
    document.add(
        new StringField(LatentIndex.MODALITY, entry.modality().wireName(), Field.Store.YES));
    new TreeMap<>(entry.labels())
        .forEach(
            (name, value) ->
                document.add(new StoredField(LatentIndex.LABEL, name + "=" + value)));
    writer.addDocument(document);
  }

  /** Puts everything that was added in place of what was there. */
  public void commit() throws IOException {
    writer.forceMerge(1);
    writer.setLiveCommitData(
        Map.of(LatentIndex.MODEL, model, LatentIndex.FORMAT_KEY, LatentIndex.FORMAT).entrySet());
    writer.commit();
  }

  @Override
  public void close() throws IOException {
    try (directory) {
      writer.close();
    }
  }
}
