package io.emulsion.spark.source;

import java.io.Serializable;

/** One folder to list: all below it is of one class. A class, since Kryo 4 writes no records. */
final class ClassFolder implements Serializable {
  private static final long serialVersionUID = 1;

  private final int root;
  private final String name;
  private final int label;

  /**
   * @param root number of the input path
   * @param name of the folder, and of the class
   * @param label the class's index
   */
  ClassFolder(int root, String name, int label) {
    this.root = root;
    this.name = name;
    this.label = label;
  }

  int root() {
    return root;
  }

  String name() {
    return name;
  }

  int label() {
    return label;
  }
}
