package org.tessera.omni.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tessera.casemodel.RejectedInputException;

class LabelledDataTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,split,phantom-opacity\n\"never closed",
        "id,\"phantom-opacity\"x\n1,2",
        "id,split,phantom-opacity\n1",
        "id,split,phantom-opacity\n\u0000,test,1"
      })
  void aManifestThatIsNoneIsRefusedWithASentence(String manifest) throws Exception {
    Files.writeString(folder.resolve("manifest.csv"), manifest);
    assertThatThrownBy(() -> LabelledData.read(folder))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("A manifest of the data");
  }

  @Test
  void aFolderWithoutDataIsRefusedWithASentence() {
    assertThatThrownBy(() -> LabelledData.read(folder)).isInstanceOf(RejectedInputException.class);
  }
}
