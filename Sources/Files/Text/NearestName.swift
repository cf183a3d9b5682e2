/// The name that a user may have meant.
public enum NearestName {
  /// Returns `; did you mean NAME?` with the name nearest to `name`, the first of several; an empty
  /// text if none is within three letters.
  public static func hint(for name: String, among names: [String]) -> String {
    let near = names.map { (name: $0, distance: distance(from: name, to: $0)) }
      .min { $0.distance < $1.distance }
    return near.flatMap { $0.distance <= 3 ? "; did you mean \($0.name)?" : nil } ?? ""
  }

  /// Returns the fewest letters to insert, remove or change (Levenshtein, 1966).
  private static func distance(from left: String, to right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in right.enumerated() {
        let changed = diagonal + (letter == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(changed, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
