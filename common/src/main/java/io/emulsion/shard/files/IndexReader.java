package io.emulsion.shard.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emulsion.sample.Box;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.sample.RunLengths;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.FolderReader;
import io.emulsion.shard.LambdaCheck;
import io.emulsion.shard.Sha256;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardInput;
import io.emulsion.shard.ShardInputStream;
import io.emulsion.shard.StoredBox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what {@link IndexWriter} wrote. Whatever a line says, it must be the very line that
 * would be written for it.
 */
final class IndexReader implements FolderReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final IndexLines lines;
  private final ShardContext context;
  private @Nullable String line;
  private List<ShardInfo> files = List.of();

  IndexReader(ShardInput in, ShardContext context) throws IOException {
    this.lines = new IndexLines(new ShardInputStream(in));
    this.context = context;
    this.line = lines.next();
  }

  @Override
  public @Nullable MixedSample next() throws IOException {
    String image = line;
    if (image == null) {
      return null;
    }
    JsonNode json = parse(image);
    List<MixedBox> boxes = new ArrayList<>();
    MixedSample sample = checked(() -> sample(json, boxes));
    long sizeBytes = json.path("bytes").asLong();
    String sha256 = json.path("sha256").asText();
    expect(CocoText.image(sample, context.imageFormat(), sizeBytes, sha256), image);
    line = lines.next();
    while (line != null && !IndexLines.isImage(line)) {
      JsonNode annotation = parse(line);
      boxes.add(checked(() -> box(annotation, sample.lambda())));
      expect(CocoText.annotation(sample, boxes.size() - 1, context.labelOffset()), line);
      line = lines.next();
    }
    Optional<String> complaint = StoredBox.complaint(sample);
    if (complaint.isPresent()) {
      throw new DamagedShardException(sample.place().key() + ": " + complaint.get());
    }
    files = files(sample, sizeBytes, sha256);
    return sample;
  }

  private List<ShardInfo> files(MixedSample sample, long sizeBytes, String sha256) {
    Place place = sample.place();
    byte[] label = YoloText.of(sample);
    return List.of(
        new ShardInfo(
            FileNames.IMAGES + "/" + FileNames.image(place, context.imageFormat()),
            1,
            sizeBytes,
            sha256),
        new ShardInfo(
            FileNames.LABELS + "/" + FileNames.label(place), 1, label.length, Sha256.of(label)));
  }

  @Override
  public List<ShardInfo> files() {
    return files;
  }

  private JsonNode parse(String text) throws DamagedShardException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw lines.damaged("is no JSON: " + e.getOriginalMessage());
    }
  }

  private interface Step<T> {
    T take() throws DamagedShardException;
  }

  /** What cannot be at all, such as a width that is no number. */
  private <T> T checked(Step<T> step) throws DamagedShardException {
    try {
      return step.take();
    } catch (IllegalArgumentException e) {
      throw lines.damaged("is none that was written: " + e.getMessage());
    }
  }

  private void expect(String written, String read) throws DamagedShardException {
    if (!written.equals(read)) {
      throw lines.damaged("is not as it was written");
    }
  }

  /**
   * @param boxes gets the sample's boxes later
   */
  private MixedSample sample(JsonNode json, List<MixedBox> boxes) throws DamagedShardException {
    double lambda = json.path("lambda").asDouble(-1);
    Optional<String> complaint = LambdaCheck.complaint(lambda);
    if (complaint.isPresent()) {
      throw lines.damaged("has a lambda that " + complaint.get());
    }
    String name = json.path("file_name").asText();
    Place place =
        Place.parse(name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.[a-z]+$", ""));
    return new MixedSample(
        place,
        new byte[0],
        positive(json.path("height").asInt()),
        positive(json.path("width").asInt()),
        0,
        0,
        lambda,
        new ImageId(json.path("id_a").asText()),
        new ImageId(json.path("id_b").asText()),
        new float[0],
        boxes);
  }

  private static int positive(int pixels) {
    if (pixels < 1) {
      throw new IllegalArgumentException(pixels + " is no height or width");
    }
    return pixels;
  }

  private MixedBox box(JsonNode json, double lambda) {
    int label = json.path("category_id").asInt(-1) - context.labelOffset();
    if (label < 0 || label >= context.classes().size()) {
      throw new IllegalArgumentException("its category_id is of no class");
    }
    double weight = json.path("weight").asDouble(-1);
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("its weight is not in [0, 1]");
    }
    JsonNode bbox = json.path("bbox");
    long x = FixedPoint.of(bbox.path(0).asDouble());
    long y = FixedPoint.of(bbox.path(1).asDouble());
    MixedBox read =
        StoredBox.read(
            FixedPoint.value(x),
            FixedPoint.value(y),
            FixedPoint.value(x + FixedPoint.of(bbox.path(2).asDouble())),
            FixedPoint.value(y + FixedPoint.of(bbox.path(3).asDouble())),
            label,
            weight,
            json.path("source").asInt(),
            json.path("iscrowd").asInt() == 1,
            json.path("difficult").asInt() == 1,
            json.path("area").asDouble(),
            lambda);
    return json.has("segmentation") ? masked(read, mask(json.path("segmentation"))) : read;
  }

  private static MixedBox masked(MixedBox mixed, RunLengths mask) {
    Box b = mixed.box();
    Box masked = b.at(b.xMin(), b.yMin(), b.xMax(), b.yMax(), b.area(), mask);
    return new MixedBox(masked, mixed.weight(), mixed.source());
  }

  private static RunLengths mask(JsonNode json) {
    JsonNode counts = json.path("counts");
    int[] lengths = new int[counts.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = counts.path(i).asInt();
    }
    JsonNode size = json.path("size");
    return new RunLengths(size.path(0).asInt(), size.path(1).asInt(), lengths);
  }
}
