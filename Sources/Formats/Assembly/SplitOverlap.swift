import COCO
import Files

/// The images that the splits of a set share.
struct SplitOverlap {
  /// A split as the input gives it.
  struct Part {
    var name: String
    /// The images, by any key that distinguishes them.
    var members: Set<String>
    /// The place in the input that defines the part.
    var origin: Origin?
    /// The list that defines the part, if there is one.
    var path: String?
  }

  private let parts: [Part]
  private let readsOnce: Bool
  private var isKept: [Bool]

  /// Returns which of the parts are read. Parts that others make up together are not, as `train`
  /// and `val` make `trainval`, nor those that repeat another one under a name that is no split's.
  /// The notes report what was left out and what is shared.
  ///
  /// - Parameter readsOnce: Whether of two splits of the same images one is enough.
  static func kept(
    _ parts: [Part], readsOnce: Bool, into imported: inout Imported
  ) -> [Bool] {
    var overlap = SplitOverlap(parts, readsOnce: readsOnce)
    overlap.leaveOutUnions(&imported)
    overlap.leaveOutCopies(&imported)
    overlap.noteShared(&imported)
    return overlap.isKept
  }

  private init(_ parts: [Part], readsOnce: Bool) {
    self.parts = parts
    self.readsOnce = readsOnce
    isKept = Array(repeating: true, count: parts.count)
  }

  private mutating func leaveOutUnions(_ imported: inout Imported) {
    for (index, part) in parts.enumerated()
    where !part.members.isEmpty && SplitName.split(part.name) == nil {
      let smaller = parts.filter {
        $0.members.count < part.members.count && !$0.members.isDisjoint(with: part.members)
      }
      guard smaller.count > 1,
        part.members.isSubset(of: smaller.reduce(into: []) { $0.formUnion($1.members) })
      else { continue }
      isKept[index] = false
      imported.notes.append(
        "\(part.path ?? part.name) is left out: the lists beside it contain all its images")
    }
  }

  private mutating func leaveOutCopies(_ imported: inout Imported) {
    for index in parts.indices where isKept[index] && !parts[index].members.isEmpty {
      let part = parts[index]
      guard
        let first = parts.indices.prefix(index).first(where: {
          isKept[$0] && parts[$0].members == part.members
        })
      else { continue }
      // The union's name says less.
      let isUnion = parts[first].name == "trainval"
      leaveOut(isUnion ? first : index, copyOf: isUnion ? index : first, &imported)
    }
  }

  private mutating func leaveOut(
    _ index: Int, copyOf original: Int, _ imported: inout Imported
  ) {
    let (copy, original) = (parts[index], parts[original])
    let areSplits =
      Set([copy.name, original.name].compactMap { SplitName.split($0) }).count == 2
    isKept[index] = areSplits && !readsOnce
    let pictures = copy.members.count == 1 ? "image" : "\(copy.members.count) images"
    let once = isKept[index] ? "" : "; they are read once, as \(original.name)"
    let message = "\(original.name) and \(copy.name) are the same \(pictures)\(once)"
    if areSplits {
      let origin =
        copy.origin ?? copy.path.map { Origin(file: imported.sources.add($0), offset: 0) }
      imported.findings.append(Finding(.sameFolderSplits, message, at: origin))
    } else {
      imported.notes.append(message)
    }
  }

  private func noteShared(_ imported: inout Imported) {
    let kept = parts.indices.filter { isKept[$0] }.map { parts[$0] }
    var pairs: [(Part, Part)] = []
    for (index, later) in kept.enumerated() {
      // Two that are the same have a note of their own.
      pairs += kept[..<index].filter { $0.members != later.members }.map { ($0, later) }
    }
    imported.notes += Self.notes(on: pairs)
  }

  /// The most pairs that have a note each.
  private static let mostNotes = 3

  /// Returns a note on each pair of parts that share images, or one on all if there are many.
  static func notes(on pairs: [(Part, Part)]) -> [String] {
    let notes = pairs.compactMap { shared(by: $0, $1) }
    guard notes.count > mostNotes else { return notes }
    return ["\(notes.count) pairs of splits share images; the first: \(notes[0])"]
  }

  /// Describes the number of images that two parts share; returns nil if they share none.
  private static func shared(by earlier: Part, _ later: Part) -> String? {
    let shared = later.members.intersection(earlier.members).count
    if shared == 0 { return nil }
    let pictures = shared == 1 ? "1 image" : "\(shared) images"
    return "\(earlier.name) and \(later.name) share \(pictures)"
  }
}
