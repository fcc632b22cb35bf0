package io.emulsion.shard.files;

import io.emulsion.sample.MixedSample;
import io.emulsion.shard.FolderFormat;
import io.emulsion.shard.FolderReader;
import io.emulsion.shard.RecordFile;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardInput;
import io.emulsion.shard.ShardWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Image files of detection, with one COCO JSON a view for torchvision, MMDetection, detectron2, and
 * YOLO's label files with a {@code data.yaml} for Ultralytics.
 */
public final class FilesFormat implements FolderFormat {
  private static final String ANNOTATIONS = "annotations.json";
  private static final String DATA = "data.yaml";

  @Override
  public String name() {
    return "files";
  }

  @Override
  public String extension() {
    return "jsonl";
  }

  @Override
  public ShardWriter writer(OutputStream out, ShardContext context) {
    return new IndexWriter(out, context);
  }

  @Override
  public FolderReader reader(ShardInput in, ShardContext context) throws IOException {
    return new IndexReader(in, context);
  }

  @Override
  public List<String> folders() {
    return List.of(FileNames.IMAGES, FileNames.LABELS);
  }

  @Override
  public boolean mayHold(String folder, int view, int shard, String name) {
    return FileNames.mayHold(folder, view, shard, name);
  }

  /** Ultralytics keeps what it read of the labels in such a file. */
  @Override
  public boolean isPassedOver(String name) {
    return name.startsWith(".") || name.endsWith(".cache");
  }

  @Override
  public List<RecordFile> files(MixedSample sample, ShardContext context) {
    String image = FileNames.image(sample.place(), context.imageFormat());
    return List.of(
        new RecordFile(FileNames.IMAGES, image, sample.image()),
        new RecordFile(FileNames.LABELS, FileNames.label(sample.place()), YoloText.of(sample)));
  }

  @Override
  public List<String> viewFiles() {
    return List.of(ANNOTATIONS, DATA);
  }

  @Override
  public List<String> setFiles() {
    return List.of(DATA);
  }

  @Override
  public void writeViewFile(
      String name, int view, Indexes indexes, ShardContext context, OutputStream out)
      throws IOException {
    if (name.equals(ANNOTATIONS)) {
      CocoJson.write(view, indexes, context, out);
    } else {
      out.write(DataYaml.ofView(context).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void writeSetFile(String name, int views, ShardContext context, OutputStream out)
      throws IOException {
    out.write(DataYaml.ofAllViews(views, context).getBytes(StandardCharsets.UTF_8));
  }
}
