import COCO
import Files

/// The names that pictures and splits have in a layout.
///
/// Many readers look for pictures in one folder alone, so that names lose their folders.
struct LayoutNames {
  /// The datasets with their names in the layout.
  private(set) var datasets: [Dataset]
  /// How many pictures got the names of their folders before their own, since another has theirs.
  private(set) var joined = 0

  /// - Parameters:
  ///   - movesPictures: whether the pictures come to the layout, and may have other names there.
  ///   - hasPlainSplits: whether readers know train, val and test by no other names.
  init(_ datasets: [Dataset], movesPictures: Bool, hasPlainSplits: Bool) {
    self.datasets = datasets
    for place in datasets.indices {
      if movesPictures { flatten(place) }
      if hasPlainSplits { renameSplit(place) }
    }
  }

  private mutating func flatten(_ place: Int) {
    let names = datasets[place].images.map(\.fileName)
    guard names.contains(where: { $0.contains("/") || $0.contains("\\") }) else { return }
    let parts = names.map {
      WrittenPath($0).text.split(separator: "/").filter { $0 != "." && $0 != ".." }
    }
    // Labels are called as their pictures without the ending, and some systems ignore case.
    let stems = parts.map { Path.withoutExtension(String($0.last ?? "")).lowercased() }
    let first = Dictionary(zip(stems, names)) { first, _ in first }
    let counts = Dictionary(grouping: Set(names)) { name in
      Path.withoutExtension(Path.name(of: WrittenPath(name).text)).lowercased()
    }.mapValues(\.count)
    for (index, name) in names.enumerated() where !name.isEmpty {
      let isAlone = counts[stems[index]] ?? 0 < 2 || first[stems[index]] == name
      datasets[place].images[index].fileName =
        isAlone ? String(parts[index].last ?? "") : parts[index].joined(separator: "_")
      if !isAlone { joined += 1 }
    }
  }

  /// Gives a split called as `train2017` its plain name, unless another has it.
  private mutating func renameSplit(_ place: Int) {
    guard let split = datasets[place].split, let word = SplitName.word(in: split) else { return }
    let plain = String(word.prefix { $0.isLetter })
    if !datasets.contains(where: { $0.split == plain }) { datasets[place].split = plain }
  }
}
