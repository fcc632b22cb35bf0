package io.emulsion.shard.tfrecord;

import io.emulsion.error.EmulsionException;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes samples as TFRecord frames; {@link TfRecordKeys} tells what each field is. */
final class TfRecordShardWriter implements ShardWriter {
  /** Far more than all other fields of a record take. */
  private static final int OTHER_FIELDS_BYTES = 1 << 20;

  /** What the numbers and the class name of a box may take. */
  private static final int BOX_BYTES = 1 << 10;

  private final FrameWriter frames;
  private final ShardContext context;
  private final TfExample example = new TfExample();

  TfRecordShardWriter(OutputStream out, ShardContext context) {
    this.frames = new FrameWriter(out);
    this.context = context;
  }

  @Override
  public void write(MixedSample sample) throws IOException {
    long size =
        sample.image().length
            + (long) sample.soft().length * Float.BYTES
            + (long) sample.boxes().size() * BOX_BYTES;
    if (size > FrameWriter.MAX_DATA_BYTES - OTHER_FIELDS_BYTES) {
      throw EmulsionException.usage(
          "The mixed image of '%s' takes %d bytes, but a TFRecord of Emulsion holds at most 255 MiB:"
              + " set image.size to less",
          sample.first(), size);
    }
    example.clear();
    fill(sample);
    frames.write(example.pieces());
  }

  private void fill(MixedSample sample) {
    if (!context.boxes()) {
      addClasses(sample);
    }
    example.addBytes(TfRecordKeys.ENCODED, sample.image());
    example.addBytes(TfRecordKeys.FILENAME, utf8(sample.place().key()));
    example.addBytes(TfRecordKeys.FORMAT, utf8(context.imageFormat()));
    example.addInt64(TfRecordKeys.HEIGHT, sample.height());
    example.addBytes(TfRecordKeys.ID_A, sample.first().utf8());
    example.addBytes(TfRecordKeys.ID_B, sample.partner().utf8());
    example.addFloat(TfRecordKeys.LAMBDA, (float) sample.lambda()); // exact: 17 bits at most
    example.addInt64(TfRecordKeys.VIEW, sample.place().view());
    if (context.boxes()) {
      ObjectFeatures.add(example, sample, context);
      example.addBytes(ObjectKeys.SOURCE_ID, utf8(sample.place().key()));
    }
    example.addInt64(TfRecordKeys.WIDTH, sample.width());
  }

  private void addClasses(MixedSample sample) {
    int offset = context.labelOffset();
    example.addInt64(TfRecordKeys.LABEL, sample.label() + offset);
    example.addInt64(TfRecordKeys.LABEL_A, sample.labelA() + offset);
    example.addInt64(TfRecordKeys.LABEL_B, sample.labelB() + offset);
    if (context.soft()) {
      example.addFloats(TfRecordKeys.SOFT, soft(sample));
    }
    example.addBytes(TfRecordKeys.TEXT, utf8(context.classes().get(sample.label())));
  }

  private float[] soft(MixedSample sample) {
    if (sample.soft().length != context.classes().size()) {
      throw new IllegalArgumentException(
          sample.place().key() + " has a soft label of " + sample.soft().length + " classes");
    }
    return sample.soft();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void finish() throws IOException {
    frames.flush();
  }
}
