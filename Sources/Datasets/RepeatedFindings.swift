import COCO
import Formats

extension Imported {
  /// From so many findings of one kind on, one of them speaks for all.
  private static let most = 20

  /// Says once what is true of a set and not of single pictures: that none is there, or that the names
  /// are all written in another way.
  mutating func foldFindingsOfWhole() {
    let images = datasets.reduce(0) { $0 + $1.images.count }
    fold(.missingImageFile, atLeast: max(images, Self.most)) {
      "none of the \($0) pictures is there (--images says where they are), the first: \($1)"
    }
    fold(.nameMatchedLoosely, atLeast: Self.most) { "\($0) names like this one: \($1)" }
  }

  private mutating func fold(
    _ kind: FaultKind, atLeast count: Int, into message: (Int, String) -> String
  ) {
    let places = findings.indices.filter { findings[$0].kind == kind }
    guard let first = places.first, places.count >= count else { return }
    findings[first].message = message(places.count, findings[first].message)
    let rest = Set(places.dropFirst())
    findings = findings.indices.filter { !rest.contains($0) }.map { findings[$0] }
  }
}
