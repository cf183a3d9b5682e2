public import COCO

/// What copra notes in `info` of the COCO files that it writes.
public enum COCOInfo {
  private static let folderKey = "image_folder"
  private static let writerKey = "generator"
  private static let writer = "copra"

  /// Notes who wrote the file, and where its pictures are.
  ///
  /// - Parameter folder: what file names are relative to, as seen from the file's own folder; nil where
  ///   it is not known.
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

  /// Returns what file names are relative to, as seen from the file's own folder; nil where the file does
  /// not say it.
  static func imageFolder(in info: JSONObject) -> String? {
    guard case .string(let folder)? = info[folderKey] else { return nil }
    return folder
  }
}
