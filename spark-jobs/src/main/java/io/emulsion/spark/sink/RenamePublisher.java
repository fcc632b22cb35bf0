package io.emulsion.spark.sink;

import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** For file systems whose rename moves no bytes: the driver renames, some files at a time. */
final class RenamePublisher implements Publisher, AutoCloseable {
  private static final int THREADS = 8;

  private final Store output;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Set<String> folders = new HashSet<>();

  RenamePublisher(Store output) {
    this.output = output;
  }

  @Override
  public void publish(String folder, List<String> paths) throws IOException {
    List<Callable<Void>> renames = new ArrayList<>(paths.size());
    for (String path : paths) {
      makeFolderOf(path);
      renames.add(
          () -> {
            output.rename(folder + "/" + path, path);
            return null;
          });
    }
    runAll(renames);
  }

  private void makeFolderOf(String path) throws IOException {
    String folder = path.substring(0, path.lastIndexOf('/'));
    if (folders.add(folder)) {
      output.makeFolder(folder);
    }
  }

  private void runAll(List<Callable<Void>> renames) throws IOException {
    try {
      for (Future<Void> done : threads.invokeAll(renames)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while publishing", e);
    } catch (ExecutionException e) {
      throw new IOException(
          "Cannot publish into " + output.display() + ": " + String.valueOf(e.getCause()), e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
