package io.emulsion.spark.source;

import io.emulsion.annotation.RawAnnotation;
import io.emulsion.annotation.VocParser;
import io.emulsion.annotation.YoloParser;

/** The files that hold the boxes of one image each. */
enum BoxFile {
  VOC("xml") {
    @Override
    RawAnnotation parse(byte[] bytes, String file) {
      return VocParser.parse(bytes, file);
    }
  },
  YOLO("txt") {
    @Override
    RawAnnotation parse(byte[] bytes, String file) {
      return YoloParser.parse(bytes, file);
    }
  };

  /** Enough for the boxes that an image may have; a larger file is refused unread. */
  static final int MOST_BYTES = 1 << 25;

  private final String extension;

  BoxFile(String extension) {
    this.extension = extension;
  }

  String extension() {
    return extension;
  }

  /**
   * @param file named in errors
   */
  abstract RawAnnotation parse(byte[] bytes, String file);
}
