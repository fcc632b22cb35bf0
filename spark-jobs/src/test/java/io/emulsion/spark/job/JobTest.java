package io.emulsion.spark.job;

import io.emulsion.shard.DataSetPaths;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.FaultyFileSystem;
import io.emulsion.spark.testing.LocalSpark;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands on twelve small pictures in the classes a, b and c; no task is tried twice. */
abstract class JobTest {
  static final String SHARD_0 = "tfrecord/view-000/train-00000-of-00001.tfrecord";
  static final String SHARD_1 = "tfrecord/view-001/train-00000-of-00001.tfrecord";

  @TempDir Path folder = Path.of("");
  Path photos = Path.of("");
  Path mixed = Path.of("");

  @BeforeAll
  static void startSpark() {
    LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stopSpark() {
    LocalSpark.stop();
  }

  @BeforeEach
  void draw() throws IOException {
    photos = TestImages.classes(folder.resolve("photos"), 12);
    mixed = folder.resolve("mixed");
  }

  @AfterEach
  void forgetFaults() {
    Faults.clear();
  }

  /** Makes two views of {@code photos}, both folders on the faulty file system. */
  Ran mix(String... more) {
    return command("mix", FaultyFileSystem.pathOf(photos), FaultyFileSystem.pathOf(mixed), more);
  }

  /** The same on the plain local file system. */
  Ran mixLocally(String... more) {
    return command("mix", photos.toString(), mixed.toString(), more);
  }

  static Ran command(String name, String input, String output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                name,
                "--input=" + input,
                "--output=" + output,
                "--set=image.size=8",
                "--set=mix.views=2"));
    arguments.addAll(List.of(more));
    return Ran.command(arguments);
  }

  Ran verify() {
    return Ran.command("verify", mixed.toString());
  }

  Path manifest() {
    return mixed.resolve(DataSetPaths.MANIFEST);
  }

  Path publishing() {
    return mixed.resolve(DataSetPaths.PUBLISHING);
  }
}
