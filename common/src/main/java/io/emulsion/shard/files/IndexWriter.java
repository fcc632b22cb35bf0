package io.emulsion.shard.files;

import io.emulsion.sample.MixedSample;
import io.emulsion.shard.Sha256;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a line for each image, and behind it one for each of its boxes: {@link CocoText}. */
final class IndexWriter implements ShardWriter {
  private final OutputStream out;
  private final ShardContext context;

  IndexWriter(OutputStream out, ShardContext context) {
    this.out = out;
    this.context = context;
  }

  @Override
  public void write(MixedSample sample) throws IOException {
    CocoText.checkIds(sample);
    byte[] image = sample.image();
    write(CocoText.image(sample, context.imageFormat(), image.length, Sha256.of(image)));
    for (int box = 0; box < sample.boxes().size(); box++) {
      write(CocoText.annotation(sample, box, context.labelOffset()));
    }
  }

  private void write(String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void finish() {}
}
