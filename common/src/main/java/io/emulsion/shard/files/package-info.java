/** Images as files, with COCO's JSON and YOLO's labels: for detectors that read folders. */
@NullMarked
package io.emulsion.shard.files;

import org.jspecify.annotations.NullMarked;
