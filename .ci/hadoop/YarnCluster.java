import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * A YARN cluster of two nodes in this process, which starts containers as processes of their own.
 * Writes the {@code yarn-site.xml} that finds it into a folder, and ends when standard input does.
 */
public final class YarnCluster {
  private YarnCluster() {}

  /**
   * @param arguments the folder
   */
  public static void main(String[] arguments) throws IOException {
    YarnConfiguration conf = new YarnConfiguration();
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    conf.set("yarn.scheduler.minimum-allocation-mb", "128");
    conf.set("yarn.nodemanager.resource.memory-mb", "4096");
    conf.set("yarn.nodemanager.resource.cpu-vcores", "4");
    // Java reserves far more addresses than it takes memory.
    conf.set("yarn.nodemanager.vmem-check-enabled", "false");
    // A disk that others have filled is no reason to have no nodes. The first check takes place even
    // where checks are off.
    conf.set("yarn.nodemanager.disk-health-checker.enable", "false");
    conf.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
    MiniYARNCluster cluster = new MiniYARNCluster("emulsion", 2, 1, 1);
    cluster.init(conf);
    cluster.start();
    Path site = Path.of(arguments[0], "yarn-site.xml");
    Path whole = site.resolveSibling("yarn-site.xml.part");
    try (OutputStream out = Files.newOutputStream(whole)) {
      cluster.getConfig().writeXml(out);
    }
    Files.move(whole, site);
    while (System.in.read() >= 0) {}
    cluster.stop();
    System.exit(0);
  }
}
