import ArgumentParser
import TestSupport
import Testing

@testable import Console
@testable import copra_engine

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

  private static func help(of verb: String) throws -> String {
    let command = try #require(
      CopraEngine.configuration.subcommands.first { $0._commandName == verb })
    return CopraEngine.helpMessage(for: command, columns: 80)
  }

  @Test(arguments: verbs)
  func `the help of every verb names its options and shows examples`(
    name: String, options: [String]
  ) throws {
    let help = try Self.help(of: name)
    for option in options { #expect(help.contains(option)) }
    #expect(help.contains("USAGE: copra \(name)"))
    let examples = help.split(separator: "\n").filter {
      $0.drop { $0 == " " }.hasPrefix("copra \(name)")
    }
    #expect(examples.count >= 2)
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func `every option of the input that may stand in copra.yaml is a flag of train`() throws {
    let flags = try Self.help(of: "train").split { $0.isWhitespace }.map(String.init)
    for option in ConfigurableOption.input { #expect(flags.contains("--\(option.name)")) }
  }

  @Test(
    arguments: ["help forward", "forward --help"])
  func `copra help VERB and copra VERB --help say it`(line: String) throws {
    let ending = try Engine.run(line, in: TemporaryFolder())
    #expect(ending.status == 0 && ending.messages.isEmpty)
    #expect(try ending.results == Self.help(of: "forward") + "\n")
  }

  @Test func `copra's own help lists the engine's verbs`() throws {
    let help = try Engine.run("--help", in: TemporaryFolder()).results
    for verb in Self.verbs { #expect(help.contains("  \(verb.name) ")) }
  }

  @Test func `help says how the loss of --train is made`() throws {
    #expect(try Self.help(of: "forward").contains("linspace(-1, 1, numel(output))"))
  }

  @Test func `without the engine beside it copra says how to build it and ends with 2`() throws {
    let folder = try TemporaryFolder()
    // By another process: a program that is open for writing anywhere cannot be started.
    _ = try Child("/bin/cp", [Engine.path, "copra"], in: folder).wait()
    let ending = try Child(folder.path("copra"), ["models"], in: folder).wait()
    #expect(ending.status == 2)
    #expect(ending.messages.hasPrefix("error: copra models runs "))
    #expect(ending.messages.contains("copra-engine: no such file or directory; make engine"))
  }
}
