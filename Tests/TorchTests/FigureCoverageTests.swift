import Testing

@Suite("Figures")
struct FigureCoverageTests {
  static let files: [(String, [Operation])] = [
    ("unary", ElementwiseTests.unary), ("binary", ElementwiseTests.binary),
    ("reductions", ReductionTests.operations), ("ordering", OrderingTests.operations),
    ("convolutions", ConvolutionTests.operations), ("pooling", PoolingTests.operations),
    ("normalization", NormalizationTests.operations),
    ("interpolation", InterpolationTests.operations), ("losses", LossTests.operations),
  ]

  @Test(arguments: files)
  func `every case of a file is tested`(file: String, operations: [Operation]) throws {
    let cases = try readFigures(file, as: [String: FigureCase].self)
    #expect(Set(cases.keys) == Set(operations.map(\.testDescription)))
  }
}
