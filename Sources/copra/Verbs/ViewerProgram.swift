import ArgumentParser

extension SisterProgram {
  /// `copra-view`, which serves pages to a browser.
  static let viewer = SisterProgram(
    name: "copra-view", verbs: [ViewCommand.self], target: "viewer")
}

/// `copra view`
private struct ViewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view", abstract: "View a dataset in the browser.")
}
