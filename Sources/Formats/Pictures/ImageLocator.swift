import COCO
import Files
import Glibc
public import Images
import Synchronization

/// Finds image files in a folder: by exact name, then by stem, then ignoring case.
public final class ImageLocator: Sendable {
  /// How a file was found.
  public enum Match: Sendable, Equatable {
    case exact
    /// The name differs in its ending, or in letter case too.
    case stem, ignoringCase
  }

  /// An image file and what its header says.
  public struct Located: Sendable {
    /// The file's path.
    public var path: String
    /// How the file was found.
    public var match: Match
    /// The file's header, or why it cannot be read.
    public var header: Result<ImageHeader, ImageError>
  }

  /// The folder's path.
  public let folder: String
  private let descriptor: Int32
  /// The names in the folder and in folders below it, each listed when first asked for.
  private let names = Mutex<[String: FolderNames]>([:])

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

  /// Returns the image called `name`, which may hold folders; nil where there is none.
  public func locate(_ name: String) -> Located? {
    guard exists, !name.isEmpty else { return nil }
    if let located = exactly(name) { return located }
    guard let (found, match) = similar(to: name), let header = header(found) else { return nil }
    return Located(path: Path.join(folder, found), match: match, header: header)
  }

  /// Returns the image called just `name`; nil where there is none.
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

  /// Returns a file whose name differs only in its ending or in letter case.
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

/// The image files of a folder by stem and by lower-case stem.
private struct FolderNames: Sendable {
  private var byStem: [String: String] = [:]
  private var byLowercaseStem: [String: String] = [:]

  init(_ folder: String) {
    guard let entries = try? Folder.entries(of: folder) else { return }
    let names = entries.map(\.name).filter(ImageFiles.isImage)
    for name in names.sorted().reversed() {
      let stem = Path.withoutExtension(name)
      byStem[stem] = name
      byLowercaseStem[stem.lowercased()] = name
    }
  }

  func similar(to name: String) -> (String, ImageLocator.Match)? {
    if byStem.isEmpty { return nil }
    for stem in [name, Path.withoutExtension(name)] {
      if let found = byStem[stem] { return (found, .stem) }
      if let found = byLowercaseStem[stem.lowercased()] { return (found, .ignoringCase) }
    }
    return nil
  }
}

/// The files that are pictures.
enum ImageFiles {
  static let endings: Set<String> = [
    "jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff", "webp", "jpe", "jfif", "dng", "mpo",
    "ppm", "pgm", "pbm", "pnm", "pam",
  ]

  /// Returns whether the name ends as a picture's does.
  static func isImage(_ name: String) -> Bool {
    endings.contains(Path.fileExtension(name))
  }
}
