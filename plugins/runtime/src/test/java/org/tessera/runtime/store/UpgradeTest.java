package org.tessera.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;

/** Tables of earlier versions on H2; {@link PostgresUpgradeTest} runs the same tests. */
class UpgradeTest {
  @TempDir private Path folder = Path.of("");

  /** The database of one test; empty. */
  String url() throws Exception {
    return "jdbc:h2:file:" + folder.resolve("index");
  }

  @Test
  void objectsOfTheFirstVersionAreThereInThisOne() throws Exception {
    String url = url();
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(url, null, null)
        .locations("classpath:org/tessera/runtime/store/migration")
        .target(MigrationVersion.fromVersion("1"))
        .load()
        .migrate();
    Jdbi.create(url)
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into instance (sop_instance_uid, version, sha256, size_bytes,
                      sop_class_uid, transfer_syntax_uid, study_instance_uid,
                      series_instance_uid, patient_id, issuer_of_patient_id, accession_number,
                      modality, source, received)
                    values ('2.25.1', 1, 'aa', 5, '1.2', '1.2.1', '2.25.2', '2.25.3', 'P', 'I',
                      'A', 'CT', 'S', current_timestamp)
                    """));
    try (Database database = Database.open(url, "", "")) {
      InstanceIndex index = new InstanceIndex(database);
      assertThat(index.find("2.25.1").getFirst().header().studyInstanceUid()).isEqualTo("2.25.2");
      index.add(List.of(InstanceIndexTest.object("2.25.9", "bb", "P")));
      assertThat(index.size()).isEqualTo(2);
    }
    try (Database database = Database.open(url, "", "")) {
      assertThat(new InstanceIndex(database).size()).as("once more").isEqualTo(2);
    }
  }

  @Test
  void tablesOfANewerVersionAreRefused() throws Exception {
    String url = url();
    Database.open(url, "", "").close();
    Jdbi.create(url)
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into "flyway_schema_history" ("installed_rank", "version",
                      "description", "type", "script", "checksum", "installed_by",
                      "execution_time", "success")
                    values (1000, '100000', 'later', 'SQL', 'V100000__later.sql', 1, 'x', 1, true)
                    """));
    assertThatThrownBy(() -> Database.open(url, "", ""))
        .isInstanceOfSatisfying(
            RejectedInputException.class,
            e -> assertThat(e.sentence()).startsWith("A newer version has changed the database"));
  }
}
