/// The id of a rule from the name of its type.
enum RuleID {
  /// `BoxOutsideImage` becomes `box-outside-image`, `CrowdWithoutRLE` `crowd-without-rle` and
  /// `CategoryIDsNotContiguous` `category-ids-not-contiguous`.
  static func id(ofType name: String) -> String {
    let letters = Array(name)
    var id = ""
    for (index, letter) in letters.enumerated() {
      if index > 0, letter.isUppercase, begins(index, letters) { id += "-" }
      id += letter.lowercased()
    }
    return id
  }

  /// Whether the capital at `index` begins a word: after a small letter, or before one within
  /// capitals, save for the s of a plural.
  private static func begins(_ index: Int, _ letters: [Character]) -> Bool {
    if !letters[index - 1].isUppercase { return true }
    guard index + 1 < letters.count, !letters[index + 1].isUppercase else { return false }
    let isPlural =
      letters[index + 1] == "s" && (index + 2 == letters.count || letters[index + 2].isUppercase)
    return !isPlural
  }
}
