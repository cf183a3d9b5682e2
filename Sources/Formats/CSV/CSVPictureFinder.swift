import COCO
import Files
import Synchronization

/// A finder of the images that a table names: relative to the table, in a folder of images near it,
/// or by the end of a path from another machine.
final class CSVPictureFinder: Sendable {
  /// The number of names tried before a folder counts as holding none of the images.
  private static let probes = 100

  private let roots: [ImageLocator]
  private let machine = ImageLocator("/")
  private let expectedFolder: String
  /// Whether names are looked up in the folders' listings before any file is opened, since none of
  /// the first was there.
  private let asksListings: Bool
  private let subfolders = Mutex<[String: ImageLocator]>([:])
  /// The folders below which images are searched at any depth if nothing else helps.
  private let inputs: [ImageLocator]
  /// The split in the table's name; nil if there is none.
  private let split: String?

  /// Creates a finder. `split` is a possible name of a folder of images; `folders` are those that
  /// other tables have opened.
  convenience init(
    _ table: CSVTable, split: String?, below inputs: [ImageLocator], options: ImportOptions,
    folders known: inout [String: ImageLocator]
  ) {
    var splits = Set(table.pictures.map(\.split).filter { !$0.isEmpty })
    if let split { splits.insert(split) }
    self.init(
      table.path, names: table.pictures.prefix(Self.probes).map(\.name), splits: splits.sorted(),
      below: inputs, options: options, folders: &known)
  }

  private init(
    _ path: String, names: [String], splits: [String], below inputs: [ImageLocator],
    options: ImportOptions, folders known: inout [String: ImageLocator]
  ) {
    self.inputs = inputs
    split = SplitName.word(in: Path.stem(of: path))
    let folders = Self.candidates(table: path, splits: splits, options: options)
    var existing: [ImageLocator] = []
    for folder in folders {
      let locator = known[folder] ?? ImageLocator(folder)
      known[folder] = locator
      if locator.exists { existing.append(locator) }
    }
    let names = names.map { CSVPicturePath($0) }
    var chosen = Self.holder(of: names, among: existing) { $0.exactly($1) != nil }
    chosen = chosen ?? Self.holder(of: names, among: existing) { $0.locate($1) != nil }
    asksListings = chosen == nil
    if let chosen {
      let others = existing.indices.filter { $0 != chosen }
      roots = [existing[chosen]] + others.map { existing[$0] }
    } else {
      roots = existing
    }
    expectedFolder = options.imagesFolder ?? chosen.map { existing[$0].folder } ?? folders[0]
  }

  /// Returns a function that finds the sizes of images by their names in the table at `path`; it
  /// gives nil for those that are not found, and for all beyond the first few.
  static func sizes(
    besides path: String, options: ImportOptions
  ) -> (String) -> ImageSize? {
    let sizer = PictureSizer(options)
    var sizes: [String: ImageSize?] = [:]
    var finder: CSVPictureFinder?
    var folders: [String: ImageLocator] = [:]
    return { name in
      if let known = sizes[name] { return known }
      guard sizes.count < probes else { return nil }
      let found =
        finder
        ?? CSVPictureFinder(
          path, names: [name], splits: [], below: [], options: options, folders: &folders)
      finder = found
      let size = options.knownSizes[name] ?? sizer.size(of: found.locate(CSVPicturePath(name)))
      sizes[name] = .some(size)
      return size
    }
  }

  /// Returns the first folder that has the first image found in any.
  private static func holder(
    of paths: [CSVPicturePath], among roots: [ImageLocator],
    has: (ImageLocator, String) -> Bool
  ) -> Int? {
    for path in paths {
      let name = Path.name(of: path.relative)
      for (index, root) in roots.enumerated() {
        if has(root, name) || path.suffixes.contains(where: { root.exactly($0) != nil }) {
          return index
        }
      }
    }
    return nil
  }

