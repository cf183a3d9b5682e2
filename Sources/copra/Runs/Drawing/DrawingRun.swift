import COCO
import Console
import Datasets
import Files
import Formats
import Images
import Linting

/// One run of `copra draw`: read, choose pictures, draw them on all cores, write them together.
struct DrawingRun {
  let settings: DrawingSettings

  func run() async throws -> ExitStatus {
    try refuseEarly()
    var (subject, set, imported, status) = try await read()
    let pictures = chosen(set.pictures.filter(subject.concerns), of: set)
    guard !pictures.isEmpty else {
      Terminal.message("drew nothing: \(reasonForNothing)")
      return status
    }
    let names = outputNames(of: pictures, in: set)
    let paths = pictures.map { set.path(of: $0) }
    guard paths.contains(where: { $0 != nil }) else {
      let name = set.image(pictures[0]).fileName
      Terminal.message(
        "drew nothing: no file of \(pictures.count) images was found, the first \(name); "
          + "--images gives their folder")
      return .findings
    }
    try OverwriteGuard(replaces: settings.replaces).check(
      names.map { Path.join(settings.output, $0) },
      inputs: imported.sources.paths + paths.compactMap(\.self))
    try Folder.make(Path.folder(of: settings.output))
    var output = DrawnOutput(
      try OutputFolder(settings.output), names: names, settings: settings, subject: subject)
    let rendering = PictureRendering(
      subject: subject, isUpright: settings.reader.options.exif != .stored,
      showsLabels: settings.showsLabels)
    let frame = output.frame ?? settings.mostSide.map { ($0, $0) }
    let format = settings.sheet == nil ? settings.format : nil
    try await settings.reader.workers.tasks("drawing").run(pictures.count) { index in
      DrawnPicture(
        pictures[index], path: paths[index], by: rendering, within: frame, format: format)
    } consume: { index, drawn in
      try output.add(drawn, of: set.image(pictures[index]))
      return true
    }
    try output.finish()
    // That files are missing some readers have told already.
    let isTold = imported.findings.contains { $0.kind == .missingImageFile }
    FindingPrinter.print(
      output.findings.filter { !isTold || $0.kind != .missingImageFile }, in: imported.sources)
    if !output.findings.isEmpty { status = .findings }
    Terminal.message(output.account)
    withExtendedLifetime(imported) { Ending.exit(status) }
  }

  /// What can be refused before anything is read.
  private func refuseEarly() throws {
    guard let shape = settings.sheet else { return }
    var views = 1
    if case .comparison = settings.subject { views = 2 }
    guard ContactSheet.isPossible(shape, side: settings.sheetSide, views: views) else {
      throw CommandFailure(
        "expected a sheet of at most 134 megapixels, found \(shape.columns)x\(shape.rows) cells of "
          + "\(settings.sheetSide * views) pixels; use a smaller --max-side")
    }
  }

  /// Reads the set and what is to be shown of it.
  private func read() async throws -> (any DrawnSubject, DrawnSet, Imported, ExitStatus) {
    if case .findings(let linter) = settings.subject {
      let linted = try await linter.lint(settings.inputs)
      let set = DrawnSet(linted.subject.datasets, of: linted.imported)
      let hasErrors = linted.findings.contains { $0.severity == .error }
      return (
        FoundFaults(linted.findings, in: set), set, linted.imported, hasErrors ? .findings : .clean
      )
    }
    let imported = try await settings.reader.read(settings.inputs)
    let account = ConversionAccount(imported)
    account.printFindings()
    let set = DrawnSet(imported.datasets, of: imported)
    guard case .comparison(let comparison) = settings.subject else {
      return (AnnotatedObjects(set: set), set, imported, account.status)
    }
    let compared = try await ComparedResults(
      comparison, with: set, workers: settings.reader.workers)
    FindingPrinter.print(compared.findings, in: compared.sources)
    let hasErrors = compared.findings.contains { $0.severity == .error }
    return (compared, set, imported, hasErrors ? .findings : account.status)
  }

  private var reasonForNothing: String {
    if !settings.choice.names.isEmpty { return "no image has a name that --only lists" }
    if case .findings = settings.subject { return "no image has a finding" }
    return "there are no images"
  }

  private func chosen(_ pictures: [PictureReference], of set: DrawnSet) -> [PictureReference] {
    let allowed = pictures.filter { settings.choice.allows(set.image($0).fileName) }
    return settings.choice.limit.map { Array(allowed.prefix($0)) } ?? allowed
  }

  /// Returns the paths of what is written below the output's folder.
  private func outputNames(of pictures: [PictureReference], in set: DrawnSet) -> [String] {
    let ending = settings.format.fileExtension
    if let shape = settings.sheet {
      let sheets = (pictures.count + shape.count - 1) / shape.count
      return (1...sheets).map { number in
        let digits = String(number)
        return "sheet-\(String(repeating: "0", count: max(3 - digits.count, 0)))\(digits).\(ending)"
      }
    }
    var names = DrawnNames(fileExtension: ending)
    return pictures.map { picture in
      names.path(
        for: set.image(picture).fileName,
        split: set.datasets.count > 1 ? set.datasets[picture.dataset].split : nil)
    }
  }
}
