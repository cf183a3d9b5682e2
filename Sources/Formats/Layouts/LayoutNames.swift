import COCO
import Files

/// The names of images and splits in a layout.
///
/// Many readers look for images in one folder only, so names lose their folders.
struct LayoutNames {
  /// The datasets with their names in the layout.
  private(set) var datasets: [Dataset]
  /// The number of images whose folders' names were added to their own, since another has the same.
  private(set) var joined = 0

  /// Determines the names.
  ///
  /// - Parameter movesPictures: Whether the images are transferred to the layout, and may get other
  ///   names there.
  init(_ datasets: [Dataset], movesPictures: Bool) {
    self.datasets = datasets
    for place in datasets.indices {
      if movesPictures { flatten(place) }
      renameSplit(place)
    }
  }

  private mutating func flatten(_ place: Int) {
    let names = datasets[place].images.map(\.fileName)
    guard names.contains(where: { $0.contains("/") || $0.contains("\\") }) else { return }
    // Labels are called as their pictures without the ending, and some systems ignore case.
    var taken: Set<String> = []
    var given: [String: String] = [:]
    for (index, name) in names.enumerated() where !name.isEmpty {
      let parts = WrittenPath(name).text.split(separator: "/").filter { $0 != "." && $0 != ".." }
      guard let own = parts.last.map(String.init) else { continue }
      let free = given[name] ?? free(own, parts.joined(separator: "_"), &taken)
      if given.updateValue(free, forKey: name) == nil, free != own { joined += 1 }
      datasets[place].images[index].fileName = free
    }
  }

  /// Returns the first of the names, or else the second with a number, whose stem no other image
  /// has.
  private func free(_ own: String, _ joined: String, _ taken: inout Set<String>) -> String {
    func take(_ name: String) -> Bool {
      taken.insert(Path.withoutExtension(name).lowercased()).inserted
    }
    if let name = [own, joined].first(where: take) { return name }
    let stem = Path.withoutExtension(joined)
    var number = 2
    while true {
      let name = "\(stem)_\(number)\(joined.dropFirst(stem.count))"
      if take(name) { return name }
      number += 1
    }
  }

  /// Gives a split the plain name of its role, which trainers look for, unless another has it.
  private mutating func renameSplit(_ place: Int) {
    guard let split = datasets[place].split, let role = SplitName.role(split) else { return }
    if !datasets.contains(where: { $0.split == role }) { datasets[place].split = role }
  }
}
