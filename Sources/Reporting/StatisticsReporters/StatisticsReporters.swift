/// The formats that statistics can be shown in.
public enum StatisticsReporters {
  public static let all: [any StatisticsReporter.Type] = [
    TextStatisticsReporter.self,
    JSONStatisticsReporter.self,
    HTMLStatisticsReporter.self,
  ]
}
