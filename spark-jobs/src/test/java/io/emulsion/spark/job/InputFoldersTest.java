package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folders are taken as input, and what is said of the others; nothing is touched then. */
class InputFoldersTest extends JobTest {
  /** Both commands complain in one line and leave the folder as it was. */
  private void refuses(String input, String output, String... parts) throws IOException {
    SortedMap<String, String> before = Folders.tree(folder);
    command("mix", input, output).refused(2, parts);
    assertThat(Folders.tree(folder)).isEqualTo(before);
    command("plan", input, output).refused(2, parts);
    assertThat(Folders.tree(folder)).isEqualTo(before);
  }

  private void refuses(Path input, String... parts) throws IOException {
    refuses(input.toString(), folder.resolve("new/mixed").toString(), parts);
  }

  @Test
  void refusesTheFolderAboveTrainAndVal() throws IOException {
    Path root = folder.resolve("root");
    TestImages.classes(root.resolve("train"), 6);
    TestImages.classes(root.resolve("val"), 3);
    refuses(root, "(train, val) hold only folders", "--input " + root + "/train");
  }

  @Test
  void refusesAFolderWithoutClassFolders() throws IOException {
    Path root = folder.resolve("root");
    TestImages.file(root.resolve("1.jpg"), TestImages.jpeg(1));
    refuses(root, "No images in class folders below", "files beside the class folders: 1");
  }

  @Test
  void refusesWhatIsNotThereOrEmptyOrAFile() throws IOException {
    refuses(folder.resolve("missing"), "missing does not exist: check --input");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    refuses(empty, "No images in class folders below " + empty);
    Files.createDirectories(folder.resolve("empty/a"));
    refuses(empty, "No images in class folders below " + empty);
    refuses(photos.resolve("a/0.jpg"), "0.jpg is a file: --input takes a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"photos", "photos/mixed", "photos/a/x/y", "photos/../photos/x", "link/x"})
  void refusesAnOutputInTheInput(String output) throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), photos);
    refuses(photos.toString(), folder + "/" + output, "lies in the input", "choose an output");
  }

  @Test
  void refusesAnOutputInTheInputThatIsGivenByALink() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), photos);
    refuses(folder + "/link", folder + "/photos/x", "lies in the input");
  }

  @Test
  void takesAnOutputBesideTheInputWhoseNameBeginsAlike() {
    command("mix", photos.toString(), photos + "-mixed").ended();
  }

  @Test
  void refusesALinkToNothing() throws IOException {
    Files.createSymbolicLink(photos.resolve("a/gone.jpg"), folder.resolve("gone.jpg"));
    refuses(photos, "'gone.jpg' in file:" + photos + "/a", "it is a link to nothing");
  }

  @Test
  void refusesALinkToAFolderAboveIt() throws IOException {
    Files.createSymbolicLink(photos.resolve("a/again"), photos.resolve("a"));
    SortedMap<String, String> before = Folders.tree(folder);
    command("mix", photos.toString(), folder + "/new/mixed").refused(2, "folders deep", "link");
    assertThat(Folders.tree(folder)).isEqualTo(before);
  }

  @Test
  void followsLinksToFilesAndFolders() throws IOException {
    Path elsewhere = TestImages.classes(folder.resolve("elsewhere"), 3);
    Files.createSymbolicLink(photos.resolve("a/linked.jpg"), elsewhere.resolve("a/0.jpg"));
    Files.createSymbolicLink(photos.resolve("d"), elsewhere.resolve("b"));
    assertThat(mixLocally().ended().out()).contains("2 views of 14");
    verify().ended();
  }

  @Test
  void countsDeeperFilesAndPassesOverFilesBesideTheClasses() throws IOException {
    TestImages.file(photos.resolve("a/more/deeper/x.jpg"), TestImages.jpeg(50));
    TestImages.file(photos.resolve("d/only/deeper.jpg"), TestImages.jpeg(51));
    TestImages.file(photos.resolve("beside.jpg"), TestImages.jpeg(52));
    assertThat(command("plan", photos.toString(), mixed.toString()).ended().out())
        .startsWith("14 inputs")
        .contains("in 4 classes", "0  a  5", "3  d  1", "files beside the class folders: 1");
    assertThat(mixed).doesNotExist();
    assertThat(mixLocally().ended().out())
        .contains("2 views of 14", "files beside the class folders: 1");
  }

  @Test
  void refusesAnIdThatIsInTwoRoots() throws IOException {
    Path second = folder.resolve("second");
    TestImages.file(second.resolve("a/0.jpg"), TestImages.jpeg(60));
    SortedMap<String, String> before = Folders.tree(folder);
    mixLocally("--input=" + second)
        .refused(2, "'a/0.jpg' is in two input paths", photos.toString(), second.toString());
    assertThat(Folders.tree(folder)).isEqualTo(before);
    mixLocally("--input=" + photos).refused(2, "input.path names '" + photos + "' twice");
    assertThat(Folders.tree(folder)).isEqualTo(before);
  }

  @Test
  void takesRootsWithDifferentFiles() throws IOException {
    Path second = folder.resolve("second");
    TestImages.file(second.resolve("a/other.jpg"), TestImages.jpeg(60));
    TestImages.file(second.resolve("z/0.jpg"), TestImages.jpeg(61));
    mixLocally("--input=" + second).ended();
    verify().ended();
    assertThat(DataSetRecords.ofView(mixed, 0))
        .hasSize(14)
        .extracting(sample -> sample.first().value())
        .contains("a/other.jpg", "a/0.jpg", "z/0.jpg");
  }
}
