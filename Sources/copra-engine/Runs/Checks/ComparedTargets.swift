import COCO
import Engine
import Files

/// A comparison with the original, in words.
struct ComparedTargets {
  private let comparison: TargetComparison
  private let original: String
  /// A finding for each picture that differs, at its place in the input.
  private(set) var findings: [Finding]
  private var losses: (pictures: Int, total: Double, differing: [String])?

  /// - Parameter sources: of the original.
  init(_ comparison: TargetComparison, original: String, sources: Sources) {
    self.comparison = comparison
    self.original = original
    var places = PlaceFinder(sources)
    findings = comparison.differences.map { difference in
      let other = difference.otherOrigin.map { " (there: \(places.place(of: $0)))" } ?? ""
      return Finding(.targetDiffers, difference.message + other, at: difference.origin)
    }
  }

  mutating func take(_ losses: (pictures: Int, total: Double, differing: [String])) {
    self.losses = losses
    findings += losses.differing.map {
      Finding(.targetDiffers, "\($0): a model's losses here differ from those with the original")
    }
  }

  var isEqual: Bool { findings.isEmpty }

  var sentence: String {
    let count = "\(comparison.pictures.grouped) images, \(comparison.objects.grouped) objects"
    guard comparison.differences.isEmpty else {
      return
        "against \(original): \(comparison.differences.count.grouped) images differ of \(count)"
    }
    let targets = "against \(original): the targets of \(count) are identical to the bit"
    guard let losses else { return "\(targets); no losses were compared" }
    if let name = losses.differing.first {
      return
        "\(targets), and the losses of \(losses.differing.count) of \(losses.pictures) images "
        + "differ, first of \(name)"
    }
    return "\(targets), and so are the losses of \(losses.pictures) of them, "
      + "\(losses.total.brief(6)) in all"
  }
}
