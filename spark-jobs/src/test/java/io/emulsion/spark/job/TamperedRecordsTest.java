package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.label.LabelsFile;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.HashingOutputStream;
import io.emulsion.shard.ManifestHeader;
import io.emulsion.shard.ManifestReader;
import io.emulsion.shard.ManifestWriter;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardFormat;
import io.emulsion.shard.ShardFormats;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardReader;
import io.emulsion.shard.ShardWriter;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that were changed and framed anew, their hashes and the manifest made right again. */
class TamperedRecordsTest extends JobTest {
  private static final int CHANGED = 5;
  private static final String KEY = "record v000-00000-00005";

  private String format = "tfrecord";
  private boolean boxes;

  private void mixSoft() {
    mixLocally("--set=label.soft=float32", "--set=output.format=" + format).ended();
    verify().ended();
  }

  /** Two boxes on each picture. */
  private void mixBoxes() throws IOException {
    boxes = true;
    List<Path> pictures;
    try (Stream<Path> paths = Files.walk(photos)) {
      pictures = paths.filter(Files::isRegularFile).toList();
    }
    for (Path picture : pictures) {
      String label = picture.getFileName().toString().replaceFirst("\\.[^.]*$", ".txt");
      TestImages.file(picture.resolveSibling(label), "0 0.5 0.25 0.5 0.5\n1 0.25 0.5 0.125 0.25\n");
    }
    Path names = TestImages.file(folder.resolve("names.txt"), "cat\ndog\n");
    mixLocally(
            "--set=task=detection",
            "--set=input.format=yolo",
            "--set=label.classes=" + names,
            "--set=image.resize=stretch",
            "--set=output.format=" + format)
        .ended();
    verify().ended();
  }

  /** Another record in place of number 5 of the first shard. */
  private void tamper(UnaryOperator<MixedSample> change) throws IOException {
    tamperAll(
        samples -> {
          samples.set(CHANGED, change.apply(samples.get(CHANGED)));
          return samples;
        });
  }

  private void tamperAll(UnaryOperator<List<MixedSample>> change) throws IOException {
    Path shard = mixed.resolve(SHARD_0.replace("tfrecord", format));
    ShardContext context =
        new ShardContext(
            LabelsFile.parse(Files.readAllBytes(mixed.resolve("labels.txt"))),
            "jpeg",
            0,
            !boxes,
            boxes);
    ShardFormat shardFormat = ShardFormats.named(format);
    List<MixedSample> samples = new ArrayList<>();
    try (Store.OpenFile in =
        Store.of(mixed.toString(), new Configuration())
            .openFile(mixed.relativize(shard).toString())) {
      ShardReader reader = shardFormat.reader(in, context);
      for (MixedSample s = reader.next(); s != null; s = reader.next()) {
        samples.add(s);
      }
    }
    List<MixedSample> changed = change.apply(samples);
    try (HashingOutputStream out = new HashingOutputStream(Files.newOutputStream(shard))) {
      ShardWriter writer = shardFormat.writer(out, context);
      for (MixedSample sample : changed) {
        writer.write(sample);
      }
      writer.finish();
      out.flush();
      remakeManifest(
          new ShardInfo(
              mixed.relativize(shard).toString(), changed.size(), out.sizeBytes(), out.sha256()));
    }
  }

  private void remakeManifest(ShardInfo changed) throws IOException {
    List<ShardInfo> files = new ArrayList<>();
    ManifestHeader header;
    try (InputStream in = Files.newInputStream(manifest())) {
      ManifestReader reader = new ManifestReader(in);
      header = reader.header();
      for (ShardInfo f = reader.nextFile(); f != null; f = reader.nextFile()) {
        files.add(f.path().equals(changed.path()) ? changed : f);
      }
    }
    try (OutputStream out = Files.newOutputStream(manifest())) {
      ManifestWriter writer = new ManifestWriter(out, header);
      for (ShardInfo file : files) {
        writer.addFile(file);
      }
      writer.finish();
    }
  }

  private static MixedSample with(
      MixedSample s, int labelA, double lambda, ImageId partner, float[] soft) {
    return new MixedSample(
        s.place(),
        s.image(),
        s.height(),
        s.width(),
        labelA,
        s.labelB(),
        lambda,
        s.first(),
        partner,
        soft);
  }

  private static MixedSample withBoxes(MixedSample s, List<MixedBox> changed) {
    return new MixedSample(
        s.place(),
        s.image(),
        s.height(),
        s.width(),
        s.labelA(),
        s.labelB(),
        s.lambda(),
        s.first(),
        s.partner(),
        s.soft(),
        changed);
  }

  private void found(String... parts) {
    Ran ran = verify();
    assertThat(ran.exitCode()).isEqualTo(7);
    assertThat(ran.err()).contains(parts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tfrecord", "parquet"})
  void anotherLambdaIsFound(String name) throws IOException {
    format = name;
    mixSoft();
    tamper(s -> with(s, s.labelA(), Math.abs(s.lambda() - 1 / 65536.0), s.partner(), s.soft()));
    found(KEY, "but the options draw");
  }

  @Test
  void anotherPartnerIsFound() throws IOException {
    mixSoft();
    tamper(s -> with(s, s.labelA(), s.lambda(), s.first(), s.soft()));
    found(KEY);
  }

  @Test
  void anotherLabelIsFound() throws IOException {
    mixSoft();
    tamper(s -> with(s, (s.labelA() + 1) % 3, s.lambda(), s.partner(), s.soft()));
    found(KEY);
  }

  @Test
  void anotherSoftLabelIsFound() throws IOException {
    mixSoft();
    tamper(s -> with(s, s.labelA(), s.lambda(), s.partner(), new float[] {0.25f, 0.25f, 0.5f}));
    found(KEY, "has another soft label than its labels make");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tfrecord", "parquet"})
  void anotherWeightOfABoxIsFound(String name) throws IOException {
    format = name;
    mixBoxes();
    tamper(
        s -> {
          List<MixedBox> changed = new ArrayList<>(s.boxes());
          MixedBox box = changed.get(0);
          changed.set(0, new MixedBox(box.box(), box.weight() * 0.99, box.source()));
          return withBoxes(s, changed);
        });
    found(KEY, "or other shares of their weights");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tfrecord", "parquet"})
  void aBoxThatIsMissingIsFound(String name) throws IOException {
    format = name;
    mixBoxes();
    tamper(s -> withBoxes(s, s.boxes().subList(1, s.boxes().size())));
    found(KEY, "has other boxes of");
  }

  @Test
  void anotherLambdaOfBoxesIsFound() throws IOException {
    mixBoxes();
    tamper(
        s -> {
          double lambda = Math.abs(s.lambda() - 1 / 65536.0);
          List<MixedBox> changed =
              s.boxes().stream()
                  .map(box -> new MixedBox(box.box(), share(box, lambda), box.source()))
                  .toList();
          return withBoxes(with(s, 0, lambda, s.partner(), s.soft()), changed);
        });
    found(KEY, "but the options draw");
  }

  private static double share(MixedBox box, double lambda) {
    return box.source() == 0 ? lambda : 1 - lambda;
  }

  @Test
  void recordsThatChangedPlacesAreFound() throws IOException {
    mixSoft();
    tamperAll(
        samples -> {
          Collections.swap(samples, CHANGED, CHANGED + 1);
          return samples;
        });
    found(KEY);
  }

  @Test
  void nothingIsFoundInWhatWasOnlyWrittenAgain() throws IOException {
    mixSoft();
    tamperAll(samples -> samples);
    verify().ended();
  }
}
