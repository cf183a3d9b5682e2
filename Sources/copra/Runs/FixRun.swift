import COCO
import Console
import Files
import Formats
import Linting
import Reporting

/// Which fixes are applied, and where the result goes.
struct FixSettings {
  /// What becomes of the fixed files.
  enum Target: Equatable {
    /// They are shown, and nothing is written.
    case diff
    /// They take the place of the input, after a copy beside it.
    case inPlace
    /// They are written to a file, for a single input file, or else to a folder.
    case output(String)
  }

  /// Whether fixes are applied that lose or guess something.
  var isUnsafe = false
  var target: Target
  /// Whether an output that exists is replaced.
  var replaces = false

  /// The file or folder that the fixed files go to; nil where they go elsewhere.
  var output: String? {
    if case .output(let path) = target { path } else { nil }
  }
}

/// Applies fixes and writes what comes of them: into the user's own files, each byte that is not
/// fixed as it was.
struct FixRun {
  let settings: FixSettings
  let inputs: [String]
  /// What the user asked for the categories to be.
  let categories: CategoryPolicy
  let imported: Imported
  let importOptions: ImportOptions

  /// Refuses what cannot be fixed in place of being read.
  func check() throws {
    guard imported.format?.isEditable == true else {
      let editable = Format.all.filter(\.isEditable).map(\.name).joined(separator: ", ")
      throw CommandFailure(
        "fixes can be written to \(editable) files, found \(imported.format?.name ?? "none"); "
          + "copra convert --on-error fix applies them during conversion")
    }
    guard categories.names == nil, categories.renames.isEmpty, !categories.dropsUnused else {
      throw CommandFailure(
        "fixes change the files themselves; use --categories, --category-map and "
          + "--drop-unused-categories with copra convert")
    }
  }

  /// Returns the files as the fixes make them. Throws what the world refuses.
  func edit(_ outcome: Fixer.Outcome) throws -> EditedSources {
    guard let format = imported.format else { return EditedSources() }
    return try SourceEditor(imported.sources, format: format, options: importOptions)
      .edit(outcome.changes, of: imported.datasets)
  }

  /// Tells of every fix, and of those that a format has no place for.
  func tell(_ applied: [Fixer.Applied], _ edited: EditedSources, showsAll: Bool) {
    var finder = FieldFinder(imported.sources, format: imported.format, options: importOptions)
    finder.namesPaths = false
    let fixed = applied.map { applied in
      var finding = finder.locate(applied.finding)
      finding.fixes = [applied.fix]
      return finding
    }
    var options = FindingReportOptions(usesColour: Terminal.usesColour)
    options.showsAll = showsAll
    let report = FindingReport(fixed, in: imported.sources, toolVersion: Version.text)
    Terminal.message(FixReporter(options).text(report), terminator: "")
    var places = PlaceFinder(imported.sources)
    for change in edited.unapplied {
      let place = change.origin.map { "\(places.place(of: $0)): " } ?? ""
      Terminal.message("\(place)not written: \(change.reason)")
    }
  }

  /// What the fixes change, for looking at.
  func diff(_ edited: EditedSources) -> [UInt8] {
    edited.files.flatMap { file in
      UnifiedDiff(file.path, old: file.old, new: file.new, changes: file.changes).bytes
    }
  }

  /// Writes the edited files where the settings say.
  func write(_ edited: EditedSources) throws {
    switch settings.target {
    case .diff: break
    case .inPlace: try replace(edited.files)
    case .output(let output): try write(edited, to: output)
    }
  }

  private func write(_ edited: EditedSources, to output: String) throws {
    guard inputs.count == 1, imported.sources.paths == inputs else {
      return try writeFolder(output, edited)
    }
    let path = imported.sources.paths[0]
    try OverwriteGuard(replaces: settings.replaces).check([output], inputs: [path])
    try OutputFile.write(edited.files.first?.new ?? InputFile.contents(path), to: output)
    Terminal.message("wrote \(output)")
  }

  /// Each file whole, after a copy beside it.
  private func replace(_ files: [EditedFile]) throws {
    for file in files {
      let copy = try OutputFile(Self.freeName(beside: file.path))
      try copy.write(file.old)
      try copy.keepPermissions(of: file.path)
      try copy.commit()
      let replacement = try OutputFile(file.path)
      try replacement.write(file.new)
      try replacement.keepPermissions(of: file.path)
      try replacement.commit()
    }
    let noun = files.count == 1 ? "1 file" : "\(files.count) files"
    Terminal.message("fixed \(noun) in place and kept a copy of each that ends in .orig")
  }

  private static func freeName(beside path: String) -> String {
    var name = path + ".orig"
    var number = 2
    while FileStatus(name) != nil {
      name = "\(path).orig\(number)"
      number += 1
    }
    return name
  }

  /// All annotation files, fixed or not, as they lie below the input.
  private func writeFolder(_ output: String, _ edited: EditedSources) throws {
    let new = Dictionary(
      edited.files.map { ($0.path, $0.new) }, uniquingKeysWith: { first, _ in first })
    let endings = imported.format?.fileEndings ?? []
    let paths = Set(imported.sources.paths).filter { path in
      endings.contains(Path.fileExtension(path))
        && FileStatus(path)?.isFile == true
    }.sorted()
    let root = Path.common(of: paths.map { Path.folder(of: $0) }) ?? "."
    let targets = paths.map { Path.relative($0, to: root) }
    try OverwriteGuard(replaces: settings.replaces).check(
      targets.map { Path.join(output, $0) }, inputs: paths)
    try Folder.make(Path.folder(of: output))
    let folder = try OutputFolder(output)
    for (path, target) in zip(paths, targets) {
      try folder.write(try new[path] ?? InputFile.contents(path), to: target)
    }
    try folder.commit()
    Terminal.message(
      "wrote \(output): \(paths.count) files, \(edited.files.count) of them fixed")
  }
}
