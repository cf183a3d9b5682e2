import Files
import Foundation
import TestSupport
import Testing

@testable import Torch

@Suite struct CheckpointRefusalTests {
  @Test(
    arguments: [
      ("posix-system.pth", "refuses 'posix.system': only tensors are read"),
      ("builtins-eval-legacy.pth", "refuses '__builtin__.eval': only tensors are read"),
      ("stack-global.pth", "refuses 'posix.system': only tensors are read"),
      ("module.pth", "refuses 'torch.nn.modules.linear.Linear': only tensors are read"),
      ("program.pth", "expected a dictionary of tensors, found a program (torchscript)"),
      ("tensor.pth", "expected a dictionary of tensors, found a tensor"),
      (
        "no-tensors.pth",
        "expected a dictionary of tensors, or one under 'model', 'state_dict', 'model_state_dict', found the keys"
          + " 'epoch', 'loss'"
      ),
      ("mixed.pth", "'epoch': expected a tensor, found the number 1"),
    ])
  func `whatever is no dictionary of tensors is refused by name`(_ file: String, _ message: String)
    throws
  {
    #expect(try refusal(of: fixtures.bytes(file)) == message)
  }

  @Test func `a function that a pickle names is not called`() throws {
    let marker = FileManager.default.currentDirectoryPath + "/executed"
    _ = try refusal(of: fixtures.bytes("posix-system.pth"))
    #expect(!FileManager.default.fileExists(atPath: marker))
  }

  @Test(
    arguments: [
      ("text-protocol", "refuses 'posix.system': only tensors are read"),
      ("renamed-module", "refuses 'os.system': only tensors are read"),
      ("control-characters", "refuses '\\u{1b}[31mred.system': only tensors are read"),
      ("call-of-text", "expected a class or function before byte"),
      ("storage-call", "expected no call of a storage's class"),
      ("rebuild-arguments", "expected 6 arguments of a tensor"),
      ("parameter-of-nothing", "expected a parameter's tensor"),
      ("build-number", "found those of the number 1"),
      ("unknown-instruction", "found the instruction 130 at byte"),
      ("protocol", "expected a pickle of protocol 2 to 5, found 9"),
      ("persistent-number", "expected a storage's type, key, location and size"),
      ("persistent-short", "expected a storage's type, key, location and size"),
      ("storage-tag", "expected a storage's type, key, location and size"),
    ])
  func `instructions that make no tensor are refused`(_ fault: String, _ message: String) throws {
    try expectRefusal(fault, message)
  }

  @Test(
    arguments: [
      ("memo-missing", "expected value 7 in the pickle's memo"),
      ("memo-number", "expected value 4294967294 in the pickle's memo"),
      ("text-length", "found a length of 4294967295"),
      ("frame-length", "found a length of 18446744073709551615"),
      ("text-encoding", "expected UTF-8 at byte"),
      ("append-to-text", "expected a list to append to"),
      ("odd-items", "expected keys and values"),
      ("empty-stack", "expected a value on the pickle's stack"),
      ("pop-below-mark", "expected a value on the pickle's stack"),
      ("no-mark", "expected a mark on the pickle's stack"),
      ("left-over", "expected a pickle of one value, found more"),
      ("list-of-itself", "expected a dictionary of tensors, found a list"),
      ("wrapper-of-number", "'model': expected a dictionary of tensors, found the number 1"),
      ("wrapper-of-itself", "'model': expected a tensor, found a dictionary"),
      ("key-number", "expected text as a tensor's key, found the number 1"),
      ("key-twice", "'a': expected each key once, found it twice"),
    ])
  func `pickles that contradict themselves are refused`(_ fault: String, _ message: String) throws {
    try expectRefusal(fault, message)
  }

