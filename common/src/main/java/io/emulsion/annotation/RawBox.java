package io.emulsion.annotation;

import io.emulsion.sample.Box;

/**
 * A box as its file has it, not yet checked: its corners may be NaN, in the wrong order or outside.
 *
 * @param name tells it from the others of its file: {@code annotation 17}, {@code line 3}
 * @param category as the file names it: a name, or a number as text
 * @param box with label 0
 * @param badMask whether it had a mask that is none; {@code box} has none then
 */
public record RawBox(String name, String category, Box box, boolean badMask) {}
