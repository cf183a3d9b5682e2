import COCO

/// The `data.yaml` with the places of each split's images, and the names of the classes.
///
/// Ultralytics stops without `train` or `val`, so both are always present: a part that has no
/// images of its own names those of another, marked by a comment above it.
struct YOLOSettings {
  /// A part and the folders of its images.
  private struct Part {
    var key: String
    /// The folders below `images`.
    var folders: [String]
    /// The part whose images these are; nil for its own.
    var original: String?
  }

  /// The names by number.
  private let names: [String]
  private let keypoints: YOLOKeypointShape?
  private var parts: [Part] = []

  /// Creates the settings of a set with these splits' folders below `images`.
  init(
    splits: [String], names: [String], keypoints: YOLOKeypointShape?, losses: inout LossCounts
  ) {
    self.names = names
    self.keypoints = keypoints
    var rest: [String] = []
    for split in splits where !rest.contains(split) { rest.append(split) }
    for key in ["train", "val", "test"] { take(key, from: &rest) { SplitName.part($0) == key } }
    for key in ["train", "val", "test"] where !has(key) {
      take(key, from: &rest) { SplitName.word(in: $0).flatMap(SplitName.part) == key }
    }
    if !splits.isEmpty { complete(&rest, &losses) }
    for split in rest {
      losses.add(.unknownSplits)
      parts.append(Part(key: Self.taken.contains(split) ? split + "_" : split, folders: [split]))
    }
  }

  /// The keys that mean something other than a split.
  private static let taken: Set<String> = [
    "path", "names", "nc", "kpt_shape", "kpt_names", "flip_idx", "download", "channels",
    "masks_dir", "yaml_file", "validation",
  ]

  private func has(_ key: String) -> Bool { parts.contains { $0.key == key } }

  /// Moves the folders that are of a part from the rest to it.
  private mutating func take(
    _ key: String, from rest: inout [String], where isIts: (String) -> Bool
  ) {
    let folders = rest.filter(isIts)
    if !folders.isEmpty { parts.append(Part(key: key, folders: folders)) }
    rest.removeAll(where: isIts)
  }

  /// Gives `train` and `val` images if they have none: `train` those that no other part claims.
  private mutating func complete(_ rest: inout [String], _ losses: inout LossCounts) {
    if !has("train"), !rest.isEmpty {
      parts.append(Part(key: "train", folders: rest))
      losses.add(.unknownSplits, rest.count)
      rest = []
    }
    for (key, others) in [("train", ["val", "test"]), ("val", ["train"])] where !has(key) {
      guard let other = parts.first(where: { others.contains($0.key) }) else { continue }
      let original = other.original ?? other.key
      parts.append(Part(key: key, folders: other.folders, original: original))
    }
    let order = ["train", "val", "test"]
    parts.sort { left, right in
      (order.firstIndex(of: left.key) ?? 3) < (order.firstIndex(of: right.key) ?? 3)
    }
  }

  /// The notes on parts without images of their own, one on each line.
  var notes: [String] {
    parts.compactMap { part in
      part.original.map { original in
        "data.yaml names the images of \(original) as \(part.key), because there is no "
          + "\(part.key) part" + (part.key == "val" ? "; --val 0.1 makes one" : "")
      }
    }
  }

  var text: [UInt8] {
    var output = TextOutput()
    for part in parts {
      if let original = part.original {
        output.append(verbatim: YOLOStandIn.comment(part.key, original))
        output.raw("\n")
      }
      output.append(yaml: part.key)
      output.raw(": ")
      append(part.folders, to: &output)
      output.raw("\n")
    }
    if let keypoints {
      output.raw("\nkpt_shape: [")
      output.append(keypoints.count)
      output.raw(", 3]\n")
    }
    output.raw(names.isEmpty ? "\nnames: []\n" : "\nnames:\n")
    for (number, name) in names.enumerated() {
      output.raw("  ")
      output.append(number)
      output.raw(": ")
      output.append(yaml: name)
      output.raw("\n")
    }
    return output.bytes
  }

  private func append(_ folders: [String], to output: inout TextOutput) {
    if folders.count > 1 { output.raw("[") }
    for (index, folder) in folders.enumerated() {
      if index > 0 { output.raw(", ") }
      output.append(yaml: "images/\(folder)")
    }
    if folders.count > 1 { output.raw("]") }
  }
}
