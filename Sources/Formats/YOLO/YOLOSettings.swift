import COCO

/// `data.yaml`: where the pictures of each split are, and the names of the classes.
struct YOLOSettings {
  /// The splits' folders below `images`.
  let splits: [String]
  /// By number.
  let names: [String]
  let keypoints: YOLOKeypointShape?

  func text(losses: inout Losses) -> [UInt8] {
    var output = TextOutput()
    for (key, folder) in keys(losses: &losses) {
      output.append(yaml: key)
      output.raw(": ")
      output.append(yaml: "images/\(folder)")
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

  /// The splits under the words that Ultralytics looks for, in its order, then the others under
  /// their own names.
  private func keys(losses: inout Losses) -> [(key: String, folder: String)] {
    var rest: [String] = []
    for split in splits where !rest.contains(split) { rest.append(split) }
    var keys: [(String, String)] = []
    for (key, synonyms) in [
      ("train", ["train"]), ("val", ["val", "valid", "validation"]), ("test", ["test"]),
    ] {
      guard let folder = synonyms.first(where: rest.contains) else { continue }
      keys.append((key, folder))
      rest.removeAll { $0 == folder }
    }
    let taken = ["path", "names", "nc", "kpt_shape", "train", "val", "test"]
    for split in rest {
      losses.add(.unknownSplits)
      if !taken.contains(split) { keys.append((split, split)) }
    }
    return keys
  }
}
