package io.emulsion.shard;

import io.emulsion.error.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The data set's README.md: what it is, what is in its files, how to load them. The same for equal
 * headers.
 */
public final class DataCard {
  private static final String INTRODUCTION =
      """
      # A mixup training set

      Made by Emulsion %s. %s
      | | |
      |---|---|
      | samples in each view | %d |
      | views | %d |
      | shards in each view | %d |
      | classes | %d |
      | inputs | %d |
      | of them unusable, listed in `_emulsion/quarantine` | %d |
      | lambda | %s |
      | seed | %s |

      Each view is the whole set, mixed once more: other partners, other lambdas, another order.
      **View v is epoch v.** Views are numbered from 0; after the last start again with the first.

      `labels.txt` holds the names of the classes: the first line is class %d. `_emulsion/manifest.json`
      names every file with its size and SHA-256, and is written last: without it the set is not
      complete.
      """;

  private static final String CLASSIFICATION =
      """
      Each image is a mixture of two: `lambda * first + (1 - lambda) * partner`,
      with lambda drawn for each of them (mixup: Zhang et al. 2018, arXiv 1710.09412). Train with the
      loss `lambda * CE(label_a) + (1 - lambda) * CE(label_b)`, and do not mix again.
      """;

  private static final String DETECTION =
      """
      Each image is a mixture of two: `lambda * first + (1 - lambda) * partner`,
      with lambda drawn for each of them (mixup for detection: Zhang et al. 2019, arXiv 1902.04103).
      %s
      The boxes of both are all kept, each with a weight: lambda where it is of the first image,
      1 - lambda where it is of the partner, times any weight that it had before. Multiply the loss of
      each box by its weight, and do not mix again. An image can have no box, and a box weight 0.
      """;

  private static final String OWN_SIZES =
      """
      The canvas has the larger height and the larger width of both; both are at its top left, so that
      no box moves, and pixels that one of them has not count as black.""";

  private static final String ONE_SIZE =
      """
      Images were brought to one size first (`image.resize`, `image.size`), their boxes with them.""";

  private static final String OPTIONS =
      """

      ## Options

      Same version, options and inputs: same bytes. Fingerprint: `%s`.

      | option | value |
      |---|---|
      %s
      """;

  private DataCard() {}

  /** The content of {@link DataSetPaths#README}, UTF-8. */
  public static byte[] of(ManifestHeader header) {
    StringBuilder text = new StringBuilder();
    if (header.formats().contains("parquet")) {
      text.append(ParquetCard.frontMatter(header));
    }
    text.append(introduction(header));
    if (header.formats().contains("tfrecord")) {
      text.append(header.detection() ? TfRecordBoxCard.of(header) : TfRecordCard.of(header));
    }
    if (header.formats().contains("parquet")) {
      text.append(header.detection() ? ParquetBoxCard.of(header) : ParquetCard.of(header));
    }
    text.append(OPTIONS.formatted(header.fingerprint(), table(header.options())));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String introduction(ManifestHeader header) {
    return INTRODUCTION.formatted(
        header.emulsion(),
        header.detection() ? detection(header) : CLASSIFICATION,
        header.samples(),
        header.views(),
        header.shards(),
        header.classes(),
        header.inputs(),
        header.quarantined(),
        cell(law(header)),
        cell(header.option("mix.seed")),
        Integer.parseInt(header.option("label.offset")));
  }

  private static String detection(ManifestHeader header) {
    return DETECTION.formatted(header.option("image.resize").equals("none") ? OWN_SIZES : ONE_SIZE);
  }

  /** The law of lambda in words. */
  private static String law(ManifestHeader header) {
    String law =
        switch (header.option("mix.lambda.distribution")) {
          case "uniform" ->
              "uniform from %s to %s"
                  .formatted(header.option("mix.lambda.low"), header.option("mix.lambda.high"));
          case "constant" -> "always " + header.option("mix.lambda.value");
          default ->
              "drawn from Beta(%s, %s)"
                  .formatted(header.option("mix.lambda.alpha"), header.option("mix.lambda.beta"));
        };
    return header.option("mix.lambda.fold").equals("true") ? law + ", then max(l, 1 - l)" : law;
  }

  private static String table(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> "| `" + option.getKey() + "` | " + cell(option.getValue()) + " |")
        .collect(Collectors.joining("\n"));
  }

  /** Keeps what Markdown or HTML would take for markup as text. */
  private static String cell(String value) {
    return OneLine.of(value).replaceAll("[\\\\`*_\\[\\]<>|&#]", "\\\\$0");
  }
}
