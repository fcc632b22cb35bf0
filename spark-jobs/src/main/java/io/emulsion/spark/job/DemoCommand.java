package io.emulsion.spark.job;

import io.emulsion.config.ConfigReader;
import io.emulsion.config.EmulsionConfig;
import io.emulsion.config.Setting;
import io.emulsion.error.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code demo}: the first thing a newcomer runs. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Draws a small labelled image set, mixes it and verifies the result.")
final class DemoCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "emulsion-demo",
      description = "Local folder for pictures and data set; ${DEFAULT-VALUE} by default.")
  private Path folder = Path.of("emulsion-demo");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path photos = folder.toAbsolutePath().resolve("photos");
    Path mixed = folder.toAbsolutePath().resolve("mixed");
    out.println("Drawing a small labelled set into " + photos);
    out.flush();
    DemoPictures.draw(photos);
    EmulsionConfig config =
        ConfigReader.read(
            null,
            List.of(
                Setting.set("image.size=128"),
                Setting.set("mix.views=2"),
                Setting.input(List.of(photos.toUri().toString())),
                Setting.output(mixed.toUri().toString())));
    try (Sessions sessions = Sessions.start("demo")) {
      MixCommand.summarize(new MixJob(config, sessions, err).run(), out);
      ExitCode verified = VerifyCommand.verify(mixed.toString(), sessions, out, err);
      if (verified == ExitCode.DONE) {
        out.println("Next: read " + mixed.resolve("README.md") + " for how to load it");
        out.flush();
      }
      return verified.number();
    }
  }
}
