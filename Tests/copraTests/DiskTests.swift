import Foundation
import TestSupport
import Testing

@Suite("Disks that are full")
struct DiskTests {
  /// Whether a small disk can be had for the length of a command.
  static let smallDisk: String? = ["unshare -m", "unshare -rm"].first { command in
    let line = "\(command) mount -t tmpfs -o size=1m none /mnt"
    guard let folder = try? TemporaryFolder() else { return false }
    return (try? Copra.bash(line, in: folder))?.status == 0
  }

  @Test(
    arguments: [
      ("-o out.json", "out.json", "error: out.json: cannot write: file too large\n"),
      ("--to csv -o out.csv", "out.csv", "out.csv: cannot write: file too large\n"),
      (
        "-o out", "out/instances_train.json", "instances_train.json: cannot write: file too large\n"
      ),
    ])
  func `a limit of file size gives a message and leaves the old file`(
    output: String, file: String, message: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: file)
    let line = "ulimit -f 2; \"$COPRA\" convert '\(Samples.folder)/voc' \(output) --force"
    let before = try folder.tree()
    let ending = try Copra.bash(line, in: folder)
    #expect(ending.status == 2)
    #expect(ending.results.isEmpty)
    #expect(ending.messages.hasSuffix(message))
    #expect(try folder.tree().filter { !$0.key.hasPrefix(".run-") } == before)
  }

  @Test(
    .enabled(if: smallDisk != nil, "needs leave to mount"),
    arguments: [("-o disk/out.json", "out.json"), ("--to yolo -o disk/out", "out/data.yaml")])
  func `a full disk gives a message and leaves the old file and nothing else`(
    output: String, file: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(COCOText.manyPictures, to: "in.json")
    try folder.makeFolder("disk")
    let line = """
      mount -t tmpfs -o size=128k none disk && mkdir -p disk/out && echo old > disk/\(file)
      "$COPRA" convert in.json \(output) --force; echo $?; cat disk/\(file); find disk -name '.*.part'
      """
    try folder.write(line, to: "line.sh")
    let ending = try Copra.bash("\(Self.smallDisk ?? "") bash line.sh", in: folder)
    #expect(ending.results == "2\nold\n")
    #expect(ending.messages.contains("no space left on device"))
  }

  @Test(
    .enabled(if: smallDisk != nil, "needs leave to mount"),
    arguments: ["--fix --in-place", "--fix -o disk/out.json", "--cache disk/cache"])
  func `a disk that is full of the input leaves it as it was, whatever validate has to write`(
    output: String
  ) throws {
    let folder = try TemporaryFolder()
    let boxes = (0..<500).map { "\($0 % 40 + 9),\($0 / 20 + 1),\($0 % 10 == 0 ? -3 : 3),4" }
    try folder.write(COCOText.dataset(boxes: boxes, picture: "p.png"), to: "in.json")
    try folder.write(PictureFile.colour(1), to: "p.png")
    try folder.makeFolder("disk")
    let line = """
      mount -t tmpfs -o size=128k none disk && cp in.json disk
      head -c 128k /dev/zero > disk/rest 2> /dev/null
      "$COPRA" validate disk/in.json --images . --select inverted-box \(output) > /dev/null
      echo $?; ls -A disk; cmp in.json disk/in.json
      """
    try folder.write(line, to: "line.sh")
    let ending = try Copra.bash("\(Self.smallDisk ?? "") bash line.sh", in: folder)
    #expect(ending.results == "2\nin.json\nrest\n")
    #expect(ending.messages.hasSuffix("cannot write: no space left on device\n"))
  }

  @Test(
    arguments: ["stats", "convert -o out.json", "--help", "--version"])
  func `results that cannot be printed end with 2`(arguments: String) throws {
    let input = arguments.hasPrefix("-") ? "" : "'\(Samples.folder)/expected.json'"
    let ending = try Copra.bash(
      "\"$COPRA\" \(arguments) \(input) > /dev/full", in: TemporaryFolder())
    #expect(ending.status == 2)
    #expect(
      ending.messages.hasSuffix("error: standard output: cannot write: no space left on device\n"))
  }
}
