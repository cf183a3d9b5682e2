/// The meaning of a column's name, by its words.
struct CSVColumnName {
  /// A number of a box.
  struct Coordinate {
    /// The naming style of ends. Both corners of a box have the same one.
    enum Style: Int, CaseIterable { case limits, numbers, edges, size }

    var role: CSVRole
    var style: Style
    /// The corner's number as written, or by its place: 1 to 4 clockwise from the upper left.
    var corner: Int?
    /// The rest of the name, `face` in `face_x1`; empty if it only means a box.
    var context = ""
  }

  /// A role that the name may have; the likeliest has the lowest rank.
  struct Meaning {
    var role: CSVRole
    var rank: Int
  }

  /// The rank from which on a name alone proves nothing.
  static let weak = 30

  let coordinate: Coordinate?
  /// The role of `width` or `height` alone: of the box or of the image.
  let bareSize: CSVRole?
  let meanings: [Meaning]
  /// Whether a list of numbers in the column is `[x1, y1, x2, y2]`.
  let isListOfCorners: Bool

  init(_ name: String) {
    let words = CSVWord.words(of: name)
    let reported = words.filter { $0 != .filler }
    bareSize = reported == [.width] ? .width : reported == [.height] ? .height : nil
    coordinate = Self.coordinate(words)
    isListOfCorners = words.contains(.listOfCorners)
    var meanings: [Meaning] = []
    if let role = CSVRole(plainName: CSVRole.plain(name)) {
      meanings.append(.init(role: role, rank: 0))
    }
    if let size = Self.pictureSize(reported) { meanings.append(.init(role: size, rank: 0)) }
    if let rank = Self.imageRank(words) { meanings.append(.init(role: .image, rank: rank)) }
    meanings += Self.classes(reported)
    if let rank = Self.splitRank(reported) { meanings.append(.init(role: .split, rank: rank)) }
    if Self.isList(words) { meanings.append(.init(role: .bbox, rank: 0)) }
    self.meanings = meanings
  }

  func rank(as role: CSVRole) -> Int? {
    meanings.first { $0.role == role }?.rank
  }
}

extension CSVColumnName {
  /// Returns which number of a box the name stands for.
  private static func coordinate(_ words: [CSVWord]) -> Coordinate? {
    var rest: [CSVWord] = []
    var numbers: [Int] = []
    var context: [String] = []
    for (index, word) in words.enumerated() {
      switch word {
      case .box, .object, .annotation, .filler: break
      case .other(let text): context.append(text)
      case .kind, .type: context.append("\(word)")
      case .number(let number):
        let before = index > 0 ? words[index - 1] : .box
        if [.x, .y, .filler].contains(before) {
          numbers.append(number)
        } else {
          context.append("\(number)")
        }
      case .picture, .file, .name, .address, .web, .id, .subject, .split, .otherFile,
        .listOfExtent, .listOfCorners:
        return nil
      default: rest.append(word)
      }
    }
    guard numbers.count <= 1 else { return nil }
    var found = numbers.first.map { numbered($0, rest) } ?? named(Set(rest), count: rest.count)
    found?.context = context.joined(separator: " ")
    return found
  }

  private static func numbered(_ number: Int, _ words: [CSVWord]) -> Coordinate? {
    switch words {
    case [.x]: Coordinate(role: .x, style: .numbers, corner: number)
    case [.y]: Coordinate(role: .y, style: .numbers, corner: number)
    default: nil
    }
  }

  private static func named(_ words: Set<CSVWord>, count: Int) -> Coordinate? {
    guard words.count == count else { return nil }
    switch words {
    case [.x]: return Coordinate(role: .x, style: .size)
    case [.y]: return Coordinate(role: .y, style: .size)
    case [.w], [.width]: return Coordinate(role: .w, style: .size)
    case [.h], [.height]: return Coordinate(role: .h, style: .size)
    case [.x, .centre]: return Coordinate(role: .cx, style: .size)
    case [.y, .centre]: return Coordinate(role: .cy, style: .size)
    case [.x, .low], [.column, .low]: return Coordinate(role: .xmin, style: .limits)
    case [.x, .high], [.column, .high]: return Coordinate(role: .xmax, style: .limits)
    case [.y, .low], [.row, .low]: return Coordinate(role: .ymin, style: .limits)
    case [.y, .high], [.row, .high]: return Coordinate(role: .ymax, style: .limits)
    case [.left], [.x, .left]: return Coordinate(role: .xmin, style: .edges)
    case [.right], [.x, .right]: return Coordinate(role: .xmax, style: .edges)
    case [.top], [.y, .top]: return Coordinate(role: .ymin, style: .edges)
    case [.bottom], [.y, .bottom]: return Coordinate(role: .ymax, style: .edges)
    default: return ofCorner(words)
    }
  }