  @Test(
    arguments: [
      (
        "shape", "'weight': shape [3] with strides [1] from element 0 on reaches beyond its storage"
      ),
      (
        "offset",
        "'weight': shape [2] with strides [1] from element 1 on reaches beyond its storage"
      ),
      ("negative-offset", "'weight': expected an offset of 0 or more, found -1"),
      ("strides", "'weight': shape [2] with strides [2] from element 0 on reaches beyond"),
      ("strides-count", "'weight': expected 1 strides for shape [2], found [1, 1]"),
      ("negative-stride", "'weight': expected strides of 0 or more, found [-1]"),
      ("negative-side", "'weight': expected sides of 0 or more, found shape [-2]"),
      ("huge-shape", "has more elements than can be counted"),
      ("huge-strides", "has more elements than can be counted"),
      ("huge-repetition", "repeats too few elements too often"),
      ("storage-size", "'weight': storage '0' claims 3 elements of 4 bytes, the file has 8 bytes"),
      ("storage-huge", "'weight': storage '0' claims 2147483647 elements"),
      ("storage-negative", "expected a storage of 0 elements and more"),
      ("storage-key", "expected a storage's key that a tensor names"),
      ("storage-part", "expected a part of a storage of 2 elements"),
      ("storage-part-form", "expected a part of a storage before byte"),
      ("storage-twice", "expected each storage once, found '0' twice"),
      ("storage-count", "storage '0' claims 1152921504606846976 elements of 4 bytes"),
      ("storage-count-negative", "storage '0' claims -1 elements"),
    ])
  func `tensors that their storage does not hold are refused`(_ fault: String, _ message: String)
    throws
  {
    try expectRefusal(fault, message)
  }

  @Test(
    arguments: [
      ("magic", "expected the magic number of pytorch's files, found a long integer"),
      ("version", "expected version 1001, found the number 1002"),
      ("big-endian", "expected bytes of a little-endian machine"),
      ("keys-of-storages", "expected the keys of storages, found the number 3"),
    ])
  func `legacy files of another kind are refused`(_ fault: String, _ message: String) throws {
    try expectRefusal(fault, message)
  }

  @Test func `every fault among the fixtures is refused`() throws {
    #expect(FixtureFolder.faults.count == 52)
    for (fault, bytes) in FixtureFolder.faults {
      #expect(try refusal(of: bytes) != nil, "\(fault)")
    }
  }

  @Test func `values under a mark are out of reach`() throws {
    // Proto 2, 1, mark, pop, tuple, stop.
    let message = try refusal(of: [0x80, 0x02, 0x4B, 0x01, 0x28, 0x30, 0x74, 0x2E])
    #expect(message == "expected a value on the pickle's stack before byte 6, found none")
  }

  @Test func `nesting of any depth is refused without recursion`() throws {
    let start: [UInt8] = [0x80, 0x02, 0x29]
    let message = try refusal(
      of: start + [UInt8](repeating: 0x85, count: 100_000) + [0x2E])
    #expect(message == "expected the magic number of pytorch's files, found a tuple")
  }

  @Test(
    arguments: [
      ([0x7D], "expected at most 100 objects in a pickle, found more"),
      ([0x4E], "expected a stack of at most 100 values"),
      ([0x28], "expected at most 100 marks in a pickle, found more"),
      ([0x4E, 0x94, 0x30], "expected a memo of at most 100 values"),
    ] as [([UInt8], String)])
  func `a pickle that grows beyond all models is refused`(_ code: [UInt8], _ message: String) throws
  {
    let folder = try TemporaryFolder()
    let bytes = [[UInt8]](repeating: code, count: 101).flatMap(\.self)
    let file = try MappedFile(folder.write(bytes, to: "state.pth"))
    var unpickler = Unpickler(ByteReader(file, 0..<bytes.count), limit: 100)
    #expect(throws: StateError(file.path, message)) { _ = try unpickler.load() }
  }

  private func expectRefusal(_ fault: String, _ message: String) throws {
    let bytes = try #require(FixtureFolder.faults[fault])
    let found = try refusal(of: bytes)
    #expect(found?.contains(message) == true, "\(fault): \(found ?? "read")")
  }
}