  private static func candidates(
    table: String, splits: [String], options: ImportOptions
  ) -> [String] {
    let bases = options.imagesFolder.map { [$0] } ?? [Path.folder(of: table)]
    var folders: [String] = []
    for base in bases {
      // A folder of the table's name is surer than one of all pictures.
      let own = CSVSplits.folders(ofTable: table)
      folders += own.map { Path.join(base, $0) }
      folders.append(base)
      folders += splits.map { Path.join(base, $0) }
      if options.imagesFolder != nil { continue }
      for near in [base, Path.normalized("\(base)/..")] {
        for name in ["images", "Images", "JPEGImages", "imgs", "img"] {
          let folder = Path.join(near, name)
          folders += own.map { Path.join(folder, $0) } + [folder]
          folders += splits.map { Path.join(folder, $0) }
        }
        folders += splits.map { Path.join(near, $0) }
      }
      folders.append(Path.normalized("\(base)/.."))
    }
    return folders.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Returns the image at exactly this path below one of the folders.
  func exactly(_ path: CSVPicturePath) -> ImageLocator.Located? {
    if path.isAbsolute, let located = machine.exactly(path.absolute) { return located }
    return roots.lazy.compactMap { $0.exactly(path.relative) }.first
  }

  /// Returns the image that the table calls `path`; nil if there is none.
  func locate(_ path: CSVPicturePath) -> ImageLocator.Located? {
    nearby(path) ?? inputs.lazy.compactMap { self.search(path, below: $0) }.first
  }

  private func search(
    _ path: CSVPicturePath, below input: ImageLocator
  ) -> ImageLocator.Located? {
    guard var located = input.search(path.relative) else { return nil }
    // Frames of one name are in several splits.
    let other = SplitName.last(in: Path.folder(of: located.path).split(separator: "/"))
    if let split, let other, other != split { return nil }
    if located.match == .stem, Path.stem(of: located.path) == Path.name(of: path.relative) {
      located.match = .exact
    }
    return located
  }

  private func nearby(_ path: CSVPicturePath) -> ImageLocator.Located? {
    if path.isAbsolute, let located = machine.exactly(path.absolute) { return located }
    if asksListings, !isListed(path) { return nil }
    for root in roots {
      if let located = root.exactly(path.relative) { return located }
      for suffix in path.suffixes.dropFirst() {
        if let located = root.exactly(suffix) { return located }
      }
    }
    for root in roots {
      for suffix in path.suffixes {
        guard var located = folder(of: suffix, in: root).locate(Path.name(of: suffix)) else {
          continue
        }
        // An id is a picture's name without its ending.
        let stem = Path.withoutExtension(Path.name(of: located.path))
        if located.match == .stem, stem == Path.name(of: suffix) { located.match = .exact }
        return located
      }
    }
    return nil
  }

  /// Returns the expected path of a missing image.
  func expectedPath(_ path: CSVPicturePath) -> String {
    if path.isAbsolute { return Path.join(expectedFolder, Path.name(of: path.relative)) }
    let joined = Path.join(expectedFolder, path.relative)
    return path.relative.utf8.contains(UInt8(ascii: "/")) ? Path.normalized(joined) : joined
  }

  private func isListed(_ path: CSVPicturePath) -> Bool {
    roots.contains { root in
      path.suffixes.contains { suffix in
        folder(of: suffix, in: root).lists(Path.name(of: suffix))
      }
    }
  }

  /// Returns the folder in which `name` stands below `root`. Each is opened and listed once.
  private func folder(of name: String, in root: ImageLocator) -> ImageLocator {
    guard name.utf8.contains(UInt8(ascii: "/")) else { return root }
    let path = Path.join(root.folder, Path.folder(of: name))
    return subfolders.withLock { known in
      if let locator = known[path] { return locator }
      let locator = ImageLocator(path)
      known[path] = locator
      return locator
    }
  }
}

/// An image's path as a table gives it.
struct CSVPicturePath {
  /// Whether the path begins at a root, of this machine or of another, or is an address.
  let isAbsolute: Bool
  /// The path with `/` between its parts.
  let absolute: String
  /// The path without its root.
  let relative: String
  /// Whether something in it may be percent-quoted.
  private let hasPercent: Bool

  init(_ name: String) {
    // Of a million names few have more than letters and slashes: one look finds that out.
    var (hasBackslash, hasColon, hasSlash, hasPercent) = (false, false, false, false)
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): hasBackslash = true
      case UInt8(ascii: ":"): hasColon = true
      case UInt8(ascii: "/"): hasSlash = true
      case UInt8(ascii: "%"): hasPercent = true
      default: break
      }
    }
    self.hasPercent = hasPercent
    guard hasBackslash || hasColon || hasSlash else {
      (isAbsolute, absolute, relative) = (false, name, name)
      return
    }
    var path = hasBackslash ? String(name.map { $0 == "\\" ? "/" : $0 }) : name
    if path.hasPrefix("file://") { path.removeFirst(7) }
    absolute = path
    let hasDrive = path.utf8.count > 2 && path.utf8.dropFirst().starts(with: ":/".utf8)
    let scheme = hasColon ? path.firstRange(ofBytes: "://") : nil
    isAbsolute = hasDrive || scheme != nil || path.hasPrefix("/")
    if let scheme {
      path = String(path[scheme.upperBound...].prefix { $0 != "?" })
    } else if hasDrive {
      path.removeFirst(3)
    }
    relative = path.contains("/") ? String(path.drop { $0 == "/" }) : path
  }

  /// The path and what remains of it without its first parts, longest first.
  var suffixes: [String] {
    guard relative.utf8.contains(UInt8(ascii: "/")) else { return [relative] }
    let parts = relative.split(separator: "/").filter { $0 != "." && $0 != ".." }
    return parts.indices.map { parts[$0...].joined(separator: "/") }
  }

  /// The path with percent-quoting resolved, as `%20` is a blank; nil if there is none.
  var unquoted: CSVPicturePath? {
    guard hasPercent else { return nil }
    let path = LooseName.percentDecoded(relative)
    return path == relative ? nil : CSVPicturePath(path)
  }
}
