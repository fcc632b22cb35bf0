package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Inputs that change between the listing and the reading. */
class InputChangesTest extends JobTest {
  private static final String ONE_VIEW_A_PASS = "--set=mix.views-per-pass=1";

  /** What happens to a file. */
  private interface Change {
    void apply(Path file) throws IOException;
  }

  @Test
  void aFileThatGrewFailsTheJob() throws IOException {
    failsWith("bytes, now", file -> Files.write(file, new byte[99_999]));
  }

  @Test
  void aFileThatShrankFailsTheJob() throws IOException {
    failsWith(
        "is not what it was",
        file -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100)));
  }

  @Test
  void aFileThatWasEmptiedFailsTheJob() throws IOException {
    failsWith("is not what it was", file -> Files.write(file, new byte[0]));
  }

  @Test
  void aFileThatIsGoneFailsTheJob() throws IOException {
    failsWith("is not what it was", Files::delete);
  }

  @Test
  void aFileThatWasWrittenAnewFailsTheJob() throws IOException {
    failsWith(
        "it was modified",
        file ->
            Files.setLastModifiedTime(
                file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() + 5000)));
  }

  private void failsWith(String how, Change change) throws IOException {
    for (String call : new String[] {"open", "read"}) {
      byte[] before = Files.readAllBytes(photos.resolve("b/4.jpg"));
      change(call, 1, change);
      mix().refused(5, "INPUT_CHANGED: 'b/4.jpg'", how, "Run the same command again");
      assertThat(mixed).doesNotExist();
      Files.write(photos.resolve("b/4.jpg"), before);
    }
    mix().ended();
    verify().ended();
  }

  @Test
  void aChangeBeforeTheSecondPassFailsTheJob() throws IOException {
    change("open", 2, file -> Files.write(file, new byte[99_999]));
    mix(ONE_VIEW_A_PASS).refused(5, "INPUT_CHANGED: 'b/4.jpg'");
    assertThat(manifest()).doesNotExist();
  }

  @Test
  void aFileThatIsBadInOnePassAloneFailsTheJob() throws IOException {
    change(
        "open",
        2,
        file -> {
          FileTime time = Files.getLastModifiedTime(file);
          Files.write(file, new byte[(int) Files.size(file)]);
          Files.setLastModifiedTime(file, time);
        });
    mix(ONE_VIEW_A_PASS)
        .refused(5, "INPUT_CHANGED: one pass found", "does not read the same twice");
    assertThat(mixed).doesNotExist();
  }

  @Test
  void passesThatAgreeMakeAWholeDataSet() throws IOException {
    Files.write(photos.resolve("b/4.jpg"), new byte[77]);
    mix(ONE_VIEW_A_PASS).ended();
    verify().ended();
    assertThat(Folders.dataFiles(mixed)).contains("_emulsion/quarantine/part-00000.jsonl");
  }

  private void change(String call, int nth, Change change) {
    Faults.set(
        Fault.run(
            nth,
            call + " .*/b/4.jpg",
            () -> {
              try {
                change.apply(photos.resolve("b/4.jpg"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }
}
