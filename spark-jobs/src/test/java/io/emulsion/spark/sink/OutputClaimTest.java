package io.emulsion.spark.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.shard.Claim;
import io.emulsion.shard.ClaimParser;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.spark.sink.OutputClaim.Pace;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.FaultyFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may write to an output. Claims move twenty times a second here. */
class OutputClaimTest {
  private static final Pace PACE = new Pace(Duration.ofMillis(50), Duration.ofMillis(500));

  @TempDir Path folder = Path.of("");
  private Store output;
  private final List<String> told = new ArrayList<>();

  OutputClaimTest() throws IOException {
    output = Store.of("/", new Configuration());
  }

  @BeforeEach
  void open() throws IOException {
    Faults.clear();
    Configuration configuration = new Configuration();
    configuration.set(FaultyFileSystem.CONF_KEY, FaultyFileSystem.class.getName());
    output = Store.of(FaultyFileSystem.pathOf(folder), configuration);
  }

  @AfterEach
  void forgetFaults() {
    Faults.clear();
  }

  private OutputClaim take(String token) throws IOException {
    return OutputClaim.take(output, token, told::add, PACE);
  }

  private Path file(String token) {
    return folder.resolve(DataSetPaths.claim(token));
  }

  @Test
  void oneRunHoldsAnOutputUntilItGivesItUp() throws IOException {
    OutputClaim first = take("b");
    for (String later : new String[] {"a", "c"}) {
      assertThatThrownBy(() -> take(later))
          .isInstanceOf(EmulsionException.class)
          .hasMessageContaining(folder + " is being written by another run (process ")
          .hasMessageContaining("wait until it has ended, or choose another --output");
      assertThat(file(later)).doesNotExist();
    }
    first.check();
    first.close();
    assertThat(file("b")).doesNotExist();
    take("c").close();
    assertThat(told).isEmpty();
  }

  @Test
  void aClaimMovesWhileItsRunLives() throws IOException, InterruptedException {
    OutputClaim claim = take("a");
    byte[] before = Files.readAllBytes(file("a"));
    TimeUnit.MILLISECONDS.sleep(400);
    assertThat(Files.readAllBytes(file("a"))).isNotEqualTo(before);
    claim.check();
    claim.close();
    TimeUnit.MILLISECONDS.sleep(200);
    assertThat(file("a")).doesNotExist();
  }

  /** Each step of the first run's claiming is followed by all of the second's. */
  @ParameterizedTest
  @CsvSource({
    "create, a, b",
    "create, b, a",
    "close, a, b",
    "close, b, a",
    "list, a, b",
    "list, b, a"
  })
  void ofTwoInAnyOrderNeverTwoHold(String step, String first, String second) throws Exception {
    for (int nth = 1; nth <= 2; nth++) {
      List<OutputClaim> held = new ArrayList<>();
      List<String> refused = new ArrayList<>();
      Faults.set(
          Fault.run(
              nth,
              step + " .*/_emulsion" + (step.equals("list") ? "$" : "/claim-" + first),
              () -> tryToTake(second, held, refused)));
      tryToTake(first, held, refused);
      assertThat(held).as("%s %d: %s", step, nth, refused).hasSize(1);
      assertThat(refused).hasSizeLessThanOrEqualTo(1);
      held.get(0).check();
      held.get(0).close();
      Faults.clear();
    }
  }

