public import COCO

/// The notes in `info` of the COCO files that copra writes.
public enum COCOInfo {
  private static let folderKey = "image_folder"
  private static let writerKey = "generator"
  private static let writer = "copra"

  /// Notes the program that wrote the file, and the place of its images.
  ///
  /// - Parameters:
  ///   - folder: The folder that file names are relative to, as a path relative to the
  ///     file's own folder; nil if it is not known.
  ///   - info: The object `info` of the file.
  public static func note(imageFolder folder: String?, in info: inout JSONObject) {
    info[writerKey] = .string(writer)
    info[folderKey] = folder.map { .string($0) }
  }

  /// Returns whether copra wrote the file.
  public static func isOwnWork(_ info: JSONObject) -> Bool {
    info[writerKey] == .string(writer)
  }

  /// Returns whether there is more than what copra notes.
  static func saysMore(_ info: JSONObject) -> Bool {
    info.members.contains { $0.name != writerKey && $0.name != folderKey }
  }

  /// Returns the folder that file names are relative to, as a path relative to the file's own
  /// folder; nil if the file does not give it.
  static func imageFolder(in info: JSONObject) -> String? {
    guard case .string(let folder)? = info[folderKey] else { return nil }
    return folder
  }
}
