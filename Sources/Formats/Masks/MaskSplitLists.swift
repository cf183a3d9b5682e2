import COCO
import Files

/// The lists beside masks of the images in a split: tables or texts named like splits, whose rows
/// name images or masks.
struct MaskSplitLists {
  /// The largest file in bytes; larger ones are no lists.
  private static let largest = 16 << 20
  private let lists: [(path: String, split: String)]

  init(_ inputs: [InputTree]) {
    lists = inputs.flatMap { $0.files(endingIn: "csv", "tsv", "txt") }.compactMap { path in
      guard let split = SplitName.word(in: Path.stem(of: path)) else { return nil }
      return (path, split)
    }
  }

  /// Gives images the splits whose lists name them or their masks, if folders name no splits.
  /// Images in no list form the split "unlisted".
  func apply(to pairs: inout MaskPairs, _ notes: inout [String]) {
    guard !lists.isEmpty, pairs.pictures.allSatisfy({ $0.split == nil }) else { return }
    let known = NamedPictures(pairs)
    var splits: [Int: String] = [:]
    var used: [String] = []
    var repeated = 0
    for (path, split) in lists {
      guard let pictures = pictures(in: path, known) else { continue }
      used.append(path)
      for picture in pictures {
        if let other = splits[picture], other != split { repeated += 1 }
        splits[picture] = splits[picture] ?? split
      }
    }
    // A single list says what it has, and not what the others are.
    guard Set(splits.values).count > 1 else { return }
    pairs.setSplits { splits[$0] ?? "unlisted" }
    notes.append("the splits are those of \(used.joined(separator: ", "))")
    let unlisted = pairs.pictures.count - splits.count
    if unlisted > 0 {
      notes.append(
        "\(unlisted == 1 ? "1 image is" : "\(unlisted) images are") in no list; they become the "
          + "split \"unlisted\"")
    }
    if repeated > 0 {
      notes.append(
        "\(repeated == 1 ? "1 image is" : "\(repeated) images are") in several lists; the first counts"
      )
    }
  }

  /// Returns the images that a file lists; nil if most of its rows name none.
  private func pictures(in path: String, _ known: NamedPictures) -> [Int]? {
    guard let status = FileStatus(path), status.size <= Self.largest,
      let bytes = try? InputFile.contents(path)
    else { return nil }
    let isText = Path.ends(path, in: "txt")
    let rows = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    var found: [Int] = []
    var named = 0
    for row in rows {
      let cells = row.split { ",;\t\"".contains($0) }.map(\.trimmed)
      // A name without an ending may as well be a number or a word, but in a plain list.
      let names = cells.filter { ImageFiles.isImage(String($0)) || isText && cells.count == 1 }
      if names.contains(where: known.names) { named += 1 }
      if let picture = names.lazy.compactMap({ known.picture($0) }).first { found.append(picture) }
    }
    return !found.isEmpty && named * 2 >= rows.count ? found : nil
  }
}

/// The images of a set by the names of their files and of their masks.
private struct NamedPictures {
  private var byStem: [String: [(picture: Int?, path: String)]] = [:]

  init(_ pairs: MaskPairs) {
    for (index, picture) in pairs.pictures.enumerated() {
      for path in [picture.path] + picture.masks.map(\.path) { add(path, index) }
    }
    // A list may name pictures that have no mask.
    for path in pairs.unmatched { add(path, nil) }
  }

  private mutating func add(_ path: String, _ picture: Int?) {
    byStem[Path.stem(of: path), default: []].append((picture, path))
  }

  /// Returns whether a name is that of an image or mask.
  func names(_ name: Substring) -> Bool { !candidates(name).isEmpty }

  /// Returns the one image that a name identifies, by as much of its path as necessary.
  func picture(_ name: Substring) -> Int? {
    let found = Set(candidates(name).compactMap(\.picture))
    return found.count == 1 ? found.first : nil
  }

  private func candidates(_ name: Substring) -> [(picture: Int?, path: String)] {
    let written = WrittenPath(name)
    let all = byStem[Path.stem(of: written.text)] ?? []
    if Set(all.map(\.picture)).count < 2 { return all }
    for ending in written.endings {
      let whole = "/" + Path.withoutExtension(ending)
      let fitting = all.filter { ("/" + Path.withoutExtension($0.path)).hasSuffix(whole) }
      if !fitting.isEmpty { return fitting }
    }
    return all
  }
}
