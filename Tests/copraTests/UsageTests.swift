import TestSupport
import Testing

@Suite("Usage")
struct UsageTests {
  /// A wrong command line, and what is said of it.
  struct Mistake: Sendable, CustomTestStringConvertible {
    var line: String
    var words: [String]
    var testDescription: String { "copra \(line)" }

    init(_ line: String, _ words: String...) {
      self.line = line
      self.words = words
    }
  }

  static let mistakes = [
    Mistake("frobnicate", "frobnicate", "copra --help"),
    Mistake("convert", "<input>", "copra convert --help"),
    Mistake("convert in.json", "--output <path>"),
    Mistake("convert in.json -o", "-o"),
    Mistake("convert in.json -o out.json --frob", "--frob"),
    Mistake("convert in.json -o out.json --from tfrecord", "tfrecord", "auto", "coco", "voc"),
    Mistake("convert in.json -o out.json --to tfrecord", "tfrecord", "coco", "yolo", "csv"),
    Mistake("convert in.json -o out.json --exif sideways", "upright", "stored", "error"),
    Mistake("convert in.json -o out.json --on-error panic", "quarantine", "stop", "fix"),
    Mistake("convert in.json -o out.json --voc-pixels two-based", "as-written", "one-based"),
    Mistake("convert in.json -o out.json --difficult maybe", "keep", "crowd", "drop"),
    Mistake("convert in.json -o out.json --csv-units feet", "auto", "pixels", "normalised"),
    Mistake("convert in.json -o out.json --csv-columns image", "image=path,class=kind"),
    Mistake("convert in.json -o out.json --yolo-rows circle", "box", "polygon"),
    Mistake(
      "convert in.json -o out.json --threads 0", "--threads takes a number of 1 or more, found 0"),
    Mistake("convert in.json -o out.json --threads -3", "--threads"),
    Mistake("convert in.json -o out.json --threads many", "many", "<number>"),
    Mistake(
      "convert in.json -o out.csv --to coco", "--to coco writes a .json file or a folder", "out.csv"
    ),
    Mistake("convert in.json -o out.json --to yolo", "--to yolo writes a folder", "out.json"),
    Mistake("stats", "<input>"),
    Mistake("stats in.json --format pdf", "text", "json", "html"),
    Mistake("--generate-completion-script tcsh", "zsh bash fish"),
  ]

  @Test(arguments: mistakes)
  func `a wrong command line ends with 2 and says what is right`(mistake: Mistake) throws {
    let folder = try TemporaryFolder()
    try folder.write(COCOText.dataset(boxes: ["1,1,5,5"]), to: "in.json")
    let ending = try Copra.run(mistake.line.split(separator: " ").map(String.init), in: folder)
    #expect(ending.status == 2)
    #expect(ending.results.isEmpty)
    #expect(ending.messages.hasPrefix("error: "))
    for words in mistake.words { #expect(ending.messages.contains(words)) }
    #expect(try folder.names() == ["in.json"])
  }

  @Test(arguments: [["", "-o", "out.json"], ["in.json", "-o", ""]])
  func `an empty path is refused`(arguments: [String]) throws {
    let ending = try Copra.run(["convert"] + arguments, in: TemporaryFolder())
    #expect(ending.status == 2)
    #expect(ending.messages.contains("empty"))
  }
}
