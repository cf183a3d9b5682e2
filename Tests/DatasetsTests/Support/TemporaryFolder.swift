import Files
import Foundation

/// A folder that goes once `body` is done with it.
func withFolder(_ body: (String) async throws -> Void) async throws {
  let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
  try Folder.make(path)
  defer { try? FileManager.default.removeItem(atPath: path) }
  try await body(path)
}

/// Writes a text to a file whose folders are made.
func write(_ text: String, to path: String) throws {
  try Folder.make(Path.folder(of: path))
  try OutputFile.write(Array(text.utf8), to: path)
}
