import Foundation
import TestSupport
import Testing

@Suite("Help")
struct HelpTests {
  static let inputOptions = [
    "--from", "--images", "--exif", "--categories", "--category-map", "--drop-unused-categories",
    "--voc-pixels", "--difficult", "--csv-units", "--csv-columns", "--masks", "--threads",
    "--output", "--force",
    "--help", "-o,", "-h,",
  ]
  static let verbs: [(name: String, options: [String])] = [
    ("convert", inputOptions + ["--to", "--yolo-rows", "--on-error", "--no-verify"]),
    ("stats", inputOptions + ["--format"]),
    (
      "validate",
      inputOptions + [
        "--select", "--ignore", "--for", "--baseline", "--write-baseline", "--max-warnings",
        "--no-image-checks", "--cache", "--format", "--all", "--fix", "--unsafe-fixes", "--diff",
        "--in-place",
      ]
    ),
    (
      "report",
      inputOptions + [
        "--select", "--ignore", "--for", "--baseline", "--max-warnings", "--no-image-checks",
        "--cache", "--predictions", "--training", "--check",
      ]
    ),
    (
      "draw",
      inputOptions + [
        "--format", "--sheet", "--findings", "--compare", "--iou", "--score", "--max-side",
        "--limit", "--only", "--no-labels", "--no-image-checks", "--cache",
      ]
    ),
    (
      "evaluate",
      [
        "--iou-type", "--iou-thresholds", "--areas", "--max-detections", "--keypoint-sigmas",
        "--lvis", "--format", "--per-category", "--errors", "--confusion", "--confusion-score",
        "--calibration", "--curves", "--arrays", "--output", "--force", "--threads", "--help",
      ]
    ),
  ]

  private func help(_ arguments: String...) throws -> String {
    let ending = try Copra.run(arguments, in: TemporaryFolder())
    #expect(ending.status == 0)
    #expect(ending.messages.isEmpty)
    return ending.results
  }

  @Test(arguments: verbs)
  func `the help of every verb names every option`(verb: (name: String, options: [String])) throws {
    let help = try help(verb.name, "--help")
    for option in verb.options {
      #expect(help.contains("  \(option)") || help.contains(", \(option)"))
    }
  }

  @Test(arguments: verbs.map(\.name))
  func `the help of every verb shows examples`(verb: String) throws {
    let examples = try help(verb, "--help").split(separator: "\n").filter {
      $0.drop { $0 == " " }.hasPrefix("copra \(verb) ")
    }
    #expect(examples.count >= 2)
  }

  @Test(
    arguments: [[], ["convert"], ["stats"], ["report"], ["draw"], ["evaluate"]])
  func `every help fits into 100 columns`(verb: [String]) throws {
    let ending = try Copra.run(verb + ["--help"], in: TemporaryFolder())
    let widest = ending.results.split(separator: "\n").map(\.count).max() ?? 0
    #expect((20...100).contains(widest))
  }

  @Test(arguments: verbs.map(\.name))
  func `every option of every verb says what it does`(verb: String) throws {
    let dump = try help(verb, "--experimental-dump-help")
    let json = try JSONSerialization.jsonObject(with: Data(dump.utf8)) as? [String: Any]
    let command = try #require(json?["command"] as? [String: Any])
    let options = try #require(command["arguments"] as? [[String: Any]])
    #expect(options.count > 10)
    for option in options {
      #expect((option["abstract"] as? String ?? "").count > 10, "\(option["valueName"] ?? "")")
    }
  }

  @Test
  func `help and no arguments at all say the same, and copra help VERB what VERB --help says`()
    throws
  {
    let bare = try Copra.run([], in: TemporaryFolder())
    #expect(bare.status == 0)
    #expect(bare.results == (try help("--help")))
    #expect(try help("help", "stats") == help("stats", "--help"))
  }

  @Test func `the help of copra itself is short`() throws {
    let expected = """
      OVERVIEW: Turn detection annotations into COCO that every consumer loads.

      Reads Pascal VOC, YOLO, CSV, instance masks and COCO, and reports the place and
      the reason for every record that cannot be converted. Evaluates detectors with
      COCO's metrics.

      EXAMPLES
        copra convert VOCdevkit/VOC2012 -o coco
        copra convert data.yaml -o instances.json
        copra validate instances.json
        copra stats instances.json
        copra report instances.json -o report.html
        copra evaluate instances.json results.json
        copra draw instances.json -o drawn
        copra view instances.json
        copra classify resnet50 cat.jpg --weights resnet50-11ad3fa6.pth

      USAGE: copra <subcommand>

      """
    #expect(try help("--help").hasPrefix(expected))
  }

  @Test func `the version is one line`() throws {
    let version = try help("--version")
    #expect(version.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions are produced for every shell`(shell: String) throws {
    let script = try help("--generate-completion-script", shell)
    for word in ["convert", "stats", "on-error", "quarantine", "voc-pixels", "masks"] {
      #expect(script.contains(word))
    }
  }

  @Test func `bash takes the completions and completes with them`() throws {
    let line = """
      source <("$COPRA" --generate-completion-script bash)
      COMP_WORDS=(copra con); COMP_CWORD=1; COMP_LINE='copra con'; COMP_POINT=9
      $(complete -p copra | grep -o -- '-F [^ ]*' | cut -c4-) copra con copra
      echo "${COMPREPLY[@]}"
      """
    let ending = try Copra.bash(line, in: TemporaryFolder())
    #expect(ending.results == "convert\n")
  }
}
