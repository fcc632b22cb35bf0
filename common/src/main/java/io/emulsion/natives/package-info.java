/**
 * Native libraries and memory: where libraries are unpacked, OpenCV, and pixels that it works on.
 */
@NullMarked
package io.emulsion.natives;

import org.jspecify.annotations.NullMarked;
