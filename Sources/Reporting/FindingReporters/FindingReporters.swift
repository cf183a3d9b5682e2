/// The formats that findings can be shown in.
public enum FindingReporters {
  public static let all: [any FindingReporter.Type] = [
    TextReporter.self,
    JSONReporter.self,
    JSONLinesReporter.self,
    SARIFReporter.self,
    GitHubReporter.self,
    JUnitReporter.self,
    MarkdownReporter.self,
  ]
}
