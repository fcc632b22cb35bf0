package io.emulsion.shard.parquet;

import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.shard.HashingOutputStream;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;

/**
 * Writes a shard of two row groups, small images first, and prints the hash of its bytes; run in
 * JVMs of its own.
 */
final class FixedShard {
  static final ShardContext CONTEXT = new ShardContext(List.of("cat", "dög"), "jpeg", 0, false);
  static final int SAMPLES = 500;

  private FixedShard() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println(write(OutputStream.nullOutputStream()));
  }

  /** Tells the SHA-256. */
  static String write(OutputStream out) throws IOException {
    HashingOutputStream hashed = new HashingOutputStream(out);
    ShardWriter writer = new ParquetFormat().writer(hashed, CONTEXT);
    for (int i = 0; i < SAMPLES; i++) {
      writer.write(sample(i));
    }
    writer.finish();
    return hashed.sha256();
  }

  private static MixedSample sample(int number) {
    Random random = new Random(number);
    byte[] image = new byte[number < 100 ? 100 : 125_000];
    random.nextBytes(image);
    return new MixedSample(
        new Place(3, 12, number),
        image,
        224,
        300,
        number % 2,
        random.nextInt(2),
        random.nextInt(65537) / 65536.0,
        new ImageId("cat/" + number + ".jpg"),
        new ImageId("dög/" + random.nextInt(SAMPLES) + ".jpg"),
        new float[0]);
  }
}