  private void tryToTake(String token, List<OutputClaim> held, List<String> refused) {
    try {
      OutputClaim claim = take(token);
      synchronized (held) {
        held.add(claim);
      }
    } catch (EmulsionException e) {
      synchronized (held) {
        refused.add(String.valueOf(e.getMessage()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void ofManyAtOnceExactlyOneHolds() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        List<OutputClaim> held = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        CyclicBarrier barrier = new CyclicBarrier(4);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          String token = "run-" + i;
          ends.add(
              threads.submit(
                  () -> {
                    barrier.await();
                    tryToTake(token, held, refused);
                    return null;
                  }));
        }
        for (Future<?> end : ends) {
          end.get();
        }
        assertThat(held).as("%s", refused).hasSize(1);
        assertThat(refused).hasSize(3);
        held.get(0).close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void leaveClaim(String token, Claim.Holder process) throws IOException {
    output.write(
        DataSetPaths.claim(token),
        ClaimParser.toJson(new Claim(token, true, process, "2026-01-01T00:00:00Z", 7, List.of())));
  }

  @Test
  void theClaimOfADeadProcessOfThisMachineCountsForNothingAtOnce() throws Exception {
    Process process = new ProcessBuilder("true").start();
    Claim.Holder here = ThisProcess.holder();
    process.waitFor();
    leaveClaim("dead", new Claim.Holder("h", here.place(), process.pid(), 1));
    leaveClaim("number used again", new Claim.Holder("h", here.place(), here.pid(), 1));
    leaveClaim("ended in this process", here);
    long started = System.nanoTime();
    OutputClaim claim = take("a");
    assertThat(System.nanoTime() - started).isLessThan(PACE.deadAfter().toNanos());
    assertThat(file("dead")).doesNotExist();
    claim.check();
    claim.close();
  }

  @Test
  void aLiveProcessOfThisMachineIsNotTakenForDeadThoughItsClaimRests() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      long started = Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
      leaveClaim(
          "rests", new Claim.Holder("h", ThisProcess.holder().place(), process.pid(), started));
      TimeUnit.MILLISECONDS.sleep(2 * PACE.deadAfter().toMillis());
      assertThatThrownBy(() -> take("a")).hasMessageContaining("process " + process.pid());
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"elsewhere", ""})
  void aClaimFromElsewhereIsWatchedAndCountsForNothingIfItRests(String place) throws IOException {
    leaveClaim("theirs", new Claim.Holder("far", place, 12, 1));
    OutputClaim claim = take("a");
    assertThat(told)
        .singleElement()
        .asString()
        .contains(
            "is claimed by process 12 on far since 2026-01-01T00:00:00Z: watching for up to 1 s");
    assertThat(file("theirs")).doesNotExist();
    claim.close();
  }

  @Test
  void aClaimThatWasCutShortIsWatchedToo() throws IOException {
    Files.createDirectories(file("cut").getParent());
    Files.writeString(file("cut"), "{\"token");
    take("a").close();
    assertThat(told).singleElement().asString().contains("is claimed by run cut: watching");
  }

  @Test
  void aClaimFromElsewhereThatMovesIsAlive() throws Exception {
    Claim.Holder far = new Claim.Holder("far", "elsewhere", 12, 1);
    leaveClaim("theirs", far);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<?> theirs =
          threads.submit(
              () -> {
                TimeUnit.MILLISECONDS.sleep(200);
                output.write(
                    DataSetPaths.claim("theirs"),
                    ClaimParser.toJson(new Claim("theirs", true, far, "now", 8, List.of())));
                return null;
              });
      assertThatThrownBy(() -> take("a"))
          .hasMessageContaining("is being written by another run (process 12 on far since now)");
      theirs.get();
    } finally {
      threads.shutdownNow();
    }
    assertThat(file("theirs")).exists();
  }

  /** As where a machine stood still for a minute. */
  @Test
  void aRunThatWasTakenForDeadLearnsSoAndDoesNotClaimAgain() throws Exception {
    OutputClaim first = take("a");
    Files.delete(file("a"));
    output.write(
        DataSetPaths.claim("b"),
        ClaimParser.toJson(
            new Claim("b", true, new Claim.Holder("far", "x", 12, 1), "now", 1, List.of("a"))));
    assertThatThrownBy(first::check)
        .isInstanceOf(EmulsionException.class)
        .hasMessageContaining("was taken over by another run (process 12 on far)");
    TimeUnit.MILLISECONDS.sleep(300);
    assertThat(file("a")).doesNotExist();
    first.close();
    assertThat(file("b")).exists();
  }

  @Test
  void aBeatThatFailsIsNoFailureOfTheRun() throws Exception {
    OutputClaim claim = take("a");
    Faults.set(Fault.of(Action.FAIL, 1, "create .*/claim-a"));
    TimeUnit.MILLISECONDS.sleep(300);
    claim.check();
    claim.close();
  }
}
