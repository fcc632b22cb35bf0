package io.emulsion.config;

import static io.emulsion.error.Checks.option;

import io.emulsion.annotation.BadBoxes;
import io.emulsion.blend.TensorOptions;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.codec.Encoding;
import io.emulsion.config.InputOptions.Format;
import io.emulsion.label.LabelOptions;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.PartnerOptions;
import io.emulsion.pairing.PartnerOptions.Choice;
import io.emulsion.pairing.PartnerOptions.Scope;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What must hold between options; each option alone is checked by its record. */
final class ConfigChecks {
  private static final int DEFAULT_SIZE =
      Integer.parseInt(ConfigKey.IMAGE_SIZE.defaultText().orElseThrow());

  /** The format of image files. */
  private static final String FILES = "files";

  private ConfigChecks() {}

  /** Every check that needs no file system. */
  static void check(EmulsionConfig config) {
    Set<String> seen = new HashSet<>();
    for (String path : config.input().paths()) {
      option(
          seen.add(withoutEndingSlashes(path)), "input.path names '%s' twice: name it once", path);
    }
    switch (config.task()) {
      case CLASSIFICATION -> checkClassification(config);
      case DETECTION -> checkDetection(config);
    }
    option(
        config.input().imageSet() == null || config.input().format() == Format.VOC,
        "input.image-set is of VOC's ImageSets, but input.format is %s: leave it out",
        nameOf(config.input().format()));
    check(config.partners(), config.pairing());
    option(
        !config.output().append() || config.partners().unmixedViews() == 0,
        "mix.unmixed-views must be 0 where output.append is true, since unmixed views are the last"
            + " ones, but is %s",
        config.partners().unmixedViews());
    check(config.label());
    check(config.encoding().encoding(), config.tensor());
    checkFiles(config.output(), config.encoding().encoding());
  }

  private static void checkFiles(OutputOptions output, Encoding encoding) {
    option(
        !output.formats().contains(FILES) || encoding == Encoding.JPEG || encoding == Encoding.PNG,
        "output.encoding must be jpeg or png where output.format is files, since loaders open these,"
            + " but is %s",
        encoding.label());
  }

  private static void checkClassification(EmulsionConfig config) {
    InputOptions input = config.input();
    option(
        input.format() == Format.IMAGE_FOLDER,
        "input.format must be image-folder where task is classification, but is %s, which has"
            + " boxes: set task to detection",
        nameOf(input.format()));
    option(
        input.annotations() == null,
        "input.annotations is of boxes, but task is classification: leave it out or set task to"
            + " detection");
    option(
        input.badBoxes() == BadBoxes.CLIP,
        "input.on-bad-box is of boxes, but task is classification: leave it out or set task to"
            + " detection");
    option(
        config.canvas().fit() != Fit.NONE,
        "image.resize must be crop or stretch or letterbox where task is classification, whose"
            + " images are all of one size, but is none");
    option(
        config.label().minWeight() == 0,
        "label.min-weight is of the boxes of task detection, but task is classification: leave it"
            + " out");
    option(
        !config.output().formats().contains(FILES),
        "output.format files is of task detection, but task is classification: choose tfrecord or"
            + " parquet, which classifiers read");
  }

  private static String nameOf(Format format) {
    return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void checkDetection(EmulsionConfig config) {
    option(
        config.input().format() != Format.IMAGE_FOLDER,
        "input.format must be coco or voc or yolo where task is detection, but is image-folder,"
            + " which has no boxes: set it, or set task to classification");
    option(
        config.input().format() != Format.COCO || config.input().annotations() != null,
        "input.annotations must name the JSON file where input.format is coco");
    CanvasOptions canvas = config.canvas();
    option(
        canvas.fit() != Fit.CROP,
        "image.resize must be none or stretch or letterbox where task is detection, since a crop"
            + " cuts boxes, but is crop");
    option(
        canvas.fit() != Fit.NONE
            || (canvas.height() == DEFAULT_SIZE && canvas.width() == DEFAULT_SIZE),
        "image.size is of image.resize stretch and letterbox, but that is none: leave it out or set"
            + " one of them");
    option(
        !canvas.augment().randomResizedCrop(),
        "image.augment must be none or flip where task is detection, since a crop cuts boxes, but"
            + " names random-resized-crop");
    option(
        config.partners().scope() == Scope.SAMPLE,
        "mix.scope must be sample where task is detection, but is batch");
    option(
        config.partners().choice() == Choice.UNIFORM,
        "mix.partner must be uniform where task is detection, whose images have no class of their"
            + " own, but is other-class");
    option(
        config.label().soft() == LabelOptions.Soft.NONE,
        "label.soft must be none where task is detection, whose boxes have weights, but is float32");
  }

  private static void check(LabelOptions label) {
    option(
        label.smoothing() == 0 || label.soft() != LabelOptions.Soft.NONE,
        "label.smoothing is of soft labels, but label.soft is none: set label.soft to float32, or"
            + " leave label.smoothing out and smooth in the loss");
  }

  private static void check(Encoding encoding, TensorOptions tensor) {
    boolean float32 = encoding == Encoding.FLOAT32;
    String problem = "%s is of output.encoding float32, but that is %s: leave it out or set that";
    option(
        float32 || tensor.mean().equals(TensorOptions.NONE.mean()),
        problem,
        ConfigKey.OUTPUT_MEAN,
        encoding.label());
    option(
        float32 || tensor.std().equals(TensorOptions.NONE.std()),
        problem,
        ConfigKey.OUTPUT_STD,
        encoding.label());
  }

  private static void check(PartnerOptions partners, PairingOptions pairing) {
    boolean batch = partners.scope() == Scope.BATCH;
    option(
        !batch || partners.choice() == Choice.UNIFORM,
        "mix.partner must be uniform where mix.scope is batch, but is other-class");
    option(
        !batch || partners.batchSamples() <= pairing.blockSamples(),
        "mix.batch-samples must not be above mix.block-samples, but is %s of %s: raise"
            + " mix.block-samples",
        partners.batchSamples(),
        pairing.blockSamples());
    option(
        partners.unmixedViews() <= pairing.views(),
        "mix.unmixed-views must not be above mix.views, but is %s of %s",
        partners.unmixedViews(),
        pairing.views());
  }

  private static String withoutEndingSlashes(String path) {
    return path.replaceFirst("(?<=[^/])/+$", "");
  }
}
