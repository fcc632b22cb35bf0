package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.FaultyFileSystem;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets of image files: published, verified, replaced and refused as others are. */
class FilesTest extends JobTest {
  private static final String VIEW = "files/view-000";
  private static final String INDEX = VIEW + "/train-00000-of-00001.jsonl";
  private static final String IMAGE = VIEW + "/images/00000/v000-00000-00005.jpg";
  private static final String LABEL = VIEW + "/labels/00000/v000-00000-00005.txt";
  private static final String OTHER = "--set=mix.seed=1";
  private static final String OVERWRITE = "--set=output.overwrite=true";

  @BeforeEach
  void drawBoxes() throws IOException {
    photos = TestImages.boxed(folder.resolve("boxed"), 12);
  }

  static List<String> arguments(Path photos, Path mixed, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "mix",
                "--input=" + FaultyFileSystem.pathOf(photos),
                "--output=" + FaultyFileSystem.pathOf(mixed),
                "--set=task=detection",
                "--set=input.format=coco",
                "--set=input.annotations=" + TestImages.annotations(photos),
                "--set=mix.views=2",
                "--set=output.format=files"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  @Override
  Ran mix(String... more) {
    return Ran.command(arguments(photos, mixed, more));
  }

  private void finds(String... parts) throws IOException {
    SortedMap<String, String> before = Folders.tree(mixed);
    Ran ran = verify();
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(7);
    assertThat(ran.err()).contains(parts);
    assertThat(ran.err().lines()).hasSize(parts.length + 1);
    assertThat(Folders.tree(mixed)).isEqualTo(before);
  }

  /** Does what verify advises. */
  private void isMendedByDeleting(String hash, String path) throws IOException {
    Files.delete(mixed.resolve(path));
    mix().ended();
    verify().ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }

  @Test
  void eachImageIsAFileWithALabelFile() throws IOException {
    Ran ran = mix("--set=mix.views=1").ended();
    List<String> expected =
        new ArrayList<>(
            List.of(
                "_emulsion/manifest.json",
                "_emulsion/report.json",
                "README.md",
                "labels.txt",
                "files/data.yaml",
                VIEW + "/annotations.json",
                VIEW + "/data.yaml",
                INDEX));
    for (int i = 0; i < 12; i++) {
      expected.add(String.format("%s/images/00000/v000-00000-%05d.jpg", VIEW, i));
      expected.add(String.format("%s/labels/00000/v000-00000-%05d.txt", VIEW, i));
    }
    assertThat(Folders.tree(mixed).entrySet())
        .filteredOn(entry -> !entry.getValue().equals("folder"))
        .extracting(entry -> entry.getKey())
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(ran.out()).contains("12 samples", "in 30 files");
    assertThat(Files.readString(mixed.resolve(INDEX))).doesNotContain(folder.toString());
    assertThat(Files.readString(manifest())).doesNotContain(".jpg", ".txt\",\"records\":1");
    assertThat(verify().ended().out()).contains("30 files, 12 records");
  }

  @Test
  void theSameCommandAgainTouchesNoFile() throws IOException {
    mix().ended();
    SortedMap<String, String> before = Folders.tree(mixed);
    assertThat(mix().ended().out()).contains("is already complete");
    assertThat(Folders.tree(mixed)).isEqualTo(before);
    mix(OTHER).refused(4, "holds a data set that was made with other options");
    assertThat(Folders.tree(mixed)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        IMAGE,
        LABEL,
        INDEX,
        VIEW + "/annotations.json",
        VIEW + "/data.yaml",
        "files/data.yaml"
      })
  void verifyFindsFlippedCutAndMissingFiles(String path) throws IOException {
    mix("--set=mix.lambda.distribution=constant").ended();
    byte[] bytes = Files.readAllBytes(mixed.resolve(path));
    if (path.equals(LABEL)) {
      assertThat(bytes).isNotEmpty();
    }
    byte[] flipped = bytes.clone();
    flipped[bytes.length / 2] ^= 1;
    Files.write(mixed.resolve(path), flipped);
    if (path.equals(INDEX)) { // of which the annotations are made too
      finds(path + ": its SHA-256 is", "annotations.json: is not what the shards' indexes make");
    } else {
      finds(path + ": its SHA-256 is");
    }
    Files.write(mixed.resolve(path), Arrays.copyOf(bytes, bytes.length - 1));
    finds(path + ": has " + (bytes.length - 1) + " bytes");
    Files.delete(mixed.resolve(path));
    finds(path + ": is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {IMAGE, LABEL, INDEX, "files/data.yaml", VIEW + "/annotations.json"})
  void whatIsMissingIsMadeAgain(String path) throws IOException {
    mix().ended();
    isMendedByDeleting(Folders.dataHash(mixed), path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        VIEW + "/images/00000/v000-00000-00012.jpg",
        VIEW + "/images/00000/v000-00000-00005.npy",
        VIEW + "/labels/00000/notes.txt"
      })
  void verifyFindsFilesTooMany(String path) throws IOException {
    mix().ended();
    TestImages.file(mixed.resolve(path), "mine");
    finds(path + ": is not in the index");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        VIEW + "/images/00001/v000-00001-00000.jpg",
        VIEW + "/labels/more/a.txt",
        "files/view-007/annotations.json",
        "files/view-001/train-00001-of-00002.jsonl",
        VIEW + "/images/a.jpg"
      })
  void verifyFindsFoldersAndListingsTooMany(String path) throws IOException {
    mix().ended();
    TestImages.file(mixed.resolve(path), "mine");
    finds(": is not in the manifest");
  }

  @ParameterizedTest
  @CsvSource({
    "files/data.yaml, ''",
    "files/view-000/annotations.json, ''",
    "files/view-005/data.yaml, ''",
    "files/view-000/images/00000/v000-00000-00000.jpg, files/view-000/images/00000",
    "files/view-000/labels/00003/a.txt, files/view-000/labels/00003",
    "files/view-000/images/a.jpg, ''",
    "files/view-000/any.jsonl, ''"
  })
  void aForeignFileUnderOneOfOurNamesIsRefusedBeforeAnyWork(String path, String named)
      throws IOException {
    TestImages.file(mixed.resolve(path), "mine");
    SortedMap<String, String> before = Folders.tree(mixed);
    Faults.clear();
    mix(OVERWRITE)
        .refused(4, (named.isEmpty() ? path : named) + " is not of a data set of Emulsion");
    assertThat(Faults.calls()).noneMatch(call -> call.contains("boxed"));
    assertThat(Folders.tree(mixed)).isEqualTo(before);
  }

  /**
   * The folder would be deleted as a whole; stale pixels of a loader's cache would be trained on.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/images/00000/v000-00000-00000.npy",
        "/images/00000/deeper/a.jpg",
        "/labels/00000/v001-00000-00000.txt",
        "/images/00001/v000-00001-00000.jpg"
      })
  void aForeignFileInAFolderOfOursIsRefused(String path) throws IOException {
    mix().ended();
    TestImages.file(mixed.resolve(VIEW + path), "mine");
    SortedMap<String, String> before = Folders.tree(mixed);
    mix(OTHER, OVERWRITE).refused(4, "is not of a data set of Emulsion", "move it away");
    assertThat(Folders.tree(mixed)).isEqualTo(before);
  }

  @Test
  void whatLoadersPassOverStays() throws IOException {
    List<Path> foreign =
        List.of(
            TestImages.file(mixed.resolve("files/notes.txt"), "mine"),
            TestImages.file(mixed.resolve(VIEW + "/notes.txt"), "mine"),
            TestImages.file(mixed.resolve(VIEW + "/labels/00000.cache"), "mine"),
            TestImages.file(mixed.resolve(VIEW + "/images/.DS_Store"), "mine"));
    mix().ended();
    mix(OTHER, OVERWRITE).ended();
    verify().ended();
    assertThat(foreign).allSatisfy(file -> assertThat(file).hasContent("mine"));
  }

  @Test
  void overwriteReplacesOursAlone() throws IOException {
    mix(OTHER).ended();
    String hash = Folders.dataHash(mixed);
    FileUtils.deleteDirectory(mixed.toFile());
    mix("--set=mix.views=3", "--set=output.encoding=png", "--set=output.split=val").ended();
    Path notes = TestImages.file(mixed.resolve("files/view-002/notes.txt"), "mine");
    mix(OTHER, OVERWRITE).ended();
    verify().ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    assertThat(notes).hasContent("mine");
    assertThat(mixed.resolve("files/view-002/images/00000")).doesNotExist();
    assertThat(mixed.resolve("files/view-002/annotations.json")).doesNotExist();
    mix(OVERWRITE, "--set=output.format=tfrecord").ended();
    verify().ended();
    assertThat(mixed.resolve(VIEW + "/images/00000")).doesNotExist();
    assertThat(mixed.resolve("files/data.yaml")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete .*view-000/images/00000$",
        "delete .*view-002/labels/00000$",
        "delete .*/annotations.json",
        "rename .*view-000.*jsonl$",
        "rename .*view-000/images/00000$",
        "rename .*view-001/labels/00000$",
        "create .*/files/data.yaml",
        "write .*view-001/annotations.json",
        "close .*view-001/annotations.json",
        "rename .*/manifest.json"
      })
  void anOverwriteThatDiesMidwayWorksAgain(String call) throws IOException {
    mix(OTHER).ended();
    String hash = Folders.dataHash(mixed);
    FileUtils.deleteDirectory(mixed.toFile());
    mix("--set=mix.views=3").ended();
    Faults.set(Fault.of(Action.FAIL_AFTER, 1, call));
    Ran failed = mix(OTHER, OVERWRITE);
    Faults.clear();
    assertThat(failed.exitCode()).as(failed.err()).isIn(5, 6);
    if (!Files.exists(manifest())) {
      mix("--set=mix.seed=2").refused(4, "did not end", "output.overwrite=true");
    }
    mix(OTHER, OVERWRITE).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    verify().ended();
    assertThat(publishing()).doesNotExist();
    assertThat(mixed.resolve("files/view-002/images/00000")).doesNotExist();
  }

