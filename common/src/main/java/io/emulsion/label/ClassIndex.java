package io.emulsion.label;

import io.emulsion.error.EmulsionException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;

/** The classes and their numbers. Immutable. */
public final class ClassIndex implements Serializable {
  private static final long serialVersionUID = 1;
  private static final Comparator<String> BY_UTF8 =
      (a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b));

  private final String[] names;
  private final HashMap<String, Integer> indexes = new HashMap<>();

  private ClassIndex(String[] names) {
    this.names = names;
    for (int i = 0; i < names.length; i++) {
      indexes.putIfAbsent(names[i], i); // listed() refuses the second
    }
  }

  /**
   * The distinct names among {@code names}, in the order of their unsigned UTF-8 bytes: Python's
   * {@code sorted()}, so torchvision, Keras and Hugging Face give the same numbers.
   */
  public static ClassIndex sorted(Collection<String> names) {
    TreeSet<String> sorted = new TreeSet<>(BY_UTF8);
    sorted.addAll(names);
    return new ClassIndex(sorted.toArray(new String[0]));
  }

  /**
   * The names in the order in which they are given.
   *
   * @throws EmulsionException (usage) if a name is empty or given twice
   */
  public static ClassIndex listed(List<String> names) {
    ClassIndex classes = new ClassIndex(names.toArray(new String[0]));
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isEmpty() || classes.indexOf(names.get(i)) != i) {
        throw EmulsionException.usage(
            "label.classes has '%s' in line %d, which is empty or stands above already: give each"
                + " class one line",
            names.get(i), i + 1);
      }
    }
    return classes;
  }

  /** Whether {@code name} is a class. */
  public boolean contains(String name) {
    return indexes.containsKey(name);
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
