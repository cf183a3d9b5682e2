import COCO
import Files
import Glibc
public import Images
import Synchronization

/// A locator of image files in a folder: by exact name, then by stem, then ignoring case and
/// quoting, then in the folders below.
public final class ImageLocator: Sendable {
  /// The way in which a file was found.
  public enum Match: Sendable, Equatable {
    case exact
    /// The name differs in its ending, or in letter case too.
    case stem, ignoringCase
    /// The name is written as an address or a prefix was added: `my%20cat.png`, `0a1b2c3d-cat.png`.
    case rewritten
  }

  /// An image file with its header.
  public struct Located: Sendable {
    /// The file's path.
    public var path: String
    /// The way in which the file was found.
    public var match: Match
    /// The file's header, or why it cannot be read.
    public var header: Result<ImageHeader, ImageError>
    /// The paths of other files that could be meant as well.
    public var rivals: [String] = []
  }

  /// The folder's path.
  public let folder: String
  private let descriptor: Int32
  /// The names in the folder and in folders below it, each listed when first needed.
  private let names = Mutex<[String: FolderNames]>([:])
  /// Everything below the folder, listed when first needed.
  private let all = Mutex<PicturesBelow?>(nil)

  /// A folder that does not exist holds no images.
  public init(_ folder: String) {
    self.folder = folder
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Whether there is such a folder.
  public var exists: Bool { descriptor >= 0 }

  /// Returns the image called `name`, which may contain folders; nil if there is none.
  public func locate(_ name: String) -> Located? {
    guard exists, !name.isEmpty else { return nil }
    if let located = exactly(name) ?? similarly(name) { return located }
    if WrittenPath.isPlain(name) { return nil }
    return WrittenPath(name).endings.lazy.compactMap { self.exactly($0) ?? self.similarly($0) }
      .first
  }

  /// Returns the image called `name` in this folder or any below it; nil if there is none.
  ///
  /// - Parameters:
  ///   - name: The name of the image, with folders or without.
  ///   - place: The folder of the file that gives the name. Of several images of this name
  ///     the one is chosen whose folders are most similar to those in the name, then to those of
  ///     `place`.
  public func search(_ name: String, near place: String = "") -> Located? {
    locate(name) ?? searchBelow(name, near: place)
  }

  /// Returns as above, for a name that `locate` has not found.
  func searchBelow(_ name: String, near place: String) -> Located? {
    guard exists, let found = below().find(WrittenPath(name), near: place, root: folder),
      let header = header(found.name)
    else { return nil }
    return Located(
      path: Path.join(folder, found.name), match: found.match, header: header,
      rivals: found.rivals.map { Path.join(folder, $0) })
  }

  /// Returns the folders, this one or below it, from which names lead to images exactly as written,
  /// with the number of such names.
  func holders(of names: [String]) -> [(folder: String, count: Int)] {
    guard exists else { return [] }
    return below().holders(of: names.map { WrittenPath($0) }).map { holder in
      (Path.normalized(Path.join(folder, holder.folder)), holder.count)
    }
  }

  private func similarly(_ name: String) -> Located? {
    guard let (found, match) = similar(to: name), let header = header(found) else { return nil }
    return Located(path: Path.join(folder, found), match: match, header: header)
  }

  /// Returns the image called exactly `name`; nil if there is none.
  public func exactly(_ name: String) -> Located? {
    guard exists, let header = header(name) else { return nil }
    return Located(path: Path.join(folder, name), match: .exact, header: header)
  }

  /// Returns whether the folder's listing has an image that `locate` would try for `name`. Opens
  /// none.
  public func lists(_ name: String) -> Bool {
    exists && similar(to: name) != nil
  }

  private func header(_ name: String) -> Result<ImageHeader, ImageError>? {
    do throws(ImageError) {
      return .success(try ImageHeader.read(path: name, in: descriptor))
    } catch .notFound {
      return nil
    } catch {
      if case .unreadable(let code) = error, code == EISDIR || code == ENOTDIR { return nil }
      return .failure(error)
    }
  }

  private func below() -> PicturesBelow {
    all.withLock { all in
      let below = all ?? PicturesBelow(folder)
      all = below
      return below
    }
  }

  /// Returns a file whose name differs only in its ending, in letter case or in quoting.
  private func similar(to name: String) -> (name: String, match: Match)? {
    let subfolder = Path.folder(of: name)
    let folderNames = names.withLock { names in
      if let known = names[subfolder] { return known }
      let listed = FolderNames(Path.join(folder, subfolder))
      names[subfolder] = listed
      return listed
    }
    guard let (found, match) = folderNames.similar(to: Path.name(of: name)) else { return nil }
    return (Path.join(subfolder, found), match)
  }
}

/// The image files of a folder by stem and by what remains of it in every way of writing.
private struct FolderNames: Sendable {
  private var byStem: [String: String] = [:]
  private var byKey: [String: String] = [:]

  init(_ folder: String) {
    guard let entries = try? Folder.entries(of: folder) else { return }
    let names = entries.map(\.name).filter(ImageFiles.isImage)
    for name in names.sorted().reversed() {
      let stem = Path.withoutExtension(name)
      byStem[stem] = name
      byKey[LooseName.key(stem)] = name
    }
  }

  func similar(to name: String) -> (String, ImageLocator.Match)? {
    if byStem.isEmpty { return nil }
    for stem in [name, Path.withoutExtension(name)] {
      if let found = byStem[stem] { return (found, .stem) }
      if let found = byKey[LooseName.key(stem)] {
        return (found, ImageLocator.Match(of: stem, as: Path.withoutExtension(found)))
      }
    }
    guard let plain = LooseName.withoutUploadPrefix(name), let (found, _) = similar(to: plain)
    else {
      return nil
    }
    return (found, .rewritten)
  }
}

extension ImageLocator.Match {
  /// Determines how the requested stem differs from that of the file, which is not the same.
  init(of stem: String, as found: String) {
    self = stem.lowercased() == found.lowercased() ? .ignoringCase : .rewritten
  }
}

/// The files that are images.
public enum ImageFiles {
  /// The endings of image files; those whose header is not read are reported where they occur.
  static let endings: Set<String> = [
    "avif", "heic", "heif", "jxl", "jp2",
    "jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff", "webp", "jpe", "jfif", "dng", "mpo",
    "ppm", "pgm", "pbm", "pnm", "pam",
  ]

  /// Returns whether the name has an image's ending.
  public static func isImage(_ name: String) -> Bool {
    endings.contains(Path.fileExtension(name))
  }
}
