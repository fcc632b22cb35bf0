/**
 * Annotations of detection sets become boxes: COCO JSON, Pascal VOC XML, YOLO text. What does not
 * fit together is counted, named and mended, left out or refused.
 *
 * <p>Corners are taken as the files have them. COCO's {@code [x, y, width, height]} and YOLO's
 * centre and size become corners. VOC's corners are 1-based and inclusive in the original, but are
 * kept as they are, as torchvision and GluonCV keep them, so that such a box is at most one pixel
 * off. COCO's polygons and VOC's parts and poses are not kept; of masks, only those of crowds are.
 */
@NullMarked
package io.emulsion.annotation;

import org.jspecify.annotations.NullMarked;
