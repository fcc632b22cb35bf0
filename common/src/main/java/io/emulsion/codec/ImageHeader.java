package io.emulsion.codec;

/**
 * What the first bytes of an image tell, checked in Java before native code sees any of them.
 *
 * @param height as stored, before any EXIF turn
 * @param width as stored
 * @param orientation EXIF orientation, 1 to 8; 1 where there is none or an illegal one
 */
public record ImageHeader(ImageFormat format, int height, int width, int orientation) {}
