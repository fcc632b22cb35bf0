package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.shard.FragmentEntry.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link FragmentWriter} and {@link FragmentReader}. */
class FragmentTest {
  private static final FragmentEntry SHARD =
      new FragmentEntry(
          Kind.SHARD,
          "_emulsion/tmp/f/task-0-1",
          new ShardInfo("tfrecord/\u00e9.x", 3, 44, "a".repeat(64)),
          "c".repeat(32));
  private static final FragmentEntry QUARANTINE =
      new FragmentEntry(
          Kind.QUARANTINE, "", new ShardInfo("q", 1, 2, "b".repeat(64)), FragmentEntry.NOTHING);
  private static final String GOLDEN =
      """
      {"kind":"shard","folder":"_emulsion/tmp/f/task-0-1","beside":"cccccccccccccccccccccccccccccccc","path":"tfrecord/\u00e9.x","records":3,"bytes":44,"sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
      {"kind":"quarantine","folder":"","beside":"00000000000000000000000000000000","path":"q","records":1,"bytes":2,"sha256":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}
      """;

  @Test
  void isALineAFile() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FragmentWriter writer = new FragmentWriter(out);
    writer.add(SHARD);
    writer.add(QUARANTINE);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
  }

  @Test
  void isReadBack() throws IOException {
    assertThat(read(GOLDEN)).containsExactly(SHARD, QUARANTINE);
    assertThat(read("")).isEmpty();
  }

  @Test
  void showsACutInALine() {
    byte[] firstLine = GOLDEN.lines().findFirst().orElseThrow().getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size < firstLine.length; size++) {
      byte[] cut = Arrays.copyOf(firstLine, size);
      assertThatThrownBy(() -> read(cut))
          .as("first %d bytes", size)
          .isInstanceOf(DamagedShardException.class)
          .hasMessageStartingWith("task 7 is damaged at line 1: ");
    }
  }

  @Test
  void refusesWhatNoWriterWrites() {
    assertDamaged("\"shard\"", "\"shards\"", "task 7 is damaged at line 1: 'shards' is not a kind");
    assertDamaged("\"q\"", "\"../q\"", "line 2: '../q' is not the path of a file in the data set");
    assertDamaged("tmp/f", "..", "'_emulsion/../task-0-1' is not the path of a folder");
    assertDamaged("\"bytes\":2", "\"bytes\":-2", "bytes is -2, not in");
    assertDamaged("\"kind\":\"quarantine\",", "", "has key 'folder' where 'kind' belongs");
    assertDamaged("{\"kind\":\"quarantine\"", "[{", "has START_ARRAY instead of START_OBJECT");
  }

  private static void assertDamaged(String part, String replacement, String message) {
    assertThat(GOLDEN).contains(part);
    assertThatThrownBy(() -> read(GOLDEN.replace(part, replacement)))
        .isInstanceOf(DamagedShardException.class)
        .hasMessageContaining(message);
  }

  private static List<FragmentEntry> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<FragmentEntry> read(byte[] utf8) throws IOException {
    FragmentReader reader = new FragmentReader(new ByteArrayInputStream(utf8), "task 7");
    List<FragmentEntry> entries = new ArrayList<>();
    FragmentEntry entry = reader.next();
    while (entry != null) {
      entries.add(entry);
      entry = reader.next();
    }
    return entries;
  }
}
