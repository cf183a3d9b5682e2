import ProgramTesting
import Testing

@testable import Console

@Suite("Help of the engine's verbs")
struct HelpTests {
  static let verbs: [(name: String, options: [String])] = [
    (
      "train",
      [
        "--from", "--images", "--exif", "--categories", "--category-map",
        "--drop-unused-categories", "--voc-pixels", "--difficult", "--csv-units", "--csv-columns",
        "--masks", "--val", "--smoke", "--smoke-images", "--budget", "--model",
        "--config", "--weights", "--min-size", "--max-size", "--seed", "--threads", "--precision",
        "--device", "--accumulate", "--optimizer", "--momentum", "--weight-decay", "--schedule",
        "--milestones", "--augmentation",
        "--epochs", "--steps", "--batch-size", "--learning-rate", "--patience", "--save",
        "--resume", "--log", "--plot", "--force",
      ]
    ),
    (
      "predict",
      [
        "--weights", "--output", "--annotations", "--draw", "--draw-score", "--min-size",
        "--max-size", "--threads", "--force", "--config", "--device", "--precision",
        "--score-thresh", "--nms-thresh", "--detections-per-img", "--set",
      ]
    ),
    ("models", ["--format"]),
    (
      "forward",
      [
        "--weights", "--input", "--output", "--train", "--gradients", "--dropout", "--classes",
        "--min-size", "--max-size", "--seed", "--threads", "--precision", "--device", "--force",
        "--config", "--score-thresh", "--nms-thresh", "--detections-per-img", "--set",
      ]
    ),
    (
      "ops",
      [
        "--output", "--iou-threshold", "--output-size", "--spatial-scale", "--sampling-ratio",
        "--aligned", "--gradients", "--threads", "--device", "--force",
      ]
    ),
    ("classify", ["--weights", "--classes", "--top", "--format", "--threads", "--device"]),
  ]

  @Test("the help of every verb names its options and shows examples", arguments: verbs)
  func help(verb: (name: String, options: [String])) throws {
    let ending = try Engine.run("\(verb.name) --help", in: Workspace())
    #expect(ending.status == 0)
    #expect(ending.messages.isEmpty)
    for option in verb.options { #expect(ending.results.contains(option)) }
    #expect(ending.results.contains("USAGE: copra \(verb.name)"))
    let examples = ending.results.split(separator: "\n").filter {
      $0.drop { $0 == " " }.hasPrefix("copra \(verb.name)")
    }
    #expect(examples.count >= 2)
    #expect(ending.results.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("every option of the input that may stand in copra.yaml is a flag of train")
  func configurable() throws {
    let help = try Engine.run("train --help", in: Workspace()).results
    let flags = help.split { $0.isWhitespace }.map(String.init)
    for option in ConfigurableOption.input { #expect(flags.contains("--\(option.name)")) }
  }

  @Test("copra help VERB says what copra VERB --help says")
  func helpVerb() throws {
    let folder = try Workspace()
    let long = try Engine.run("help forward", in: folder)
    #expect(try long.results == Engine.run("forward --help", in: folder).results)
  }

  @Test("copra's own help lists the engine's verbs")
  func overview() throws {
    let help = try Engine.run("--help", in: Workspace()).results
    for verb in Self.verbs { #expect(help.contains("  \(verb.name) ")) }
  }

  @Test("help says how the loss of --train is made")
  func loss() throws {
    let help = try Engine.run("forward --help", in: Workspace()).results
    #expect(help.contains("linspace(-1, 1, numel(output))"))
  }

  @Test("without the engine beside it copra says how to build it and ends with 2")
  func absent() throws {
    let folder = try Workspace()
    // By another process: a program that is open for writing anywhere cannot be started.
    _ = try Child("/bin/cp", [Engine.path, "copra"], in: folder).wait()
    let ending = try Child(folder.path("copra"), ["models"], in: folder).wait()
    #expect(ending.status == 2)
    #expect(ending.messages.hasPrefix("error: copra models runs "))
    #expect(ending.messages.contains("copra-engine: no such file or directory; make engine"))
  }
}
