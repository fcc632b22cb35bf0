package io.emulsion.label;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;

/**
 * The classes, in the order of the unsigned bytes of their UTF-8 names: Python's {@code sorted()},
 * so torchvision, Keras and Hugging Face give the same numbers. Immutable.
 */
public final class ClassIndex implements Serializable {
  private static final long serialVersionUID = 1;
  private static final Comparator<String> BY_UTF8 =
      (a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b));

  private final String[] names;
  private final HashMap<String, Integer> indexes = new HashMap<>();

  private ClassIndex(String[] names) {
    this.names = names;
    for (int i = 0; i < names.length; i++) {
      indexes.put(names[i], i);
    }
  }

  /** The distinct names among {@code names}, sorted. */
  public static ClassIndex sorted(Collection<String> names) {
    TreeSet<String> sorted = new TreeSet<>(BY_UTF8);
    sorted.addAll(names);
    return new ClassIndex(sorted.toArray(new String[0]));
  }

  private static byte[] utf8(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /** The number of class {@code name}, from 0. */
  public int indexOf(String name) {
    Integer index = indexes.get(name);
    if (index == null) {
      throw new IllegalArgumentException("No class " + name);
    }
    return index;
  }

  /** The name of class {@code index}. */
  public String name(int index) {
    return names[index];
  }

  public List<String> names() {
    return List.of(names);
  }

  public int size() {
    return names.length;
  }
}
