package io.emulsion.canvas;

/** A part of an image: rows from {@code top}, columns from {@code left}. */
record Window(int top, int left, int height, int width) {}