  /// Returns the coordinate of a corner that is named by both of its edges: `upper left x`.
  private static func ofCorner(_ words: Set<CSVWord>) -> Coordinate? {
    let isHigh = words.contains(.top) || words.contains(.upper)
    let isLow = words.contains(.bottom) || words.contains(.lower)
    let isLeft = words.contains(.left)
    guard words.count == 3, isHigh != isLow, isLeft != words.contains(.right),
      words.contains(.x) != words.contains(.y)
    else { return nil }
    let corner = isHigh ? (isLeft ? 1 : 2) : (isLeft ? 4 : 3)
    let role: CSVRole =
      words.contains(.x) ? (isLeft ? .xmin : .xmax) : (isHigh ? .ymin : .ymax)
    return Coordinate(role: role, style: .edges, corner: corner)
  }

  private static func pictureSize(_ words: [CSVWord]) -> CSVRole? {
    guard words.count == 2, words.contains(.picture) else { return nil }
    if words.contains(.width) || words.contains(.w) { return .width }
    return words.contains(.height) || words.contains(.h) ? .height : nil
  }

  /// Returns the rank of the name as an image's; the meaning of its last word comes first.
  private static func imageRank(_ words: [CSVWord]) -> Int? {
    guard let head = words.last else { return nil }
    var others = 0
    for word in words {
      switch word {
      case .picture, .file, .name, .address, .web, .id, .subject: break
      case .other: others += 1
      default: return nil
      }
    }
    let isOfPicture = words.contains(.picture) || words.contains(.file)
    let rank: Int?
    switch head {
    case .file: rank = words.contains(.picture) ? 0 : 4
    case .name where isOfPicture: rank = 0
    case .address: rank = isOfPicture ? 1 : 2
    case .web: rank = isOfPicture ? 6 : weak + 2
    case .picture: rank = words == [.file, .picture] ? 0 : 3
    case .id where words.contains(.picture): rank = 5
    case .id where words.contains(.subject): rank = weak - 1
    case .name where words == [.name]: rank = weak
    case .id where words == [.id]: rank = weak + 1
    default: rank = nil
    }
    return rank.map { others > 0 ? $0 + 20 : $0 }
  }

  /// Returns how the name may be a class's, or that of its number.
  private static func classes(_ words: [CSVWord]) -> [Meaning] {
    let hasKind = words.contains(.kind)
    let known: [[CSVWord]] = [[.name], [.object], [.object, .name]]
    guard let head = words.last, hasKind || words.contains(.type) || known.contains(words)
    else { return [] }
    var others = 0
    for word in words {
      switch word {
      case .kind, .type, .name, .id, .box, .object, .annotation: break
      case .other: others += 10
      default: return []
      }
    }
    let later = others > 0 ? 10 : 0
    switch head {
    case .id: return hasKind ? [.init(role: .classID, rank: later)] : []
    case .name:
      let rank = hasKind ? 0 : words.contains(.object) ? 4 : weak
      return [.init(role: .class, rank: rank + later)]
    case .kind: return [.init(role: .class, rank: (words.count == 1 ? 1 : 2) + later)]
    case .type: return [.init(role: .class, rank: words.count == 1 ? weak + 1 : hasKind ? 3 : 20)]
    case .object: return [.init(role: .class, rank: words.count == 1 ? weak + 2 : weak)]
    default: return []
    }
  }

  private static func splitRank(_ words: [CSVWord]) -> Int? {
    switch words {
    case [.split], [.split, .name]: return 0
    default: break
    }
    guard words.count == 2, words[1] == .split, case .other = words[0] else { return nil }
    return 5
  }

  /// Returns whether the column may hold whole boxes.
  private static func isList(_ words: [CSVWord]) -> Bool {
    let kinds: Set<CSVWord> = [.box, .filler, .listOfExtent, .listOfCorners]
    return (words.contains(.box) || words.contains(.listOfExtent) || words.contains(.listOfCorners))
      && words.allSatisfy(kinds.contains)
  }
}
