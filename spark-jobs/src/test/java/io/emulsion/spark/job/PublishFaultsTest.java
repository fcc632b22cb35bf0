package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;

/** What the storage may do to a run that publishes. */
class PublishFaultsTest extends JobTest {
  @Test
  void aRenameThatReturnsFalseIsAnError() throws IOException {
    String hash = expectedHash();
    Faults.set(Fault.of(Action.REFUSE, 2, "rename .*tfrecord$"));
    mix().refused(5, "Cannot publish into faulty:", "Cannot rename faulty:");
    assertThat(manifest()).doesNotExist();
    verify().refused(2, "is no data set");
    mix().ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }

  @Test
  void itIsNotKnownWhetherARefusedManifestIsThere() throws IOException {
    String hash = expectedHash();
    Faults.set(Fault.of(Action.REFUSE, 1, "rename .*/manifest.json"));
    mix().refused(6, "It is not known whether", "run verify on faulty:" + mixed);
    verify().refused(2, "is no data set");
    mix().ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }

  @Test
  void aManifestThatIsThereThoughItsRenameFailedIsFoundAndKept() throws IOException {
    String hash = expectedHash();
    Faults.set(Fault.of(Action.FAIL_AFTER, 1, "rename .*/manifest.json"));
    mix().refused(6, "It is not known whether", "run verify on faulty:" + mixed);
    verify().ended();
    assertThat(mix().ended().out()).contains("is already complete");
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }

  @Test
  void theManifestIsTheLastOfAllFiles() {
    Faults.clear();
    mix().ended();
    assertThat(
            Faults.calls().stream()
                .filter(call -> call.matches("(create|write|close|rename|mkdirs) .*"))
                .toList())
        .last()
        .asString()
        .isEqualTo("rename " + manifest());
  }

  @Test
  void aFileThatAStrangerPutsThereWhileTheJobRunsStays() throws IOException {
    Faults.set(Fault.run(5, "open .*photos", () -> write("README.md")));
    mix().refused(4, "README.md is not of a data set of Emulsion", "move it away");
    assertThat(mixed.resolve("README.md")).hasContent("mine");
    assertThat(manifest()).doesNotExist();
  }

  @Test
  void aShardThatAStrangerPutsBesideOursWhileTheyAreReplacedStays() throws IOException {
    mix().ended();
    String stranger = "tfrecord/view-000/other.tfrecord";
    String hash = Folders.dataHash(mixed);
    Faults.set(Fault.run(5, "open .*photos", () -> write(stranger)));
    mix("--set=output.overwrite=true", "--set=mix.seed=1").refused(4, stranger);
    assertThat(mixed.resolve(stranger)).hasContent("mine");
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);

    Files.delete(mixed.resolve(stranger));
    Faults.set(Fault.run(1, "delete .*/manifest.json", () -> write(stranger)));
    mix("--set=output.overwrite=true", "--set=mix.seed=1");
    assertThat(mixed.resolve(stranger)).hasContent("mine");
  }

  private void write(String path) {
    try {
      TestImages.file(mixed.resolve(path), "mine");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String expectedHash() throws IOException {
    mix().ended();
    String hash = Folders.dataHash(mixed);
    FileUtils.deleteDirectory(mixed.toFile());
    return hash;
  }
}
