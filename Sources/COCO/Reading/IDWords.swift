/// The numbers of ids that are words: texts, and numbers beyond `Int`.
///
/// If a reader keeps texts apart from numbers, a text's word begins with a quotation mark.
public struct IDWords: Sendable {
  private(set) var images = IDTable([])
  private(set) var categories = IDTable([])

  /// The first number of words, higher than any number that people assign.
  static let remote = 1 << 61

  /// Creates words for a file whose records have no ids yet.
  public init() {}

  /// The words of a file whose records have these ids besides.
  init(images: [Int], categories: [Int]) {
    self.images = IDTable(images)
    self.categories = IDTable(categories)
  }

  /// Whether no word has a number.
  public var isEmpty: Bool { images.isEmpty && categories.isEmpty }

  /// Returns the number of an image's word, a new one if the word is new.
  mutating func id(ofImage word: String) -> Int { images.id(of: word) }

  /// Returns the number of a category's word, a new one if the word is new.
  mutating func id(ofCategory word: String) -> Int { categories.id(of: word) }

  /// Returns the word of an image's number; nil if its id is a number.
  public func word(ofImage id: Int) -> String? { images.word(of: id) }

  /// Returns the word of a category's number; nil if its id is a number.
  public func word(ofCategory id: Int) -> String? { categories.word(of: id) }

  /// Returns the number of an image's word; nil if the word is not known.
  public func id(ofKnownImage word: String) -> Int? { images.knownID(of: word) }

  /// Returns the number of a category's word; nil if the word is not known.
  public func id(ofKnownCategory word: String) -> Int? { categories.knownID(of: word) }

  /// Returns the id that the same digits name in the other form: the number for a text, the text's
  /// for a number. The result may be a number that the file does not have.
  public static func counterpart(
    of id: Int, _ word: String?, known: (String) -> Int?
  ) -> Int? {
    guard let word else { return known(NamedID.textMark + String(id)) }
    guard isText(word) else { return known(NamedID.textMark + word) }
    let text = String(word.dropFirst(NamedID.textMark.count))
    return Int(text) ?? known(text)
  }

  /// Returns whether a word is a text, not a number beyond `Int`, in a reader that keeps them
  /// apart.
  public static func isText(_ word: String) -> Bool { word.hasPrefix(NamedID.textMark) }

  /// Returns a word as it is written in JSON.
  public static func written(_ word: String) -> String {
    guard isText(word) else { return word }
    var output = JSONOutput()
    output.append(String(word.dropFirst(NamedID.textMark.count)))
    return output.text
  }

  /// Gives numbers to all these words, in the order in which Python sorts them.
  mutating func number(images: some Sequence<String>, categories: some Sequence<String>) {
    self.images.number(images)
    self.categories.number(categories)
  }
}

/// The numbers of ids that are words, in the order of their occurrence.
struct IDTable: Sendable {
  private var ids: [String: Int] = [:]
  private var words: [Int: String] = [:]
  private var numbers: FreeNumbers

  init(_ used: [Int]) {
    numbers = FreeNumbers(after: used.max() ?? 0) { used }
  }

  var isEmpty: Bool { ids.isEmpty }

  mutating func id(of name: String) -> Int {
    if let known = ids[name] { return known }
    let id = numbers.next()
    ids[name] = id
    words[id] = name
    return id
  }

  /// Returns the number of a word; nil if it is not known.
  func knownID(of name: String) -> Int? { ids[name] }

  func word(of id: Int) -> String? { words[id] }

  /// Numbers words: first numbers by their values, then texts by their characters.
  mutating func number(_ words: some Sequence<String>) {
    func key(_ word: String) -> (isText: Int, digits: Int, word: [Unicode.Scalar]) {
      let isText = word.hasPrefix(NamedID.textMark)
      return (isText ? 1 : 0, isText ? 0 : word.utf8.count, Array(word.unicodeScalars))
    }
    let ordered = Set(words).map { (key($0), $0) }.sorted { left, right in
      let (first, second) = (left.0, right.0)
      if first.isText != second.isText { return first.isText < second.isText }
      if first.digits != second.digits { return first.digits < second.digits }
      return first.word.lexicographicallyPrecedes(second.word)
    }
    for (_, word) in ordered { _ = id(of: word) }
  }
}

/// The numbers that are no record's id: those after the highest, or the first free ones if there is
/// no room after it.
struct FreeNumbers: Sendable {
  private var last: Int
  private var used: Set<Int> = []

  init(after highest: Int, _ ids: () -> [Int]) {
    last = max(highest, 0)
    guard last > Int.max / 2 else { return }
    used = Set(ids())
    last = 0
  }

  mutating func next() -> Int {
    repeat { last += 1 } while used.contains(last)
    return last
  }
}
