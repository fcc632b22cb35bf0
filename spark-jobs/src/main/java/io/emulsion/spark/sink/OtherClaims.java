package io.emulsion.spark.sink;

import io.emulsion.shard.Claim;
import io.emulsion.shard.ClaimParser;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.store.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims of other runs on an output, watched: one that moves is alive. No clocks are compared,
 * so it takes a while until one counts as dead, unless it is of a process of this machine. Not
 * thread-safe.
 */
final class OtherClaims {
  private final Store output;
  private final String own;
  private final Duration deadAfter;
  private final Map<String, Watched> watched = new HashMap<>();

  /** What was seen of a claim. */
  private static final class Watched {
    byte[] bytes;
    long sinceNanos;
    boolean moved;

    Watched(byte[] bytes) {
      this.bytes = bytes;
      this.sinceNanos = System.nanoTime();
    }
  }

  /**
   * One of them.
   *
   * @param claim null while it is being written
   * @param state unknown: it has to be watched on
   */
  record Other(String token, @Nullable Claim claim, ThisProcess.State state) {}

  /**
   * @param own token of the run that looks
   * @param deadAfter how long a claim does not move whose run is dead
   */
  OtherClaims(Store output, String own, Duration deadAfter) {
    this.output = output;
    this.own = own;
    this.deadAfter = deadAfter;
  }

  /** All that are there now. */
  List<Other> look() throws IOException {
    List<Other> others = new ArrayList<>();
    for (StoredFile file : output.list(DataSetPaths.PRIVATE_FOLDER)) {
      String token = DataSetPaths.claimant(file.name());
      if (token != null && !token.equals(own)) {
        look(token, others);
      }
    }
    return others;
  }

  private void look(String token, List<Other> others) throws IOException {
    byte[] bytes;
    try {
      bytes = output.read(DataSetPaths.claim(token));
    } catch (FileNotFoundException e) {
      return; // given up since
    } catch (IOException e) {
      bytes = new byte[0]; // shorter than its status said, for it is being written
    }
    Claim claim = parsed(token, bytes);
    others.add(new Other(token, claim, state(claim, watch(token, bytes))));
  }

  private static @Nullable Claim parsed(String token, byte[] bytes) throws IOException {
    try {
      return ClaimParser.fromJson(bytes, DataSetPaths.claim(token));
    } catch (DamagedShardException e) {
      return null; // it is being written, or its run died then
    }
  }

  private Watched watch(String token, byte[] bytes) {
    Watched seen = watched.computeIfAbsent(token, unseen -> new Watched(bytes));
    if (!Arrays.equals(seen.bytes, bytes)) {
      seen.bytes = bytes;
      seen.sinceNanos = System.nanoTime();
      seen.moved = true;
    }
    return seen;
  }

  private ThisProcess.State state(@Nullable Claim claim, Watched seen) {
    if (claim != null) {
      ThisProcess.State told =
          ThisProcess.is(claim.process())
              ? OutputClaim.isOfThisProcess(claim.token())
                  ? ThisProcess.State.ALIVE
                  : ThisProcess.State.DEAD
              : ThisProcess.stateOf(claim.process());
      if (told != ThisProcess.State.UNKNOWN) {
        return told;
      }
    }
    if (System.nanoTime() - seen.sinceNanos > deadAfter.toNanos()) {
      return ThisProcess.State.DEAD;
    }
    return seen.moved ? ThisProcess.State.ALIVE : ThisProcess.State.UNKNOWN;
  }

  /** The one of a run that took the own claim for a dead one's and away; null if there is none. */
  @Nullable Claim successor() throws IOException {
    for (Other other : look()) {
      if (other.claim() != null && other.claim().over().contains(own)) {
        return other.claim();
      }
    }
    return null;
  }
}
