package io.emulsion.canvas;

import io.emulsion.sample.Box;
import io.emulsion.sample.RunLengths;

/**
 * Where a whole image goes on its canvas, and its boxes with it.
 *
 * @param fromHeight of the image in pixels
 * @param fromWidth of the image in pixels
 * @param to what the image fills
 * @param height of the canvas
 * @param width of the canvas
 */
record Placement(int fromHeight, int fromWidth, Window to, int height, int width) {
  Box move(Box box) {
    RunLengths mask = box.mask();
    double area = box.area() * to.height() * to.width() / ((double) fromHeight * fromWidth);
    return box.at(
        x(box.xMin()),
        y(box.yMin()),
        x(box.xMax()),
        y(box.yMax()),
        area,
        mask == null ? null : Masks.placed(mask, to, height, width));
  }

  private double x(double x) {
    return x * to.width() / fromWidth + to.left();
  }

  private double y(double y) {
    return y * to.height() / fromHeight + to.top();
  }
}
