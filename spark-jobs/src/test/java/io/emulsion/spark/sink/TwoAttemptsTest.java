package io.emulsion.spark.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.config.ConfigReader;
import io.emulsion.config.Setting;
import io.emulsion.mix.StageTimes;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.random.IdDigest;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.sink.SampleRows.ShardEnd;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.testing.FaultyObjectStore;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.LocalSpark;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two attempts of one task may both commit; only the one whose message arrives is published. */
class TwoAttemptsTest {
  private static final int SAMPLES = 5;
  private static final String SHARD = "tfrecord/view-000/train-00000-of-00001.tfrecord";
  private static List<InternalRow> rows = List.of();

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void makeRows() throws IOException {
    List<Row> made = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      ImageId id = new ImageId("a/" + i + ".jpg");
      made.add(
          SampleRows.sample(
              new MixedSample(
                  new Place(0, 0, i),
                  TestImages.jpeg(i),
                  12,
                  16,
                  0,
                  0,
                  0.5,
                  id,
                  id,
                  new float[0])));
    }
    made.add(
        SampleRows.end(
            0, new ShardEnd(0, SAMPLES, new IdDigest(), 0, new IdDigest(), new StageTimes())));
    rows =
        LocalSpark.start("local[1]")
            .createDataFrame(made, SampleRows.TYPE)
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .map(InternalRow::copy)
            .collect();
  }

  @AfterAll
  static void stop() {
    LocalSpark.stop();
  }

  @Test
  void theOtherOnesFilesAreNeverPublishedAndChangeNothing() throws IOException {
    Store output = Store.of(folder.toString(), new Configuration());
    RunFolder run = new RunFolder(folder.toString(), "token");
    WriteJob job = job(Publishing.RENAME);
    ShardDataWriter first = new ShardDataWriter(output, run.attempt(0, 1), job);
    ShardDataWriter second = new ShardDataWriter(output, run.attempt(0, 2), job);
    ShardDataWriter zombie = new ShardDataWriter(output, run.attempt(0, 3), job);
    for (InternalRow row : rows) {
      first.write(row);
      second.write(row);
    }
    zombie.write(rows.get(0));
    first.commit();
    WriterCommitMessage message = second.commit();
    first.close();
    second.close();

    try (OutputClaim claim = OutputClaim.take(output, "token", line -> {})) {
      claim.check();
      new DataSetPublisher(run, new Configuration(), job)
          .publish(new WriterCommitMessage[] {message});
    }

    String hash = Folders.dataHash(folder);
    Path orphan = folder.resolve(run.attempt(0, 1));
    assertThat(orphan.resolve(SHARD)).hasSameBinaryContentAs(folder.resolve(SHARD));
    assertThat(folder.resolve(run.attempt(0, 2)).resolve(SHARD)).doesNotExist();

    for (InternalRow row : rows.subList(1, rows.size())) {
      zombie.write(row);
    }
    zombie.commit();
    zombie.close();
    assertThat(Folders.dataHash(folder)).isEqualTo(hash);
    assertThat(Folders.dataFiles(folder))
        .containsExactly("_emulsion/manifest.json", "labels.txt", "README.md", SHARD);
    assertThat(Files.readString(folder.resolve("_emulsion/manifest.json"))).doesNotContain("task-");
  }

  @Test
  void bothMessagesTogetherAreABug() throws IOException {
    Store output = Store.of(folder.toString(), new Configuration());
    RunFolder run = new RunFolder(folder.toString(), "token");
    WriteJob job = job(Publishing.RENAME);
    List<WriterCommitMessage> messages = new ArrayList<>();
    for (int attempt = 1; attempt <= 2; attempt++) {
      ShardDataWriter writer = new ShardDataWriter(output, run.attempt(0, attempt), job);
      for (InternalRow row : rows) {
        writer.write(row);
      }
      messages.add(writer.commit());
      writer.close();
    }
    DataSetPublisher publisher = new DataSetPublisher(run, new Configuration(), job);
    assertThatThrownBy(() -> publisher.publish(messages.toArray(new WriterCommitMessage[0])))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A pass has 2 shards of 10 inputs, but should have 1 of 5");
    assertThat(folder.resolve(SHARD)).doesNotExist();
  }

  /** Final names are written by whoever comes; all write the same, or nothing. */
  @Test
  void whereTheyWriteFinalNamesLateOnesChangeNothing() throws IOException {
    Configuration objects = new Configuration(false);
    objects.set(FaultyObjectStore.CONF_KEY, FaultyObjectStore.class.getName());
    String path = FaultyObjectStore.pathOf(folder);
    Store output = Store.of(path, objects);
    RunFolder run = new RunFolder(path, "token");
    WriteJob job = job(Publishing.DIRECT);
    ShardDataWriter first = new ShardDataWriter(output, run.attempt(0, 1), job);
    ShardDataWriter late = new ShardDataWriter(output, run.attempt(0, 2), job);
    ShardDataWriter givesUp = new ShardDataWriter(output, run.attempt(0, 3), job);
    try (OutputClaim claim = OutputClaim.take(output, "token", line -> {})) {
      claim.check();
      new DataSetPublisher(run, objects, job).begin();
      for (InternalRow row : rows) {
        first.write(row);
      }
      late.write(rows.get(0));
      givesUp.write(rows.get(0));
      WriterCommitMessage message = first.commit();
      first.close();
      new DataSetPublisher(run, objects, job).publish(new WriterCommitMessage[] {message});
    }

    String hash = Folders.dataHash(folder);
    FileTime published = Files.getLastModifiedTime(folder.resolve(SHARD));
    givesUp.close();
    assertThat(Files.getLastModifiedTime(folder.resolve(SHARD))).isEqualTo(published);
    for (InternalRow row : rows.subList(1, rows.size())) {
      late.write(row);
    }
    late.commit();
    late.close();
    assertThat(Files.getLastModifiedTime(folder.resolve(SHARD))).isNotEqualTo(published);
    assertThat(Folders.dataHash(folder)).isEqualTo(hash);
  }

  private static WriteJob job(Publishing publishing) {
    return new WriteJob(
        "test",
        "0".repeat(64),
        ConfigReader.read(null, List.of(Setting.input(List.of("in")), Setting.output("out")))
            .canonical(),
        SAMPLES,
        List.of(new ShardNames("tfrecord", "tfrecord", "train", 1, 1)),
        publishing,
        new PairingOptions(0, 1, 1, 256),
        new ShardContext(List.of("a"), "jpeg", 0, false),
        new BadInputLimit(false, SAMPLES, 0),
        Map.of(),
        List.of(),
        PresentViews.NONE,
        0);
  }
}
