import COCO
import Files
import Images
import Linting

/// The earlier measurements of images, in a file that the user names.
struct PictureCache: Sendable {
  private let path: String?
  private var known = MeasurementCache()
  private var isChanged = false

  /// Opens the cache at `path`, empty if there is no file yet; nil keeps nothing. Throws if the
  /// file cannot be read, and for one that is no cache, which `write()` would replace.
  init(_ path: String?, note: (String) -> Void) throws {
    self.path = path
    guard let path, FileStatus(path) != nil else { return }
    known = MeasurementCache(parsing: try InputFile.contents(path))
    if known.isForeign {
      throw DatasetError("\(path): expected a file that --cache wrote, found another file")
    }
    let ignored = known.ignoredLines
    if ignored > 0 {
      isChanged = true
      let subject =
        ignored == 1 ? "1 line is not a measurement" : "\(ignored) lines are not measurements"
      note("note: \(path): \(subject); left out")
    }
  }

  /// Returns the measurement of the image at `path`, unless the file has changed since.
  func measurement(of path: String) -> ImageMeasurement? {
    guard known.count > 0, let stamp = try? FileStamp.read(path: path) else { return nil }
    return known.measurement(of: path, stamp: stamp)
  }

  /// Keeps the measurement of an image.
  mutating func keep(_ picture: SeenPicture) {
    guard path != nil, let measured = picture.measurement, let place = picture.facts?.path,
      known.measurement(of: place, stamp: measured.stamp) != measured
    else { return }
    known.insert(measured, of: place)
    isChanged = true
  }

  /// Writes the file, if there is something new to keep.
  func write() throws {
    guard let path, isChanged else { return }
    let file = try OutputFile(path)
    try file.write(known.text)
    try file.commit()
  }
}
