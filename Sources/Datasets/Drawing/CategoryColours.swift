public import COCO
public import Images

/// The colours in which categories are drawn: by their names and not by their order, so that parts
/// of a set agree, and distinct for the first sixteen of a set.
///
/// A name selects a colour of its own, and if another name of the set already has it, the next free
/// one; so only a set that lacks the other name shows it in another colour.
public struct CategoryColours: Sendable {
  private var colours: [String: Colour] = [:]

  /// The colours of categories that are drawn together.
  public init(_ categories: [COCO.Category]) {
    // In an order that depends on nothing but the names.
    let names = Set(categories.map(\.name)).map { (hash: Self.hash($0), name: $0) }
      .sorted { ($0.hash, $0.name) < ($1.hash, $1.name) }
    var taken = [Int](repeating: 0, count: Self.palette.count)
    var round = 0
    for (hash, name) in names {
      if taken.allSatisfy({ $0 > round }) { round += 1 }
      var place = Int(hash % UInt64(taken.count))
      while taken[place] > round { place = (place + 1) % taken.count }
      taken[place] += 1
      colours[name] = Self.palette[place]
    }
  }

  /// Returns the colour of a category's name, which need not be one of the set.
  public func colour(of name: String) -> Colour {
    colours[name] ?? Self.palette[Int(Self.hash(name) % UInt64(Self.palette.count))]
  }

  /// The palette: the first seven are Okabe and Ito's colours (jfly.uni-koeln.de/color), the others
  /// shades of them, each chosen to differ most from all before it. For any eye (Machado's matrices
  /// for protanopia, deuteranopia and tritanopia), two of them differ by 7.6 hundredths or more in
  /// OKLab, as orange and vermillion do.
  static let palette = [
    (230, 159, 0), (86, 180, 233), (0, 158, 115), (240, 228, 66), (0, 114, 178), (213, 94, 0),
    (204, 121, 167), (110, 21, 0), (151, 244, 255), (0, 62, 108), (168, 51, 0), (132, 85, 110),
    (144, 209, 181), (0, 84, 145), (245, 188, 98), (84, 42, 66),
  ].map { Colour(red: $0.0, green: $0.1, blue: $0.2) }

  /// Returns the FNV-1a hash of the name's bytes, with its upper bits mixed in, since few bits are
  /// used.
  private static func hash(_ name: String) -> UInt64 {
    let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return hash ^ hash >> 17
  }
}
