import COCO

/// See `summary`.
struct NonPortableFileName: DatasetRule {
  static let kind = FaultKind.nonPortableFileName
  static let scope = RuleScope.images
  static let summary = "a file name that some systems do not support"
  static let explanation = """
    Windows does not allow `< > : " | ? * \\` in names, a dot or space at the end of a name, or \
    names of devices such as `con` or `aux.jpg`; most systems limit names to 255 bytes; Windows \
    and macOS treat two names that differ only in letter case as one file. The set cannot be \
    copied to such a system completely. Rename the files.
    """
  static let examples = [
    Example.flags("a colon", .example(images: [.example(1, "12:30.jpg")])),
    Example.flags("the name of a device", .example(images: [.example(1, "aux.jpg")])),
    Example.flags("a space at the end", .example(images: [.example(1, "a /beach.jpg")])),
    Example.flags(
      "names that differ only in letter case",
      .example(images: [.example(1, "a.jpg"), .example(2, "A.jpg")])),
    Example.allows("spaces and accents", .example(images: [.example(1, "la plage d'été.jpg")])),
  ]

  func check(_ set: DatasetView, into faults: inout Faults) {
    let images = set.dataset.images
    var firsts = FirstNames(count: images.count)
    for index in images.indices {
      let name = images[index].fileName
      guard FileNameSafety.problem(with: name) == nil else { continue }
      let first = firsts.first(
        of: Self.folded(name), at: index, known: { Self.folded(images[$0].fileName) })
      if let problem = FileNamePortability.problem(with: name) {
        faults.add(fault("\(problem): \"\(name)\"", .fileName), image: index, of: set)
      } else if let first, !images[first].fileName.utf8.elementsEqual(name.utf8) {
        let message =
          "\"\(name)\" and \"\(images[first].fileName)\" are one file where letter case or accents "
          + "do not count"
        faults.add(fault(message, .fileName), image: index, of: set)
      }
    }
  }

  /// Returns the name in lower case; most names already are, and are not copied.
  static func folded(_ name: String) -> String {
    let isFolded = name.utf8.allSatisfy { $0 < 0x80 && !(0x41...0x5A).contains($0) }
    return isFolded ? name : name.lowercased()
  }
}
