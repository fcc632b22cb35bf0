package io.emulsion.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emulsion.codec.BadImageException.Reason;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderTest {
  private static ImageHeader check(byte[] bytes) throws BadImageException {
    return ImageHeader.check(bytes, ImageHeader.DEFAULT_MAX_PIXELS);
  }

  private static void assertBad(byte[] bytes, Reason reason, String message) {
    BadImageException bad = catchThrowableOfType(BadImageException.class, () -> check(bytes));
    assertThat(bad).hasMessage(message);
    assertThat(bad.reason()).isEqualTo(reason);
  }

  @Test
  void readsTheSizeOfAJpeg() throws BadImageException {
    byte[] jpeg = new JpegBytes().segment(0xE0, new byte[14]).baseline(375, 500).scan().end();
    assertThat(check(jpeg)).isEqualTo(new ImageHeader(ImageFormat.JPEG, 375, 500, 1));
  }

  @Test
  void readsTheSizeOfAPng() throws BadImageException {
    byte[] png = new PngBytes().header(375, 500).chunk("IDAT", (byte) 1).chunk("IEND").toBytes();
    assertThat(check(png)).isEqualTo(new ImageHeader(ImageFormat.PNG, 375, 500, 1));
  }

  @Test
  void refusesWhatIsNeitherJpegNorPng() {
    assertBad(new byte[0], Reason.EMPTY, "Holds no bytes");
    for (String text : new String[] {"x", "<html>", "GIF89a", "\u0089PNG\r\n", "\u00FF\u00D8"}) {
      assertBad(
          text.getBytes(StandardCharsets.ISO_8859_1),
          Reason.UNSUPPORTED_FORMAT,
          "Neither JPEG nor PNG by its content");
    }
  }

  @Test
  void refusesMoreThan64Mebibytes() {
    assertBad(
        new byte[(64 << 20) + 1],
        Reason.TOO_LARGE,
        "More than 67108864 bytes, the most that are read");
  }

  @Test
  void limitsPixelsAndSides() throws BadImageException {
    byte[] jpeg = new JpegBytes().baseline(10, 20).scan().end();
    assertThat(ImageHeader.check(jpeg, 200).width()).isEqualTo(20);
    assertThat(catchThrowableOfType(BadImageException.class, () -> ImageHeader.check(jpeg, 199)))
        .hasMessage("10 x 20 pixels; image.max-pixels allows 199");
    assertBad(
        new JpegBytes().baseline(1, 65_501).scan().end(),
        Reason.TOO_LARGE,
        "1 x 65501 pixels; a side may have at most 65500");
    assertBad(
        new PngBytes().header(-1, -1).chunk("IDAT").chunk("IEND").toBytes(),
        Reason.TOO_LARGE,
        "4294967295 x 4294967295 pixels; a side may have at most 65500");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC3, 0xC5, 0xC6, 0xC7, 0xC8, 0xCB, 0xCD, 0xCE, 0xCF})
  void refusesJpegsOfOtherProcesses(int marker) {
    assertBad(
        new JpegBytes().frame(marker, 8, 9, 9, 3).scan().end(),
        Reason.UNSUPPORTED_FORMAT,
        "JPEG that is not read: coding process SOF" + (marker - 0xC0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA})
  void readsBaselineExtendedProgressiveAndArithmeticJpegs(int marker) throws BadImageException {
    assertThat(check(new JpegBytes().frame(marker, 8, 9, 8, 1).scan().end()).height()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({
    "12, 9, 3, 12 bits a sample",
    "8, 0, 3, height defined behind the first scan",
    "8, 9, 2, 2 components"
  })
  void refusesJpegsThatDecodersRarelyRead(int bits, int height, int components, String what) {
    assertBad(
        new JpegBytes().frame(0xC1, bits, height, 9, components).scan().end(),
        Reason.UNSUPPORTED_FORMAT,
        "JPEG that is not read: " + what);
  }

  @Test
  void refusesAJpegWithoutItsEndMarker() {
    byte[] jpeg = new JpegBytes().baseline(9, 9).scan().withoutEnd();
    assertBad(
        jpeg,
        Reason.TRUNCATED,
        "JPEG ends early, at byte " + jpeg.length + ", without an end marker");
  }

  @Test
  void doesNotTakeTheEndOfAThumbnailForTheEnd() {
    byte[] thumbnail = new JpegBytes().baseline(1, 1).scan().end();
    byte[] jpeg = new JpegBytes().segment(0xE1, thumbnail).withoutEnd();
    assertBad(jpeg, Reason.TRUNCATED, "JPEG ends early, at byte 56, without an end marker");
  }

  @Test
  void doesNotTakeASecondPictureForTheEndOfACutOne() {
    byte[] second = new JpegBytes().baseline(1, 1).scan().end();
    JpegBytes cut = new JpegBytes().baseline(9, 9).scan();
    for (byte value : second) {
      cut.raw(value);
    }
    assertBad(cut.withoutEnd(), Reason.CORRUPT, "Begins again at byte 50");
  }

  @Test
  void acceptsJunkBetweenSegmentsAndBehindTheEnd() throws BadImageException {
    byte[] jpeg =
        new JpegBytes()
            .segment(0xFE, (byte) 1)
            .raw(7, 0xFF, 0, 9, 0xFF, 0xFF)
            .baseline(9, 8)
            .scan()
            .raw(0xFF, 0xD9, 0xFF, 0xD8, 0xFF, 1)
            .withoutEnd();
    assertThat(check(jpeg).width()).isEqualTo(8);
  }

  @Test
  void refusesDamagedJpegSegments() {
    assertBad(
        new JpegBytes().raw(0xFF, 0xE0, 0, 1).end(), Reason.CORRUPT, "Segment length 1 at byte 4");
    assertBad(
        new JpegBytes().segment(0xC0, new byte[5]).end(),
        Reason.CORRUPT,
        "Frame header of 7 bytes at byte 11");
    assertBad(
        new JpegBytes().baseline(9, 9).baseline(9, 9).scan().end(),
        Reason.CORRUPT,
        "Second frame at byte 23");
    assertBad(new JpegBytes().scan().end(), Reason.CORRUPT, "Scan without a frame at byte 4");
    assertBad(
        new JpegBytes().baseline(9, 9).end(), Reason.CORRUPT, "Ends without a scan at byte 23");
    assertBad(new JpegBytes().baseline(9, 0).scan().end(), Reason.CORRUPT, "Claims 9 x 0 pixels");
  }

  @Test
  void refusesMoreThanAHundredScans() throws BadImageException {
    JpegBytes jpeg = new JpegBytes().frame(0xC2, 8, 9, 9, 3);
    for (int i = 0; i < 100; i++) {
      jpeg.scan();
    }
    assertThat(check(jpeg.end()).height()).isEqualTo(9);
    JpegBytes bomb = new JpegBytes().frame(0xC2, 8, 9, 9, 3);
    for (int i = 0; i < 101; i++) {
      bomb.scan();
    }
    assertBad(bomb.end(), Reason.TOO_COMPLEX, "More than 100 scans, by byte 2735");
  }

  @Test
  void refusesDamagedPngs() {
    byte[] whole = new PngBytes().header(9, 9).chunk("IDAT", (byte) 1).chunk("IEND").toBytes();
    byte[] flipped = whole.clone();
    flipped[41] ^= 1;
    assertBad(flipped, Reason.CORRUPT, "Wrong CRC of chunk IDAT at byte 33");
    assertBad(
        new PngBytes().header(9, 9).chunk("IEND").toBytes(),
        Reason.CORRUPT,
        "No IDAT chunk before IEND at byte 33");
    assertBad(
        new PngBytes().chunk("IDAT", (byte) 1).chunk("IEND").toBytes(),
        Reason.CORRUPT,
        "No IHDR chunk of 13 bytes at byte 8");
    assertBad(
        new PngBytes().header(9, 9).chunk("IDAT", -1, new byte[0], 0).toBytes(),
        Reason.CORRUPT,
        "Chunk length 4294967295 at byte 33");
    assertBad(
        new PngBytes().header(9, 9).chunk("IDAT", Integer.MAX_VALUE, new byte[0], 0).toBytes(),
        Reason.TRUNCATED,
        "PNG ends early, at byte 45, without an IEND chunk");
    for (int cut = 8; cut < whole.length; cut++) {
      assertBad(
          Arrays.copyOf(whole, cut),
          Reason.TRUNCATED,
          "PNG ends early, at byte " + cut + ", without an IEND chunk");
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,3", "4,4", "5,5", "6,6", "7,7", "8,8", "0,1", "9,1", "-6,1"})
  void readsTheOrientationInBothByteOrders(int written, int read) throws BadImageException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      JpegBytes jpeg = new JpegBytes().exif(order, written).baseline(9, 8).scan();
      ImageHeader header = check(jpeg.end());
      assertThat(header.orientation()).isEqualTo(read);
      assertThat(header.uprightHeight()).isEqualTo(read >= 5 ? 8 : 9);
      assertThat(header.uprightWidth()).isEqualTo(read >= 5 ? 9 : 8);
    }
  }

  @Test
  void takesDamagedExifForNone() throws BadImageException {
    byte[] whole = new JpegBytes().exif(ByteOrder.BIG_ENDIAN, 6).withoutEnd();
    byte[] exif = Arrays.copyOfRange(whole, 6, whole.length);
    for (int length = 0; length < exif.length - 4; length++) {
      byte[] cut = Arrays.copyOf(exif, length);
      byte[] jpeg = new JpegBytes().segment(0xE1, cut).baseline(9, 8).scan().end();
      assertThat(check(jpeg).orientation()).as("%s bytes", length).isLessThanOrEqualTo(1);
    }
    for (int at : new int[] {6, 8, 9, 10, 13, 17, 19, 23}) {
      byte[] damaged = exif.clone();
      damaged[at] ^= 0x40;
      byte[] jpeg = new JpegBytes().segment(0xE1, damaged).baseline(9, 8).scan().end();
      assertThat(check(jpeg).orientation()).as("byte %s", at).isEqualTo(1);
    }
  }
}
