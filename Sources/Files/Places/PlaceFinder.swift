/// A finder of the places of origins that holds only a block of a file at a time: a JSON file may
/// be hundreds of megabytes in one line, and most of its places are never requested.
public struct PlaceFinder {
  private let sources: Sources
  private var source = -1
  private var file: InputFile?
  private var unit = TextUnit.byte
  /// The starts of the file's blocks, as far as it has been read.
  private var starts: [Mark] = []
  /// The block that was read last.
  private var block: (index: Int, bytes: [UInt8]) = (-1, [])
  /// The place that was requested last: in a file of many findings the next is near.
  private var last = Mark()

  private struct Mark {
    var offset = 0
    var position = TextUnit.Position()
  }

  /// A multiple of the sizes of all units.
  private static let blockSize = 1 << 16

  /// Creates a finder for origins among these files.
  public init(_ sources: Sources) {
    self.sources = sources
  }

  /// Returns the place of an origin; line 1, column 1 if the file can no longer be read.
  public mutating func place(of origin: Origin) -> Place {
    if let place = sources.places[origin] { return place }
    if origin.file != source { open(origin.file) }
    let offset = min(origin.offset, file?.size ?? 0)
    let index = offset / Self.blockSize
    while starts.count <= index {
      starts.append(counted(from: starts[starts.count - 1], to: starts.count * Self.blockSize))
    }
    let isNear = last.offset <= offset && last.offset >= starts[index].offset
    last = counted(from: isNear ? last : starts[index], to: offset)
    return Place(
      path: sources.paths[origin.file], line: last.position.line,
      column: 1 + last.position.characters)
  }

  private mutating func open(_ index: Int) {
    source = index
    file = try? InputFile(sources.paths[index])
    block = (-1, [])
    load(0)
    unit = TextUnit(block.bytes)
    starts = [Mark(offset: min(unit.byteOrderMark(of: block.bytes), file?.size ?? 0))]
    last = starts[0]
  }

  /// Returns the mark at `offset`, which is in the block of `mark` or at its end; an offset before
  /// that is in the byte order mark.
  private mutating func counted(from mark: Mark, to offset: Int) -> Mark {
    let index = mark.offset / Self.blockSize
    load(index)
    let base = index * Self.blockSize
    let end = min(offset - base, block.bytes.count) / unit.size * unit.size
    guard end > mark.offset - base else { return mark }
    var counted = Mark(offset: base + end, position: mark.position)
    unit.count(block.bytes[(mark.offset - base)..<end], into: &counted.position)
    return counted
  }

  private mutating func load(_ index: Int) {
    guard block.index != index else { return }
    let bytes = try? file?.bytes(at: index * Self.blockSize, count: Self.blockSize)
    block = (index, bytes ?? [])
  }
}

/// A place in a text file as people count: lines and columns from 1, columns in characters.
public struct Place: Sendable, Hashable, CustomStringConvertible {
  /// The file's path.
  public var path: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in characters.
  public var column: Int

  /// Creates a place; line and column count from 1.
  public init(path: String, line: Int, column: Int) {
    self.path = path
    self.line = line
    self.column = column
  }

  /// The place as `path:line:column`.
  public var description: String { "\(path):\(line):\(column)" }
}
