import ArgumentParser
import Console

/// What of a detector's configuration is chosen on the command line.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: .customLong("score-thresh"),
    help: ArgumentHelp(
      "The score that a detection must exceed: box_score_thresh or score_thresh.",
      valueName: "score"))
  var scoreThreshold: Double?

  @Option(
    name: .customLong("nms-thresh"),
    help: ArgumentHelp(
      "The overlap above which the less certain of two boxes of a class is removed: "
        + "box_nms_thresh or nms_thresh.", valueName: "IoU"))
  var nmsThreshold: Double?

  @Option(
    name: .customLong("detections-per-img"),
    help: ArgumentHelp(
      "The maximum number of detections per image; the most certain ones are kept.",
      valueName: "number"))
  var detectionsPerImage: Int?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Any other option by its key in a model.yaml, as rpn_post_nms_top_n_test=500 or "
        + "anchors.sizes=[[32, 64]].", valueName: "key=value"))
  var settings: [ConfigurationSetting] = []

  /// Whether the size of pictures is among them.
  var setsInputSize: Bool {
    settings.contains { $0.keys == [["min_size"]] || $0.keys == [["max_size"]] }
  }

  /// All of them; the later go before the earlier.
  var all: [ConfigurationSetting] {
    let named: [(key: String, value: String?)] = [
      ("score_thresh", scoreThreshold.map { "\($0)" }),
      ("nms_thresh", nmsThreshold.map { "\($0)" }),
      ("detections_per_img", detectionsPerImage.map { "\($0)" }),
    ]
    return settings
      + named.compactMap { key, value in
        value.map { ConfigurationSetting(shared: key, value: $0) }
      }
  }
}

extension ConfigurationSetting: ExpressibleByArgument {
  /// Reads `KEY=VALUE`, where the key may lead to a part: `anchors.sizes`.
  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let keys = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let value = parts[1].filter { !$0.isWhitespace }
    guard keys.allSatisfy({ !$0.isEmpty }), !value.isEmpty else { return nil }
    self.init(option: "--set \(parts[0])", keys: [keys], value: parts[1])
  }
}
