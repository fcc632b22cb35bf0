/**
 * Header check in Java, then bytes to pixels and back.
 *
 * <p>Whatever an input is, it becomes {@code uint8} RGB:
 *
 * <table>
 *   <caption>What each kind of image becomes</caption>
 *   <tr><th>kind</th><th>becomes</th></tr>
 *   <tr><td>JPEG, grey</td><td>three equal channels</td></tr>
 *   <tr><td>JPEG, YCbCr or RGB</td><td>RGB, as its markers say</td></tr>
 *   <tr><td>JPEG, CMYK or YCCK</td><td>inverted as Adobe stores them, then {@code ink * black}; no
 *       colour profile</td></tr>
 *   <tr><td>JPEG, baseline, extended, progressive, arithmetic, with restarts</td><td>alike</td></tr>
 *   <tr><td>JPEG, several pictures (MPO) or bytes behind the end</td><td>the first picture</td></tr>
 *   <tr><td>JPEG, 12 bits, lossless, hierarchical</td><td>UNSUPPORTED_FORMAT</td></tr>
 *   <tr><td>PNG, grey or palette of 1 to 8 bits</td><td>stretched to 8 bits, or its
 *       colours</td></tr>
 *   <tr><td>PNG, 16 bits a sample</td><td>{@code value >> 8}, of alpha too</td></tr>
 *   <tr><td>PNG, alpha channel, palette alpha or transparent colour</td><td>laid over
 *       image.background, rounded to the nearest; no value lies half way</td></tr>
 *   <tr><td>PNG, interlaced</td><td>as any other</td></tr>
 *   <tr><td>PNG, animated</td><td>the default image</td></tr>
 *   <tr><td>PNG, gamma, profile, EXIF or XMP</td><td>ignored</td></tr>
 *   <tr><td>any other format</td><td>UNSUPPORTED_FORMAT, by content, whatever its name</td></tr>
 * </table>
 *
 * <p>EXIF orientation 1 to 8 of a JPEG is told by {@link io.emulsion.codec.ImageHeader}, for the
 * caller to apply; 0, 9 and damaged EXIF count as 1.
 */
@NullMarked
package io.emulsion.codec;

import org.jspecify.annotations.NullMarked;
