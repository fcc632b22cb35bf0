package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of damage is found and named, and can be mended as the message says. */
class VerifyDamageTest extends JobTest {
  private String hash = "";

  @BeforeEach
  void make() throws IOException {
    TestImages.file(photos.resolve("a/empty.jpg"), "");
    mixLocally().ended();
    hash = Folders.dataHash(mixed);
  }

  private void finds(String... parts) throws IOException {
    SortedMap<String, String> before = Folders.tree(mixed);
    Ran ran = verify();
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(7);
    assertThat(ran.err()).contains(parts).contains("the data set is damaged");
    assertThat(ran.err().lines()).allMatch(line -> line.startsWith("emulsion: "));
    assertThat(ran.out()).isEmpty();
    assertThat(Folders.tree(mixed)).isEqualTo(before);
  }

  /** Does what verify advises. */
  private void isMendedByDeleting(String path) throws IOException {
    Files.deleteIfExists(mixed.resolve(path));
    mixLocally().ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    verify().ended();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SHARD_0,
        SHARD_1,
        "labels.txt",
        "README.md",
        "_emulsion/quarantine/part-00000.jsonl"
      })
  void findsAFlippedByte(String path) throws IOException {
    byte[] bytes = Files.readAllBytes(mixed.resolve(path));
    for (int at : new int[] {0, bytes.length / 2, bytes.length - 1}) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x10;
      Files.write(mixed.resolve(path), damaged);
      finds(path + ": ", "SHA-256");
    }
    isMendedByDeleting(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {SHARD_0, "labels.txt", "README.md", "_emulsion/quarantine/part-00000.jsonl"})
  void findsACutAndAMissingFile(String path) throws IOException {
    byte[] bytes = Files.readAllBytes(mixed.resolve(path));
    Files.write(mixed.resolve(path), Arrays.copyOf(bytes, bytes.length - 1));
    finds(path + ": ");
    Files.delete(mixed.resolve(path));
    finds(path + ": is missing");
    isMendedByDeleting(path);
  }

  @Test
  void findsAShardThatIsNotInTheManifest() throws IOException {
    String stray = "tfrecord/view-000/train-00007-of-00009.tfrecord";
    Files.copy(mixed.resolve(SHARD_0), mixed.resolve(stray));
    finds(stray + ": is not in the manifest");
    isMendedByDeleting(stray);
  }

  @Test
  void findsAShardInAFolderOfNoView() throws IOException {
    String stray = "tfrecord/view-007/train-00000-of-00001.tfrecord";
    Files.createDirectories(mixed.resolve(stray).getParent());
    Files.copy(mixed.resolve(SHARD_0), mixed.resolve(stray));
    finds(stray + ": is not in the manifest");
    isMendedByDeleting(stray);
  }

  @Test
  void findsShardsThatChangedPlaces() throws IOException {
    Path other = folder.resolve("other");
    Files.move(mixed.resolve(SHARD_0), other);
    Files.move(mixed.resolve(SHARD_1), mixed.resolve(SHARD_0));
    Files.move(other, mixed.resolve(SHARD_1));
    finds(SHARD_0 + ": ", SHARD_1 + ": ");
  }

  @Test
  void findsAnyChangeOfTheManifest() throws IOException {
    String text = Files.readString(manifest());
    for (String edited :
        new String[] {
          text.replace("\"quarantined\": 1", "\"quarantined\": 2"),
          text.replace("\"records\":12", "\"records\":13"),
          text.replace("view-000", "view-001"),
          text.substring(0, text.length() - 2),
          text + " ",
          "{"
        }) {
      assertThat(edited).isNotEqualTo(text);
      Files.writeString(manifest(), edited);
      finds("_emulsion/manifest.json is damaged", "move the folder away");
      mixLocally().refused(4, "move the folder away");
    }
  }

  @Test
  void aFolderWithoutAManifestIsNoDataSet() throws IOException {
    Ran.command("verify", photos.toString()).refused(2, "is no data set", "--output");
    Ran.command("verify", folder.resolve("missing").toString()).refused(2, "is no data set");
    Ran.command("verify", mixed.resolve("README.md").toString()).refused(2, "is no data set");
    Ran.command("verify").refused(2, "DATASET");
    Files.delete(manifest());
    verify().refused(2, "is no data set");
  }

  @Test
  void saysWhatItRead() throws IOException {
    assertThat(verify().ended().out())
        .startsWith("Verified " + mixed + ": 5 files, 24 records, ")
        .contains("all as the manifest says");
  }
}
