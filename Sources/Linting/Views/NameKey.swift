import COCO

/// The part of a category's name that does not depend on spelling conventions.
struct NameKey {
  /// The letters and digits of any script, in lower case.
  let letters: String

  init(_ name: String) {
    letters = String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// The words whose English plural the name may be.
  var singulars: [String] {
    guard letters.count > 3, letters.hasSuffix("s"), !letters.hasSuffix("ss") else { return [] }
    var singulars = [String(letters.dropLast())]
    for ending in ["ses", "xes", "zes", "ches", "shes"] where letters.hasSuffix(ending) {
      singulars.append(String(letters.dropLast(2)))
    }
    if letters.hasSuffix("ies") { singulars.append(String(letters.dropLast(3)) + "y") }
    return singulars
  }
}

extension String {
  /// The text without blanks at both ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}

extension Category {
  /// Whether the name is empty or nothing but blanks.
  var hasBlankName: Bool { name.allSatisfy(\.isWhitespace) }
}
