import Testing
import Torch

@Suite("Element by element")
struct ElementwiseTests {
  static let unary = [
    Operation("abs") { $0.input.abs() },
    Operation("exp") { $0.input.exp() },
    Operation("log") { $0.input.log() },
    Operation("log1p") { $0.input.log1p() },
    Operation("sqrt") { $0.input.sqrt() },
    Operation("square") { $0.input.square() },
    Operation("reciprocal") { $0.input.reciprocal() },
    Operation("floor") { $0.input.floor() },
    Operation("ceil") { $0.input.ceil() },
    Operation("round") { $0.input.round() },
    Operation("truncated") { $0.input.truncated() },
    Operation("sign") { $0.input.sign() },
    Operation("sin") { $0.input.sin() },
    Operation("cos") { $0.input.cos() },
    Operation("tanh") { $0.input.tanh() },
    Operation("sigmoid") { $0.input.sigmoid() },
    Operation("log sigmoid") { $0.input.logSigmoid() },
    Operation("relu") { $0.input.relu() },
    Operation("relu6") { $0.input.relu6() },
    Operation("hardswish") { $0.input.hardswish() },
    Operation("hardsigmoid") { $0.input.hardsigmoid() },
    Operation("silu") { $0.input.silu() },
    Operation("gelu") { $0.input.gelu() },
    Operation("negative") { -$0.input },
    Operation("softmax") { $0.input.softmax(dim: 0) },
    Operation("log softmax") { $0.input.logSoftmax(dim: 0) },
  ]

  @Test(arguments: unary)
  func `a function of each element gives PyTorch's figures and gradients`(_ operation: Operation)
    throws
  {
    try operation.check(against: "unary")
  }

  static let binary = [
    Operation("add") { $0.left + $0.right },
    Operation("subtract") { $0.left - $0.right },
    Operation("multiply") { $0.left * $0.right },
    Operation("divide") { $0.left / $0.right },
    Operation("remainder") { $0.left % $0.right },
    Operation("minimum") { $0.left.minimum($0.right) },
    Operation("maximum") { $0.left.maximum($0.right) },
    Operation("floor divide") { $0.left.floorDivided(by: $0.right) },
    Operation("power") { $0.left.power(3) },
    Operation("number minus tensor") { 2 - $0.left },
    Operation("number by tensor") { 2.5 / $0.left },
    Operation("clamp") { $0.left.clamped(min: -1, max: 2) },
    Operation("clamp from below") { $0.left.clamped(min: 0.5) },
    Operation("where") { .where($0.left .> $0.right, $0.left, $0.right * 2) },
    Operation("matmul") { $0.input.matmul($0.other) },
    Operation("add in whole numbers") { $0.input + $0.other },
  ]

  @Test(arguments: binary)
  func `arithmetic gives PyTorch's figures and gradients`(_ operation: Operation) throws {
    try operation.check(against: "binary")
  }

  @Test(arguments: DType.allCases)
  func `a sum has the type that PyTorch gives it`(_ dtype: DType) throws {
    let rows = try readFigures("promotion", as: [String: [String]].self)
    let order: [DType] = [
      .float32, .float64, .float16, .bfloat16, .int64, .int32, .int16, .int8, .uint8, .bool,
    ]
    let tensor = Tensor.ones([2], dtype: dtype)
    var found = order.map { (tensor + Tensor.ones([2], dtype: $0)).dtype }
    found += [(tensor + 2).dtype, (tensor + 2.5).dtype]
    #expect(found.map(\.rawValue) == rows[dtype.rawValue])
  }

  @Test func `comparisons hold where they should`() {
    let left = Tensor([1, 2, 3] as [Float])
    let right = Tensor([3, 2, 1] as [Float])
    #expect((left .< right).scalars() == [true, false, false])
    #expect((left .<= right).scalars() == [true, true, false])
    #expect((left .> 1).scalars() == [false, true, true])
    #expect((left .>= right).scalars() == [false, true, true])
    #expect((left .== 2).scalars() == [false, true, false])
    #expect((left .!= right).scalars() == [true, false, true])
    #expect((.!(left .== 2) .& (left .< 3)).scalars() == [true, false, false])
    #expect(((left .== 1) .| (left .== 3)).scalars() == [true, false, true])
  }

  @Test func `NaN and infinity are found`() {
    let tensor = Tensor([.nan, .infinity, -.infinity, 1] as [Float])
    #expect(tensor.isNaN().scalars() == [true, false, false, false])
    #expect(tensor.isFinite().scalars() == [false, false, false, true])
  }

  @Test func `operations in place change what all copies see`() {
    let tensor = Tensor([1, 2, 3] as [Float])
    let copy = tensor
    tensor.add(Tensor([1, 1, 1] as [Float]), scaledBy: 2)
    tensor.multiply(by: 0.5)
    tensor.addProduct(copy, copy, scaledBy: 2)
    #expect(copy.scalars() == [6, 10, 15] as [Float])
    tensor.fill(7)
    #expect(copy.scalars() == [7, 7, 7] as [Float])
  }
}
