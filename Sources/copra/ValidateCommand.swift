import ArgumentParser
import COCO
import Console
import Linting
import Reporting

/// `copra validate`
struct ValidateCommand: ConfigurableVerb {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check a dataset like a linter, and mend what can be mended.",
    discussion: """
      Reads every format that convert reads; every finding has its place in your own \
      file. copra rules lists what is looked for, copra explain RULE says why and \
      what to do. Severities, thresholds and waivers of single findings can stand in \
      copra.yaml.

      EXAMPLES
        copra validate VOCdevkit/VOC2012
        copra validate instances.json --for torchvision
        In a pipeline, and as a gate for what is new:
          copra validate data.yaml --format github
          copra validate data.yaml --baseline known.json
        Mend, look first:
          copra validate instances.json --fix --diff
          copra validate instances.json --fix -o mended.json

      EXIT STATUS
        0  nothing at or above the failing severity
        1  errors were found, or more warnings than --max-warnings
        2  it could not run: usage, unreadable input, full disk
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup(title: "Rule options") var rules: RuleOptions
  @OptionGroup(title: "Picture options") var pictures: PictureOptions
  @OptionGroup(title: "Report options") var report: FindingOutputOptions
  @OptionGroup(title: "Fix options") var fixes: FixOptions

  static let configurableKeys = ConfigurationFile.inputKeys.union(ConfigurationFile.ruleKeys)
  var inputPaths: [String] { input.paths }

  func perform() async throws -> ExitStatus {
    try await Validation(command: self).run()
  }
}
