package io.emulsion.spark.sink;

import io.emulsion.shard.Claim;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The process that runs this, as its claims name it, and what it can tell of its neighbours. */
final class ThisProcess {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NUMBERS = Path.of("/proc/self/ns/pid");

  /** Where a process began, among the fields behind its name in {@code /proc/PID/stat}. */
  private static final int STARTED = 19;

  private static final Claim.Holder HOLDER = current();

  /** Of another process than this one. */
  enum State {
    ALIVE,
    DEAD,
    /** It runs elsewhere. */
    UNKNOWN
  }

  private ThisProcess() {}

  static Claim.Holder holder() {
    return HOLDER;
  }

  static boolean is(Claim.Holder process) {
    return process.equals(HOLDER);
  }

  /** What Linux says of a process of this machine, container and user; of no other. */
  static State stateOf(Claim.Holder process) {
    if (HOLDER.place().isEmpty() || !HOLDER.place().equals(process.place())) {
      return State.UNKNOWN;
    }
    List<String> found = stat(process.pid());
    // The number may be another process's by now; one that ended and waits for its parent is a Z.
    return !found.isEmpty()
            && !found.get(0).equals("Z")
            && Long.parseLong(found.get(STARTED)) == process.started()
        ? State.ALIVE
        : State.DEAD;
  }

  private static Claim.Holder current() {
    long pid = ProcessHandle.current().pid();
    List<String> stat = stat(pid);
    return stat.isEmpty()
        ? new Claim.Holder(host(), "", pid, 0)
        : new Claim.Holder(host(), place(), pid, Long.parseLong(stat.get(STARTED)));
  }

  /** State and numbers of a process; nothing where there is none, or no Linux. */
  private static List<String> stat(long pid) {
    try {
      String text = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return List.of(text.substring(text.lastIndexOf(')') + 2).strip().split(" "));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }

  /** This start of this machine, what process numbers are of, and whose processes can be seen. */
  private static String place() {
    try {
      return Files.readString(BOOT).strip()
          + " "
          + Files.readSymbolicLink(NUMBERS)
          + " "
          + System.getProperty("user.name");
    } catch (IOException | UnsupportedOperationException e) {
      return ""; // then claims are watched
    }
  }
}