  @Test
  void boxesBelowTheLeastWeightAreLeftOutAndVerifyKnows() throws IOException {
    mix("--set=label.min-weight=0.3").ended();
    verify().ended();
    String annotations = Files.readString(mixed.resolve(VIEW + "/annotations.json"));
    assertThat(annotations).contains("\"weight\":0.").doesNotContainPattern("weight\":0\\.[012]");
    String all = annotations;
    mix(OVERWRITE).ended();
    assertThat(Files.readString(mixed.resolve(VIEW + "/annotations.json")).length())
        .isGreaterThan(all.length());
  }

  @Test
  void moreBoxesThanIdsAreAnErrorThatNamesTheImages() throws IOException {
    Path crowded = folder.resolve("crowded");
    StringBuilder boxes = new StringBuilder();
    for (int i = 0; i < 4100; i++) {
      boxes.append(i == 0 ? "" : ",");
      boxes.append("{'id':%d,'image_id':%d,'category_id':1,'bbox':[0,0,5,5]}".formatted(i, i % 2));
    }
    for (int i = 0; i < 2; i++) {
      TestImages.file(crowded.resolve(i + ".jpg"), TestImages.jpeg(i));
    }
    String json =
        "{'images':[{'id':0,'file_name':'0.jpg'},{'id':1,'file_name':'1.jpg'}],'annotations':[%s],'categories':[{'id':1,'name':'x'}]}"
            .formatted(boxes);
    TestImages.file(
        TestImages.annotations(crowded), json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    Ran.command(arguments(crowded, mixed))
        .refused(2, ".jpg' has 4100 boxes", "at most 4096", "another output.format");
    assertThat(manifest()).doesNotExist();
  }
}
